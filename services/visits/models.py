"""The tables of `visits`; row policies and views are in `deploy/migrations/sql/40_visits.sql`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.visits.codes import AssignmentKind, EntryConsent, NeedStanding
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.late_entry import Lateness
from shared.persistence.base import Base, Located

VISITS = {"schema": "visits"}


class Contact(Located, Base):
    """One try to reach an elder (联系), as recorded and as judged; never changed, at most voided.

    `fingerprint` tells a repeated request from another one under the same id. `reason_*`, `withheld` and
    `to_verify` are the verdict under the policy named beside them, in force on the contact's day (J-06).
    `visited_by` went there, `recorded_by` typed it in (代录), perhaps many at once (集中登记): `batch_id`.
    Texts are sealed by the elder's own key.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index(None, "enrolment_id", "occurred_at"),
        Index(None, "visited_by", "occurred_at"),
        Index("ix_contact_batch", "batch_id", postgresql_where=text("batch_id IS NOT NULL")),
        VISITS,
    )

    contact_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    elder_id: Mapped[UUID]
    fingerprint: Mapped[bytes]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    visited_by: Mapped[UUID]
    recorded_by: Mapped[UUID]
    batch_id: Mapped[UUID | None]
    force: Mapped[Force]
    mode: Mapped[VisitMode]
    reach: Mapped[Reach]
    is_reached: Mapped[bool]
    entry_consent: Mapped[EntryConsent]
    service_items: Mapped[list[str]] = mapped_column(ARRAY(Text))
    red_flags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    counts_for: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reason_code: Mapped[str]
    reason_params: Mapped[list[Any]]
    reason_source: Mapped[str]
    withheld: Mapped[list[Any]]
    to_verify: Mapped[list[str]] = mapped_column(ARRAY(Text))
    policy_id: Mapped[str]
    policy_hash: Mapped[str]
    lateness: Mapped[Lateness]
    is_clock_off: Mapped[bool]
    gaps: Mapped[list[str]] = mapped_column(ARRAY(Text))
    late_reason_sealed: Mapped[bytes | None]
    note_sealed: Mapped[bytes | None]
    vouched_sealed: Mapped[bytes | None]
    next_contact_on: Mapped[date | None]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[UUID | None]
    void_reason: Mapped[str | None]


class Addition(Located, Base):
    """What was added later to a record that had come in quickly (补充); it overwrites nothing (Z-68, J-22).

    `closes` are the gaps of the record that it fills. Texts are sealed by the elder's own key.
    """

    __tablename__ = "addition"
    __table_args__ = (Index(None, "contact_id"), VISITS)

    addition_id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("visits.contact.contact_id"))
    fingerprint: Mapped[bytes]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID]
    entry_consent: Mapped[EntryConsent | None]
    service_items: Mapped[list[str]] = mapped_column(ARRAY(Text))
    closes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    late_reason_sealed: Mapped[bytes | None]
    note_sealed: Mapped[bytes | None]


class Finding(Located, Base):
    """One of the things asked at every contact (健康、需求、隐患), and its answer; no row means not asked.

    `addition_id`: with which addition it came, if it was not answered at once.
    """

    __tablename__ = "finding"
    __table_args__ = VISITS

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("visits.contact.contact_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    addition_id: Mapped[UUID | None] = mapped_column(ForeignKey("visits.addition.addition_id"))


class Assignment(Located, Base):
    """Who visits an elder (责任人), from a day, to a day or until further notice; both days count.

    One that ends before it begins was replaced before its first day.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_regular_open",
            "enrolment_id",
            unique=True,
            postgresql_where=text("kind = 'regular' AND to_on IS NULL"),
        ),
        Index(None, "account_id", "to_on"),
        Index(None, "enrolment_id"),
        CheckConstraint("kind = 'regular' OR to_on IS NOT NULL", name="substitute_ends"),
        VISITS,
    )

    assignment_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    account_id: Mapped[UUID]
    kind: Mapped[AssignmentKind]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    assigned_by: Mapped[UUID]
    assigned_at: Mapped[datetime]


class Need(Located, Base):
    """What became of help with something, or of a hazard (隐患); the newest row of a kind counts (§0.2-8).

    `kind` is the kind of referral that helps with it, `referral_id` the one that ended, if one was offered.
    `ask_again_on`: from this day on, whoever visits asks again about what was not wanted (暂不需要).
    """

    __tablename__ = "need"
    __table_args__ = (Index(None, "enrolment_id", "kind", "said_at"), VISITS)

    need_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    standing: Mapped[NeedStanding]
    said_at: Mapped[datetime]
    ask_again_on: Mapped[date | None]
    referral_id: Mapped[UUID | None]
    unit_id: Mapped[str]
    account_id: Mapped[UUID]


class NotSeen(Located, Base):
    """An elder whom a try did not reach (未见到老人), until somebody has: at most one open per enrolment."""

    __tablename__ = "not_seen"
    __table_args__ = (
        Index("uq_not_seen_open", "enrolment_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index(None, "enrolment_id"),
        VISITS,
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime]
    last_tried_at: Mapped[datetime]
    tries: Mapped[int]
    has_red_flag: Mapped[bool]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
