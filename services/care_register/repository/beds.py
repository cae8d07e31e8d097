"""Home beds (家庭病床) as the health centre has told of them, in the tables of this service."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.care_register.models.enrolments import BedRecord
from shared.domain.facts import Spell


def put_bed(session: Session, row: Mapping[str, object]) -> bool:
    """Store how the bed stands; False if as much or more is known of it already."""
    put = insert(BedRecord).values(row)
    later = put.on_conflict_do_update(
        index_elements=[BedRecord.bed_id], set_=row, where=BedRecord.version < put.excluded.version
    )
    return session.execute(later.returning(BedRecord.bed_id)).first() is not None


def bed_spell(session: Session, enrolment_id: UUID) -> Spell | None:
    """When the elder has a home bed: the one in use, else the one that was in use last."""
    mine = select(BedRecord.from_on, BedRecord.to_on).where(BedRecord.enrolment_id == enrolment_id)
    newest_first = mine.order_by(BedRecord.to_on.desc().nulls_first(), BedRecord.from_on).limit(1)
    found = session.execute(newest_first).one_or_none()
    return Spell(from_on=found.from_on, to_on=found.to_on) if found else None
