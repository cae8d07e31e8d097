"""Enrolments and their classifications, in the tables of this service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, or_, select, update
from sqlalchemy.orm import Session

from services.care_register.codes import EnrolmentStatus, RemovalReason
from services.care_register.models.changes import ReportedChange
from services.care_register.models.elders import (
    ChangeProposal,
    CircumstanceTag,
    ConsentRecord,
    Elder,
    KnownFacts,
)
from services.care_register.models.enrolments import (
    BedRecord,
    ClassificationRecord,
    Enrolment,
    ExceptionRecord,
    StateRecord,
)
from shared.persistence.base import table_of

ABOUT_ELDER = (Elder, KnownFacts, CircumstanceTag, ConsentRecord, ChangeProposal)
IS_OPEN = Enrolment.status != EnrolmentStatus.LEFT
OPEN_ENROLMENTS = select(Enrolment.enrolment_id).where(IS_OPEN)
"""Nobody decides on anything about an elder who has left: it waits for nobody any more."""

ABOUT_ENROLMENT = (Enrolment, ClassificationRecord, StateRecord, ExceptionRecord, BedRecord, ReportedChange)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRow:
    """One enrolment as stored."""

    enrolment_id: UUID
    elder_id: UUID
    jurisdiction_id: str
    area_code: str
    status: EnrolmentStatus
    enrolled_at: datetime
    is_placed: bool
    agreed_weekdays: tuple[int, ...]
    plan_hash: str
    cycle_started_at: datetime | None
    removal_reason: RemovalReason | None
    removal_requested_by: UUID | None
    removal_requested_at: datetime | None
    left_at: datetime | None


def add_enrolment(session: Session, values: Mapping[str, object]) -> None:
    """Store a new enrolment."""
    session.add(Enrolment(**values))


def change_enrolment(session: Session, enrolment_id: UUID, values: Mapping[str, object]) -> None:
    """Store other values of an enrolment."""
    session.execute(update(Enrolment).where(Enrolment.enrolment_id == enrolment_id).values(values))


def lock_enrolment(session: Session, enrolment_id: UUID) -> EnrolmentRow | None:
    """One enrolment, held until the end of the transaction: changes to one elder come one after the other."""
    return _one(session, enrolment_id, locked=True)


def enrolment(session: Session, enrolment_id: UUID) -> EnrolmentRow | None:
    """One enrolment in the territory of who asks."""
    return _one(session, enrolment_id, locked=False)


def open_enrolment_of(session: Session, elder_id: UUID) -> EnrolmentRow | None:
    """The elder's open enrolment, if any."""
    mine = select(table_of(Enrolment)).where(Enrolment.elder_id == elder_id, IS_OPEN)
    row = session.execute(mine).one_or_none()
    return _enrolment(row) if row else None


def move(session: Session, row: EnrolmentRow, area_code: str) -> None:
    """Put everything about the elder into another area: row policies read the area of each row."""
    move_elder(session, row.elder_id, area_code)
    for about_enrolment in ABOUT_ENROLMENT:
        session.execute(
            update(about_enrolment)
            .where(about_enrolment.enrolment_id == row.enrolment_id)
            .values(area_code=area_code)
        )


def move_elder(session: Session, elder_id: UUID, area_code: str) -> None:
    """The same for what is kept of the elder whether enrolled or not."""
    for about_elder in ABOUT_ELDER:
        session.execute(
            update(about_elder).where(about_elder.elder_id == elder_id).values(area_code=area_code)
        )


def visited(session: Session) -> list[UUID]:
    """Every enrolment in the territory to which visits are owed."""
    owed = [status for status in EnrolmentStatus if status.is_visited]
    return list(
        session.scalars(
            select(Enrolment.enrolment_id).where(Enrolment.status.in_(owed)).order_by(Enrolment.enrolment_id)
        )
    )


def removals(session: Session, *, limit: int) -> list[EnrolmentRow]:
    """Removals that wait for a second person, oldest first."""
    waiting = (
        select(table_of(Enrolment))
        .where(Enrolment.removal_requested_at.is_not(None), IS_OPEN)
        .order_by(Enrolment.removal_requested_at, Enrolment.enrolment_id)
        .limit(limit)
    )
    return [_enrolment(row) for row in session.execute(waiting)]


def some_enrolments(
    session: Session, *, enrolment_ids: Iterable[UUID], elder_ids: Iterable[UUID]
) -> list[EnrolmentRow]:
    """These enrolments, and the open ones of these elders."""
    wanted = or_(
        Enrolment.enrolment_id.in_(list(enrolment_ids)),
        and_(IS_OPEN, Enrolment.elder_id.in_(list(elder_ids))),
    )
    return [_enrolment(row) for row in session.execute(select(table_of(Enrolment)).where(wanted))]


def _one(session: Session, enrolment_id: UUID, *, locked: bool) -> EnrolmentRow | None:
    wanted = select(table_of(Enrolment)).where(Enrolment.enrolment_id == enrolment_id)
    row = session.execute(wanted.with_for_update() if locked else wanted).one_or_none()
    return _enrolment(row) if row else None


def _enrolment(row: Row[Any]) -> EnrolmentRow:
    return EnrolmentRow(
        **{
            name: getattr(row, name)
            for name in EnrolmentRow.__dataclass_fields__
            if name != "agreed_weekdays"
        },
        agreed_weekdays=tuple(row.agreed_weekdays),
    )
