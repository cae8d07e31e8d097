"""What other sources say of an elder, waiting for a person, in the tables of this service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from services.care_register.codes import ElderField, ProposalStatus
from services.care_register.models.elders import ChangeProposal
from services.care_register.models.enrolments import Enrolment
from services.care_register.repository.enrolments import IS_OPEN, OPEN_ENROLMENTS
from services.care_register.repository.holding import hold_enrolment
from shared.persistence.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One proposed change as stored."""

    proposal_id: UUID
    elder_id: UUID
    field: ElderField
    value_sealed: bytes
    source: str
    dated_on: date
    status: ProposalStatus
    decided_at: datetime | None
    decided_by: UUID | None


def add_change(session: Session, values: Mapping[str, object]) -> None:
    """Store what another source says of a personal field."""
    session.add(ChangeProposal(status=ProposalStatus.PROPOSED, decided_at=None, decided_by=None, **values))


def waiting_changes(session: Session, *, limit: int) -> list[ChangeRow]:
    """The proposals in the territory that wait for a person, oldest first."""
    of_somebody = ChangeProposal.elder_id.in_(select(Enrolment.elder_id).where(IS_OPEN))
    waiting = select(table_of(ChangeProposal)).where(
        ChangeProposal.status == ProposalStatus.PROPOSED, of_somebody
    )
    oldest = waiting.order_by(ChangeProposal.proposed_at, ChangeProposal.proposal_id).limit(limit)
    return [_change(row) for row in session.execute(oldest)]


def lock_change(session: Session, proposal_id: UUID) -> ChangeRow | None:
    """One proposal, held for deciding on it."""
    mine = ChangeProposal.proposal_id == proposal_id
    is_theirs = Enrolment.elder_id.in_(select(ChangeProposal.elder_id).where(mine))
    hold_enrolment(session, OPEN_ENROLMENTS.where(is_theirs))
    one = select(table_of(ChangeProposal)).where(mine)
    row = session.execute(one.with_for_update()).one_or_none()
    return _change(row) if row else None


def decide_change(session: Session, proposal_id: UUID, values: Mapping[str, object]) -> None:
    """Store what was decided on a proposal."""
    session.execute(update(ChangeProposal).where(ChangeProposal.proposal_id == proposal_id).values(values))


def _change(row: Row[Any]) -> ChangeRow:
    return ChangeRow(**{name: getattr(row, name) for name in ChangeRow.__dataclass_fields__})
