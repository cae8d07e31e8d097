"""The kit's own tables, schema `kit`. Services reach them through this package's functions only."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.contracts.outbox import Verb
from shared.persistence.base import Base, Located

SCHEMA = "kit"
KIT = {"schema": SCHEMA}


class Outcome(StrEnum):
    """How the relay got rid of a message."""

    DELIVERED = "delivered"
    CLOSED = "closed"
    REFUSED = "refused"


class TokenKind(StrEnum):
    """What a search token was made from."""

    NAME = "name"
    SURNAME = "surname"
    PINYIN = "pinyin"
    INITIALS = "initials"
    ID_NUMBER = "id_number"
    ID_LAST4 = "id_last4"
    PHONE = "phone"
    PHONE_LAST4 = "phone_last4"


class Outbox(Base):
    """What services told workflows, in commit order per key: `kit.announce` writes, the relay sends."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unsent", "key", "id", postgresql_where=text("sent_at IS NULL")),
        KIT,
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    key: Mapped[str]
    verb: Mapped[Verb]
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    message_id: Mapped[UUID] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]
    parked_at: Mapped[datetime | None]


class HistoryHead(Base):
    """The newest link of each chain; its row lock puts the writers of one stream in a line."""

    __tablename__ = "history_head"
    __table_args__ = KIT

    stream: Mapped[str] = mapped_column(primary_key=True)
    jurisdiction_id: Mapped[str]
    seq: Mapped[int]
    hash: Mapped[bytes]


class HistoryEntry(Base):
    """One thing that was done (操作留痕): who, when, what; each link carries the hash of all before it."""

    __tablename__ = "history"
    __table_args__ = (PrimaryKeyConstraint("stream", "seq"), KIT)

    stream: Mapped[str]
    seq: Mapped[int]
    jurisdiction_id: Mapped[str]
    recorded_at: Mapped[datetime]
    account_id: Mapped[UUID]
    action: Mapped[str]
    detail: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None]
    hash: Mapped[bytes]


class SealedHead(Base):
    """The newest link of a chain as a day's seal found it; only of chains that have grown since the last."""

    __tablename__ = "history_sealed"
    __table_args__ = (PrimaryKeyConstraint("stream", "sealed_on"), KIT)

    stream: Mapped[str]
    sealed_on: Mapped[date]
    seq: Mapped[int]
    hash: Mapped[bytes]


class HistorySeal(Base):
    """One day's root over what has grown and the root before; noted elsewhere, it dates the whole history."""

    __tablename__ = "history_seal"
    __table_args__ = KIT

    sealed_on: Mapped[date] = mapped_column(primary_key=True)
    sealed_at: Mapped[datetime]
    streams: Mapped[int]
    root: Mapped[bytes]


class StoredAnswer(Base):
    """What was answered to a request key of an account, so that asking again gives the same answer."""

    __tablename__ = "idempotency"
    __table_args__ = (PrimaryKeyConstraint("account_id", "key"), KIT)

    account_id: Mapped[UUID]
    key: Mapped[str]
    body_hash: Mapped[bytes]
    status: Mapped[int | None]
    answer: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]


class SearchToken(Located, Base):
    """A keyed fingerprint by which an elder is found; it tells nothing without the index key."""

    __tablename__ = "search_token"
    __table_args__ = (
        PrimaryKeyConstraint("elder_id", "kind", "token"),
        Index(None, "token", "kind"),
        KIT,
    )

    elder_id: Mapped[UUID]
    kind: Mapped[TokenKind]
    token: Mapped[bytes]


class ClockShift(Base):
    """The one row that moves the clock of a test over the whole stack; never read outside test settings."""

    __tablename__ = "clock_shift"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), KIT)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, server_default="1")
    shift: Mapped[timedelta]
