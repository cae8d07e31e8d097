"""States and approved exceptions, in the tables of this service."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from services.care_register.codes import SaidBy
from services.care_register.models.enrolments import ExceptionRecord, StateRecord
from services.care_register.repository.enrolments import OPEN_ENROLMENTS
from services.care_register.repository.holding import hold_enrolment
from shared.domain.codes import StateKind, StateStatus
from shared.persistence.base import table_of

ACTING = (StateStatus.REPORTED, StateStatus.CONFIRMED)
OF_SOMEBODY = StateRecord.enrolment_id.in_(OPEN_ENROLMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One state as stored."""

    state_id: UUID
    enrolment_id: UUID
    jurisdiction_id: str
    kind: StateKind
    status: StateStatus
    starts_at: datetime
    expected_end_on: date | None
    said_by: SaidBy
    note_sealed: bytes | None
    reported_at: datetime
    reported_by: UUID
    confirm_by: datetime
    decided_at: datetime | None
    decided_by: UUID | None
    ask_again_on: date | None
    asked_again_at: datetime | None
    answer_by: datetime | None
    ended_at: datetime | None
    ended_by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRow:
    """One approved exception as stored."""

    exception_id: UUID
    enrolment_id: UUID
    obligation: str
    reason_sealed: bytes
    starts_at: datetime
    ends_at: datetime
    approved_at: datetime
    approved_by: UUID


def add_state(session: Session, values: Mapping[str, object]) -> None:
    """Store a reported state."""
    session.add(StateRecord(**values))


def lock_state(session: Session, state_id: UUID) -> StateRow | None:
    """One state, for deciding on it."""
    mine = StateRecord.state_id == state_id
    hold_enrolment(session, select(StateRecord.enrolment_id).where(mine))
    row = session.execute(_states().where(mine).with_for_update()).one_or_none()
    return _state(row) if row else None


def change_state(session: Session, state_id: UUID, values: Mapping[str, object]) -> None:
    """Store what was decided on a state."""
    session.execute(update(StateRecord).where(StateRecord.state_id == state_id).values(values))


def states(session: Session, enrolment_id: UUID) -> list[StateRow]:
    """All states of an enrolment, newest first."""
    mine = _states().where(StateRecord.enrolment_id == enrolment_id)
    return [_state(row) for row in session.execute(mine.order_by(StateRecord.reported_at.desc()))]


def acting_states(session: Session, enrolment_id: UUID) -> list[StateRow]:
    """The states that act now."""
    return [each for each in states(session, enrolment_id) if each.status in ACTING]


def reported_states(session: Session, *, limit: int) -> list[StateRow]:
    """States that wait for a second person; the soonest limit first."""
    waiting = _states().where(StateRecord.status == StateStatus.REPORTED, OF_SOMEBODY)
    soonest = waiting.order_by(StateRecord.confirm_by, StateRecord.state_id).limit(limit)
    return [_state(row) for row in session.execute(soonest)]


def overdue_states(session: Session, on: date) -> list[StateRow]:
    """States that were expected to end before the day."""
    over = _states().where(StateRecord.status.in_(ACTING), StateRecord.expected_end_on < on, OF_SOMEBODY)
    return [_state(row) for row in session.execute(over.order_by(StateRecord.state_id))]


def to_ask_again(session: Session, on: date) -> list[StateRow]:
    """Refusals after which somebody is to ask again by the day."""
    due = _states().where(StateRecord.status.in_(ACTING), StateRecord.ask_again_on <= on, OF_SOMEBODY)
    return [_state(row) for row in session.execute(due.order_by(StateRecord.ask_again_on))]


def add_exception(session: Session, row: ExceptionRow, *, area_code: str, jurisdiction_id: str) -> None:
    """Store an approved exception."""
    session.add(ExceptionRecord(**asdict(row), area_code=area_code, jurisdiction_id=jurisdiction_id))


def exceptions(session: Session, enrolment_id: UUID) -> list[ExceptionRow]:
    """All exceptions of an enrolment, newest first."""
    mine = select(table_of(ExceptionRecord)).where(ExceptionRecord.enrolment_id == enrolment_id)
    return [_exception(row) for row in session.execute(mine.order_by(ExceptionRecord.approved_at.desc()))]


def _states() -> Select[Any]:
    return select(table_of(StateRecord))


def _state(row: Row[Any]) -> StateRow:
    return StateRow(**{name: getattr(row, name) for name in StateRow.__dataclass_fields__})


def _exception(row: Row[Any]) -> ExceptionRow:
    return ExceptionRow(**{name: getattr(row, name) for name in ExceptionRow.__dataclass_fields__})
