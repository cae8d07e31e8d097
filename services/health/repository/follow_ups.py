"""Plans, follow-ups and the signs that readings gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.health.models import FollowUp, FollowUpPlan, Sign
from shared.domain.health.codes import FollowUpResult, FollowUpWay, SignHandling
from shared.persistence.base import table_of

FOLLOW_UP, PLAN, SIGN = table_of(FollowUp), table_of(FollowUpPlan), table_of(Sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFollowUp:
    """One follow-up; what the columns mean is said at the table."""

    follow_up_id: UUID
    enrolment_id: UUID
    fingerprint: bytes
    referral_id: UUID | None
    programme: str
    done_on: date
    way: FollowUpWay
    result: FollowUpResult
    is_imported: bool
    readings_sealed: bytes | None
    note_sealed: bytes | None
    recorded_by: UUID
    recorded_at: datetime
    voided_at: datetime | None
    voided_by: UUID | None
    void_reason_sealed: bytes | None

    @property
    def has_reached(self) -> bool:
        """Whether it stands and somebody was followed up: a try that reached nobody is none."""
        return self.voided_at is None and self.result is not FollowUpResult.NOT_REACHED


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """One plan that still runs, and when the elder was last reached under it."""

    enrolment_id: UUID
    programme: str
    since_on: date
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSign:
    """One abnormal reading's sign."""

    follow_up_id: UUID
    enrolment_id: UUID
    code: str
    is_urgent: bool
    noted_on: date
    handling: SignHandling
    referral_id: UUID | None


COUNTS = FOLLOW_UP.c.voided_at.is_(None)
REACHED = FOLLOW_UP.c.result != FollowUpResult.NOT_REACHED
STORED = tuple(FOLLOW_UP.c[name] for name in StoredFollowUp.__slots__)
SIGNS = tuple(SIGN.c[name] for name in StoredSign.__slots__)


def add_follow_up(session: Session, row: Mapping[str, Any]) -> bool:
    """Store it; False, and nothing stored, if there is one of that id."""
    added = insert(FOLLOW_UP).values(row).on_conflict_do_nothing().returning(FOLLOW_UP.c.follow_up_id)
    return session.execute(added).first() is not None


def follow_up(session: Session, follow_up_id: UUID) -> StoredFollowUp | None:
    """One follow-up."""
    wanted = select(*STORED).where(FOLLOW_UP.c.follow_up_id == follow_up_id)
    row = session.execute(wanted).mappings().first()
    return StoredFollowUp(**row) if row else None


def on_day(session: Session, enrolment_id: UUID, programme: str, done_on: date) -> list[StoredFollowUp]:
    """The elder's follow-ups of that programme and day, those struck out included, in order."""
    wanted = select(*STORED).where(
        FOLLOW_UP.c.enrolment_id == enrolment_id,
        FOLLOW_UP.c.programme == programme,
        FOLLOW_UP.c.done_on == done_on,
    )
    rows = session.execute(wanted.order_by(FOLLOW_UP.c.recorded_at)).mappings()
    return [StoredFollowUp(**row) for row in rows]


def follow_ups_of(session: Session, enrolment_id: UUID, *, limit: int) -> list[StoredFollowUp]:
    """The elder's follow-ups, the newest first."""
    wanted = select(*STORED).where(FOLLOW_UP.c.enrolment_id == enrolment_id)
    newest = wanted.order_by(FOLLOW_UP.c.done_on.desc(), FOLLOW_UP.c.recorded_at.desc()).limit(limit)
    return [StoredFollowUp(**row) for row in session.execute(newest).mappings()]


def last_reached(session: Session) -> dict[UUID, date]:
    """When each elder was last followed up; a try that reached nobody is none."""
    wanted = select(FOLLOW_UP.c.enrolment_id, func.max(FOLLOW_UP.c.done_on)).where(COUNTS, REACHED)
    return {row[0]: row[1] for row in session.execute(wanted.group_by(FOLLOW_UP.c.enrolment_id))}


def begin_plan(session: Session, row: Mapping[str, Any]) -> None:
    """Begin a plan; one that runs stays as it is, one that was ended before that day runs again from it."""
    again = {"since_on": row["since_on"], "ended_on": None}
    begun = insert(PLAN).values(row)
    session.execute(
        begun.on_conflict_do_update(
            index_elements=[PLAN.c.enrolment_id, PLAN.c.unit_id, PLAN.c.programme],
            set_=again,
            where=PLAN.c.ended_on <= row["since_on"],
        )
    )


def end_plan(session: Session, enrolment_id: UUID, programme: str, on: date) -> bool:
    """End a plan that runs; False if none does."""
    ended = update(PLAN).where(
        PLAN.c.enrolment_id == enrolment_id, PLAN.c.programme == programme, PLAN.c.ended_on.is_(None)
    )
    return session.execute(ended.values(ended_on=on).returning(PLAN.c.programme)).first() is not None


def running_plans(session: Session, enrolment_id: UUID | None = None) -> list[StoredPlan]:
    """The plans that run, of one elder or of all."""
    last = (
        select(func.max(FOLLOW_UP.c.done_on))
        .where(
            FOLLOW_UP.c.enrolment_id == PLAN.c.enrolment_id,
            FOLLOW_UP.c.programme == PLAN.c.programme,
            COUNTS,
            REACHED,
        )
        .scalar_subquery()
    )
    wanted = select(PLAN.c.enrolment_id, PLAN.c.programme, PLAN.c.since_on, last.label("last_on"))
    wanted = wanted.where(PLAN.c.ended_on.is_(None))
    if enrolment_id is not None:
        wanted = wanted.where(PLAN.c.enrolment_id == enrolment_id)
    return [StoredPlan(**row) for row in session.execute(wanted.order_by(PLAN.c.programme)).mappings()]


def measured(session: Session, enrolment_id: UUID) -> list[StoredFollowUp]:
    """The elder's follow-ups that stand and in which something was measured."""
    wanted = select(*STORED).where(
        FOLLOW_UP.c.enrolment_id == enrolment_id, COUNTS, FOLLOW_UP.c.readings_sealed.is_not(None)
    )
    return [StoredFollowUp(**row) for row in session.execute(wanted).mappings()]


def hold_sign(session: Session, row: Mapping[str, Any]) -> None:
    """Store what is abnormal; what was over holds again, handled as it was."""
    held = insert(SIGN).values(row)
    session.execute(
        held.on_conflict_do_update(
            index_elements=[SIGN.c.follow_up_id, SIGN.c.code], set_={"ended_on": None, "ended_by": None}
        )
    )


def open_signs(session: Session, enrolment_id: UUID | None = None) -> list[StoredSign]:
    """What is abnormal until another reading says otherwise, of one elder or of all; the oldest first."""
    wanted = select(*SIGNS).where(SIGN.c.ended_on.is_(None))
    if enrolment_id is not None:
        wanted = wanted.where(SIGN.c.enrolment_id == enrolment_id)
    rows = session.execute(wanted.order_by(SIGN.c.noted_on, SIGN.c.code)).mappings()
    return [StoredSign(**row) for row in rows]


def end_sign(session: Session, sign: StoredSign, *, by: UUID, on: date) -> None:
    """Another follow-up speaks of it now, or its own was struck out."""
    ended = update(SIGN).where(SIGN.c.follow_up_id == sign.follow_up_id, SIGN.c.code == sign.code)
    session.execute(ended.values(ended_on=on, ended_by=by))


def handle_signs(
    session: Session, enrolment_id: UUID, handling: SignHandling, referral_id: UUID | None
) -> int:
    """Say what was done about every sign of the elder that waits; how many did."""
    waiting = (
        SIGN.c.enrolment_id == enrolment_id,
        SIGN.c.ended_on.is_(None),
        SIGN.c.handling == SignHandling.TO_REFER,
    )
    done = update(SIGN).where(*waiting).values(handling=handling, referral_id=referral_id)
    return len(session.execute(done.returning(SIGN.c.code)).all())
