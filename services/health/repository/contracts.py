"""Contracts with family doctors, as they were signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from services.health.models import Contract
from shared.persistence.base import table_of

CONTRACT = table_of(Contract)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContract:
    """One contract; what the columns mean is said at the table."""

    contract_id: UUID
    enrolment_id: UUID
    referral_id: UUID | None
    team: str
    signed_on: date
    begins_on: date
    ends_on: date
    recorded_by: UUID
    recorded_at: datetime
    voided_at: datetime | None
    voided_by: UUID | None
    void_reason_sealed: bytes | None


COUNTS = CONTRACT.c.voided_at.is_(None)
COLUMNS = tuple(CONTRACT.c[name] for name in StoredContract.__slots__)


def add_contract(session: Session, row: Mapping[str, Any]) -> bool:
    """Store it; False, and nothing stored, if there is one of that id."""
    added = insert(CONTRACT).values(row).on_conflict_do_nothing().returning(CONTRACT.c.contract_id)
    return session.execute(added).first() is not None


def contract(session: Session, contract_id: UUID) -> StoredContract | None:
    """One contract."""
    row = session.execute(select(*COLUMNS).where(CONTRACT.c.contract_id == contract_id)).mappings().first()
    return StoredContract(**row) if row else None


def contracts_of(session: Session, enrolment_id: UUID) -> list[StoredContract]:
    """The elder's contracts, the one that ends last first; those struck out are none."""
    return [each for each in contracts_on_record(session, enrolment_id) if each.voided_at is None]


def contracts_on_record(session: Session, enrolment_id: UUID) -> list[StoredContract]:
    """The same, with those that were struck out."""
    wanted = select(*COLUMNS).where(CONTRACT.c.enrolment_id == enrolment_id)
    rows = session.execute(wanted.order_by(CONTRACT.c.ends_on.desc())).mappings()
    return [StoredContract(**row) for row in rows]


def newest_contracts(session: Session) -> dict[UUID, StoredContract]:
    """Of each elder the contract that ends last."""
    newest = select(*COLUMNS).where(COUNTS).ext(distinct_on(CONTRACT.c.enrolment_id))
    rows = session.execute(newest.order_by(CONTRACT.c.enrolment_id, CONTRACT.c.ends_on.desc())).mappings()
    return {row["enrolment_id"]: StoredContract(**row) for row in rows}
