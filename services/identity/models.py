"""The tables of `identity`; who may read what is in `deploy/migrations/sql/10_identity.sql`."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.codes import Position
from shared.contracts.access import Role
from shared.persistence.base import Base

SCHEMA = "identity"
_IDENTITY = {"schema": SCHEMA}


class Unit(Base):
    """An office, committee or station that people belong to (单位); `service` is whose inbox it works in."""

    __tablename__ = "unit"
    __table_args__ = (Index(None, "jurisdiction_id"), _IDENTITY)

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    jurisdiction_id: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    service: Mapped[str] = mapped_column(server_default="department")
    parent_unit_id: Mapped[str | None]
    area_code: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))


class Area(Base):
    """A place with a 12-digit code (区划): district, town, village or residents' committee."""

    __tablename__ = "area"
    __table_args__ = (Index(None, "jurisdiction_id"), _IDENTITY)

    area_code: Mapped[str] = mapped_column(primary_key=True)
    jurisdiction_id: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    parent_area_code: Mapped[str | None]


class Account(Base):
    """One member of staff; `name` is their own name. An account is locked, never deleted."""

    __tablename__ = "account"
    __table_args__ = (Index(None, "jurisdiction_id"), _IDENTITY)

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    jurisdiction_id: Mapped[str]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime]


class AccountRole(Base):
    """A role that an account plays, in each of its units."""

    __tablename__ = "account_role"
    __table_args__ = _IDENTITY

    account_id: Mapped[UUID] = mapped_column(ForeignKey("identity.account.account_id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    jurisdiction_id: Mapped[str]


class Membership(Base):
    """An account belongs to a unit from a day, to a day or until further notice; both days count."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(None, "unit_id"),
        CheckConstraint("to_on >= from_on", name="not_backwards"),
        _IDENTITY,
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("identity.account.account_id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("identity.unit.unit_id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    position: Mapped[Position]
    jurisdiction_id: Mapped[str]


class Territory(Base):
    """An account answers for the areas whose code begins with `area_prefix` (责任区)."""

    __tablename__ = "territory"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="not_backwards"),
        CheckConstraint(r"area_prefix ~ '^\d{6,12}$'", name="at_least_a_district"),
        _IDENTITY,
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("identity.account.account_id"), primary_key=True)
    area_prefix: Mapped[str] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date | None]
    jurisdiction_id: Mapped[str]


class SignIn(Base):
    """One sign-in of a person on one device; the cookie itself is not stored, only its hash."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "account_id"), _IDENTITY)

    sign_in_id: Mapped[UUID] = mapped_column(primary_key=True)
    sid_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("identity.account.account_id"))
    jurisdiction_id: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent_family: Mapped[str]
    ip_prefix: Mapped[str]


class SignInAttempt(Base):
    """One try to sign in, for the throttle; the login is hashed: people type passwords into that field."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index(None, "login_hash", "tried_at"),
        Index(None, "ip", "tried_at"),
        _IDENTITY,
    )

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    login_hash: Mapped[bytes]
    ip: Mapped[str]
    tried_at: Mapped[datetime]
    succeeded: Mapped[bool] = mapped_column(server_default=text("false"))


class AccessToken(Base):
    """A program's bearer token: it acts for an account, in at most the roles listed, until it expires."""

    __tablename__ = "access_token"
    __table_args__ = (Index(None, "account_id"), _IDENTITY)

    access_token_id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("identity.account.account_id"))
    jurisdiction_id: Mapped[str]
    label: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
