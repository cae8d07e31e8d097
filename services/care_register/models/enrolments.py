"""Enrolments and what is decided about them; what was decided is never rewritten."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.care_register.codes import EnrolmentStatus, ProposalStatus, RemovalReason, SaidBy
from shared.domain.codes import StateKind, StateStatus, Tier
from shared.persistence.base import Base, Located

_REGISTER = {"schema": "care_register"}
_ENROLMENT = "care_register.enrolment.enrolment_id"


class Enrolment(Located, Base):
    """One stay in the register. `cycle_started_at`: since when its visit cycle is told of what happens.

    Who is not placed yet (待划片) carries the area of the office that keeps the list.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("uq_enrolment_open", "elder_id", unique=True, postgresql_where=text("status <> 'left'")),
        Index(None, "jurisdiction_id", "area_code"),
        CheckConstraint("(status = 'left') = (left_at IS NOT NULL)", name="left_has_a_time"),
        _REGISTER,
    )

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    elder_id: Mapped[UUID] = mapped_column(ForeignKey("care_register.elder.elder_id"))
    status: Mapped[EnrolmentStatus]
    enrolled_at: Mapped[datetime]
    enrolled_by: Mapped[UUID]
    is_placed: Mapped[bool]
    agreed_weekdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger()))
    plan_hash: Mapped[str]
    cycle_started_at: Mapped[datetime | None]
    removal_reason: Mapped[RemovalReason | None]
    removal_note_sealed: Mapped[bytes | None]
    removal_requested_by: Mapped[UUID | None]
    removal_requested_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left_by: Mapped[UUID | None]


class ClassificationRecord(Located, Base):
    """One classification (分类分级) as proposed, and who decided on it when.

    One by hand (人工调整) has a sealed reason, the last day on which it may stand, and instead_of: what the
    rules said when somebody last held it against them. It stands only once a second person has confirmed it.
    """

    __tablename__ = "classification"
    __table_args__ = (
        Index(None, "enrolment_id", "proposed_at"),
        Index("ix_classification_waiting", "enrolment_id", postgresql_where=text("status = 'proposed'")),
        Index("ix_classification_by_hand", "until_on", postgresql_where=text("until_on IS NOT NULL")),
        CheckConstraint(
            "num_nonnulls(reason_sealed, until_on, instead_of) IN (0, 3)", name="by_hand_is_whole"
        ),
        CheckConstraint(
            "until_on IS NULL OR status <> 'confirmed' OR decided_by <> proposed_by", name="second_person"
        ),
        _REGISTER,
    )

    classification_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey(_ENROLMENT))
    tier: Mapped[Tier | None]
    groups: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    reasons: Mapped[list[Any]]
    to_verify: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    presumptive: Mapped[bool]
    policy_id: Mapped[str]
    policy_hash: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID]
    status: Mapped[ProposalStatus]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    reason_sealed: Mapped[bytes | None]
    until_on: Mapped[date | None]
    instead_of: Mapped[UUID | None] = mapped_column(
        ForeignKey("care_register.classification.classification_id")
    )


class StateRecord(Located, Base):
    """One state (住院、外出 …): it acts from the report on; a second person confirms it (domain §0.2-3).

    ask_again_on: when somebody asks next whether visits are welcome. asked_again_at: when that was last made
    a visit that is owed, and `answer_by` until when.
    """

    __tablename__ = "state"
    __table_args__ = (
        Index(None, "enrolment_id"),
        Index("ix_state_open", "status", postgresql_where=text("status IN ('reported', 'confirmed')")),
        CheckConstraint("decided_by <> reported_by", name="second_person"),
        CheckConstraint("status <> 'ended' OR ended_at IS NOT NULL", name="ended_has_a_time"),
        _REGISTER,
    )

    state_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey(_ENROLMENT))
    kind: Mapped[StateKind]
    status: Mapped[StateStatus]
    starts_at: Mapped[datetime]
    expected_end_on: Mapped[date | None]
    said_by: Mapped[SaidBy]
    note_sealed: Mapped[bytes | None]
    contact_id: Mapped[UUID | None]
    reported_at: Mapped[datetime]
    reported_by: Mapped[UUID]
    confirm_by: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    ask_again_on: Mapped[date | None]
    asked_again_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]


class BedRecord(Located, Base):
    """A home bed (家庭病床) as the health centre last told of it: from and until when, and no more."""

    __tablename__ = "home_bed"
    __table_args__ = (
        Index(None, "enrolment_id"),
        CheckConstraint("to_on >= from_on", name="ends_after_it_begins"),
        _REGISTER,
    )

    bed_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey(_ENROLMENT))
    version: Mapped[int] = mapped_column(SmallInteger())
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    told_at: Mapped[datetime]
    told_by: Mapped[UUID]


class ExceptionRecord(Located, Base):
    """An approved exception (经批准的例外, domain §0.2-4); an empty obligation covers them all."""

    __tablename__ = "exception"
    __table_args__ = (Index(None, "enrolment_id"), _REGISTER)

    exception_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey(_ENROLMENT))
    obligation: Mapped[str]
    reason_sealed: Mapped[bytes]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    approved_at: Mapped[datetime]
    approved_by: Mapped[UUID]
