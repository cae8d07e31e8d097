"""What was added to contacts later, as it was stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.visits.codes import EntryConsent
from services.visits.models import Addition, Finding
from shared.domain.findings import Answered
from shared.persistence.base import table_of

ADDITION, FINDING = table_of(Addition), table_of(Finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAddition:
    """An addition as it was stored; what the columns mean is said at the table."""

    addition_id: UUID
    contact_id: UUID
    fingerprint: bytes
    added_at: datetime
    added_by: UUID
    entry_consent: EntryConsent | None
    service_items: list[str]
    closes: list[str]
    late_reason_sealed: bytes | None
    note_sealed: bytes | None


STORED = tuple(ADDITION.c[field.name] for field in fields(StoredAddition))


def add_addition(session: Session, values: Mapping[str, Any], findings: Sequence[Answered]) -> None:
    """Store the addition with what was answered now."""
    session.execute(insert(ADDITION).values(values))
    where = {name: values[name] for name in ("contact_id", "jurisdiction_id", "area_code", "addition_id")}
    rows = [{**where, "kind": each.kind, "value": each.value} for each in findings]
    if rows:
        session.execute(insert(FINDING), rows)


def stored_addition(session: Session, addition_id: UUID) -> StoredAddition | None:
    """One addition, if it lies in the territory of who asks."""
    found = session.execute(select(*STORED).where(ADDITION.c.addition_id == addition_id)).mappings()
    row = found.one_or_none()
    return StoredAddition(**row) if row else None


def additions_of(session: Session, contact_ids: Sequence[UUID]) -> dict[UUID, list[StoredAddition]]:
    """What was added to each of the contacts, the first first."""
    wanted = select(*STORED).where(ADDITION.c.contact_id.in_(contact_ids)).order_by(ADDITION.c.added_at)
    found: dict[UUID, list[StoredAddition]] = defaultdict(list)
    for row in session.execute(wanted).mappings():
        found[row["contact_id"]].append(StoredAddition(**row))
    return found
