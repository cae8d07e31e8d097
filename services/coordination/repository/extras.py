"""Extra visits (加访), as they were asked for."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.coordination.models import ExtraVisitRecord
from shared.persistence.base import table_of

EXTRA = table_of(ExtraVisitRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRow:
    """One extra visit as stored."""

    extra_id: UUID
    enrolment_id: UUID
    jurisdiction_id: str
    area_code: str
    due_on: date
    asked_at: datetime
    asked_by: UUID


def add_extra(session: Session, row: ExtraRow) -> bool:
    """Store it; False, and nothing stored, if its id has been used before."""
    stored = insert(EXTRA).values(asdict(row)).on_conflict_do_nothing().returning(EXTRA.c.extra_id)
    return session.execute(stored).first() is not None


def asked_before(session: Session, extra_id: UUID) -> ExtraRow | None:
    """What was asked for under the id, if it lies in the territory of who asks."""
    columns = [EXTRA.c[field.name] for field in fields(ExtraRow)]
    row = session.execute(select(*columns).where(EXTRA.c.extra_id == extra_id)).mappings().one_or_none()
    return ExtraRow(**row) if row else None
