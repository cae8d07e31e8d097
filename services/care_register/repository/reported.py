"""News of residents, in the tables of this service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.care_register.codes import ProposalStatus
from services.care_register.models.changes import ReportedChange
from services.care_register.repository.holding import hold_enrolment
from shared.domain.population import PopulationChange
from shared.persistence.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRow:
    """One piece of news as stored."""

    change_id: UUID
    enrolment_id: UUID
    jurisdiction_id: str
    area_code: str
    kind: PopulationChange
    happened_on: date
    unit_id: str
    state_id: UUID | None
    reported_at: datetime
    reported_by: UUID
    confirm_by: datetime
    status: ProposalStatus
    decided_at: datetime | None
    decided_by: UUID | None


def add_change(session: Session, values: Mapping[str, object]) -> bool:
    """Store the news; False if it is stored already."""
    added = insert(ReportedChange).values(values).on_conflict_do_nothing()
    return session.execute(added.returning(ReportedChange.change_id)).first() is not None


def lock_change(session: Session, change_id: UUID) -> ReportedRow | None:
    """One piece of news, held for deciding on it."""
    mine = ReportedChange.change_id == change_id
    hold_enrolment(session, select(ReportedChange.enrolment_id).where(mine))
    one = select(table_of(ReportedChange)).where(mine)
    row = session.execute(one.with_for_update()).one_or_none()
    return _row(row) if row else None


def waiting_changes(session: Session, *, limit: int) -> list[ReportedRow]:
    """What waits for a person in the territory, the soonest limit first."""
    waiting = select(table_of(ReportedChange)).where(ReportedChange.status == ProposalStatus.PROPOSED)
    soonest = waiting.order_by(ReportedChange.confirm_by, ReportedChange.change_id).limit(limit)
    return [_row(row) for row in session.execute(soonest)]


def others_wait(session: Session, news: ReportedRow) -> bool:
    """Whether other news that acts by the same state waits for a person, too."""
    other = select(ReportedChange.change_id).where(
        ReportedChange.state_id == news.state_id,
        ReportedChange.change_id != news.change_id,
        ReportedChange.status == ProposalStatus.PROPOSED,
    )
    return session.execute(other.limit(1)).first() is not None


def change(session: Session, change_id: UUID, values: Mapping[str, object]) -> None:
    """Store other values of a piece of news."""
    session.execute(update(ReportedChange).where(ReportedChange.change_id == change_id).values(values))


def supersede(session: Session, enrolment_id: UUID, values: Mapping[str, object]) -> None:
    """The elder has left in another way: nothing waits any more."""
    waiting = update(ReportedChange).where(
        ReportedChange.enrolment_id == enrolment_id, ReportedChange.status == ProposalStatus.PROPOSED
    )
    session.execute(waiting.values({**values, "status": ProposalStatus.SUPERSEDED}))


def _row(row: Row[Any]) -> ReportedRow:
    return ReportedRow(**{name: getattr(row, name) for name in ReportedRow.__dataclass_fields__})
