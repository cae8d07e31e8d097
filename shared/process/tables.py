"""Process state in PostgreSQL, schema `process`: written by workflows alone, through their local activities.

Every current row carries `(seq, task_at)` of the decision it shows and is replaced only by a later one, so
that an activity which ran for a decision that history then forgot cannot win over the one that counted.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.domain.codes import RecipientRole, StateKind, Urgency
from shared.domain.referral.moves import Status
from shared.domain.referral.state import ClockName
from shared.domain.visit_cycle.state import WindowOutcome
from shared.persistence.base import Base, Located

SCHEMA = "process"
PROCESS = {"schema": SCHEMA}


class VisitCycle(Located, Base):
    """One elder's visit cycle as it last stood; `next_steps` are those of `NextStep`, in order of time."""

    __tablename__ = "visit_cycle"
    __table_args__ = (Index(None, "jurisdiction_id", "area_code"), PROCESS)

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    elder_id: Mapped[UUID]
    seq: Mapped[int]
    task_at: Mapped[datetime]
    is_closed: Mapped[bool]
    last_seen_at: Mapped[datetime | None]
    quiet_because: Mapped[StateKind | None]
    chase_referral_id: Mapped[UUID | None]
    next_wake_at: Mapped[datetime | None]
    next_steps: Mapped[list[Any]]


class VisitWindow(Located, Base):
    """One window and its outcome; `was` keeps the outcome that a late record or an exception has turned."""

    __tablename__ = "visit_window"
    __table_args__ = (
        PrimaryKeyConstraint("enrolment_id", "obligation", "opens_at"),
        Index(None, "jurisdiction_id", "closes_at"),
        PROCESS,
    )

    enrolment_id: Mapped[UUID]
    obligation: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    required: Mapped[int]
    done: Mapped[int]
    outcome: Mapped[WindowOutcome]
    was: Mapped[WindowOutcome | None]
    is_excused: Mapped[bool]
    seq: Mapped[int]
    task_at: Mapped[datetime]


class VisitWarning(Located, Base):
    """A warning before a window closed: whom it was to tell, and whether it was overtaken (not sent)."""

    __tablename__ = "visit_warning"
    __table_args__ = (PrimaryKeyConstraint("enrolment_id", "obligation", "opens_at", "number"), PROCESS)

    enrolment_id: Mapped[UUID]
    obligation: Mapped[str]
    opens_at: Mapped[datetime]
    number: Mapped[int]
    due_at: Mapped[datetime]
    missing: Mapped[int]
    recipient_role: Mapped[RecipientRole]
    recipient_unit_id: Mapped[str]
    is_sent: Mapped[bool]


QUEUE = (text("(urgency <> 'urgent')"), "offered_at", "referral_id")
ENDED = ("closed_at", "referral_id")
"""The orders of the inbox's lists (`shared/inbox/orders.py`): an index in that order spares sorting."""

IS_BREACHED = text("closed_at IS NULL AND jsonb_array_length(breaches) > 0")
IS_OPEN = text("closed_at IS NULL")
IS_CLOSED = text("closed_at IS NOT NULL")


class Referral(Located, Base):
    """One referral as it last stood. A unit sees it if it is a party; coordinators see their areas."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_inbox", "unit_id", "status", *QUEUE),
        Index("ix_referral_sent", "requesting_unit_id", *QUEUE, postgresql_where=IS_OPEN),
        Index("ix_referral_late", "unit_id", *QUEUE, postgresql_where=IS_BREACHED),
        Index("ix_referral_sent_late", "requesting_unit_id", *QUEUE, postgresql_where=IS_BREACHED),
        Index("ix_referral_done", "unit_id", *ENDED, postgresql_where=IS_CLOSED),
        Index("ix_referral_sent_done", "requesting_unit_id", *ENDED, postgresql_where=IS_CLOSED),
        Index("ix_referral_ruled_late", "coordinator_unit_id", *QUEUE, postgresql_where=IS_BREACHED),
        Index(
            "ix_referral_to_rule", "coordinator_unit_id", *QUEUE, postgresql_where=text("status = 'to_rule'")
        ),
        Index("ix_referral_holder", "holder_id", postgresql_where=text("holder_id IS NOT NULL")),
        Index("ix_referral_delegate", "delegate_id", postgresql_where=text("delegate_id IS NOT NULL")),
        Index("ix_referral_grantor", "grantor_unit_id", postgresql_where=text("grantor_unit_id <> ''")),
        Index(None, "unit_id", "kind"),
        Index(None, "requesting_unit_id", "kind"),
        Index(None, "subject_id"),
        Index("ix_referral_lead", "lead_id", postgresql_where=text("lead_id IS NOT NULL")),
        Index("ix_referral_wake", "next_wake_at", postgresql_where=text("next_wake_at IS NOT NULL")),
        PROCESS,
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    task_at: Mapped[datetime]
    kind: Mapped[str]
    policy_id: Mapped[str]
    policy_hash: Mapped[str]
    is_drill: Mapped[bool]
    urgency: Mapped[Urgency]
    status: Mapped[Status]
    unit_id: Mapped[str]
    requesting_unit_id: Mapped[str]
    coordinator_unit_id: Mapped[str]
    subject_id: Mapped[UUID | None]
    origin_id: Mapped[UUID | None]
    offered_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    holder_id: Mapped[UUID | None]
    held_since: Mapped[datetime | None]
    accept_by: Mapped[datetime | None]
    complete_by: Mapped[datetime | None]
    clocks: Mapped[list[Any]]
    breaches: Mapped[list[Any]]
    rung: Mapped[int]
    declines: Mapped[int]
    is_appointed: Mapped[bool]
    urged: Mapped[int]
    outcome: Mapped[str]
    suspended_at: Mapped[datetime | None]
    paused_for: Mapped[str]
    paused_until: Mapped[datetime | None]
    grantor_unit_id: Mapped[str]
    delegate_id: Mapped[UUID | None]
    delegate_from_on: Mapped[date | None]
    delegate_to_on: Mapped[date | None]
    lead_id: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    next_wake_at: Mapped[datetime | None]


class ReferralLedger(Located, Base):
    """The referral's history (办理进程), one row a line; `position` orders the lines of one decision."""

    __tablename__ = "referral_ledger"
    __table_args__ = (PrimaryKeyConstraint("referral_id", "seq", "task_at", "position"), PROCESS)

    referral_id: Mapped[UUID]
    seq: Mapped[int]
    task_at: Mapped[datetime]
    position: Mapped[int]
    at: Mapped[datetime]
    code: Mapped[str]
    account_id: Mapped[UUID | None]
    unit_id: Mapped[str]
    detail: Mapped[str]
    note_id: Mapped[UUID | None]
    is_clock_off: Mapped[bool]
    other_id: Mapped[UUID | None]


class Rung(Located, Base):
    """One rung climbed, once: the key is what makes a second climb impossible."""

    __tablename__ = "rung"
    __table_args__ = (PrimaryKeyConstraint("referral_id", "clock", "turn", "number"), PROCESS)

    referral_id: Mapped[UUID]
    clock: Mapped[ClockName]
    turn: Mapped[int]
    number: Mapped[int]
    due_at: Mapped[datetime]
    action: Mapped[str]
    recipient_role: Mapped[RecipientRole]
    recipient_unit_id: Mapped[str]
    is_sent: Mapped[bool]
    is_vacant: Mapped[bool]
