"""What elders have consented to, in the tables of this service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.care_register.codes import ConsentItem, ConsentMethod, SaidBy
from services.care_register.models.elders import ConsentRecord
from shared.persistence.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One consent or its withdrawal, as stored."""

    consent_id: UUID
    item: ConsentItem
    is_given: bool
    method: ConsentMethod
    said_by: SaidBy
    text_version: str
    recorded_at: datetime
    recorded_by: UUID


def add_consent(session: Session, values: Mapping[str, object]) -> None:
    """Store one consent or its withdrawal."""
    session.add(ConsentRecord(**values))


def consents(session: Session, elder_id: UUID) -> list[Consent]:
    """The newest record of each item."""
    newest = (
        select(table_of(ConsentRecord))
        .where(ConsentRecord.elder_id == elder_id)
        .ext(distinct_on(ConsentRecord.item))
        .order_by(ConsentRecord.item, ConsentRecord.recorded_at.desc())
    )
    return [
        Consent(**{name: getattr(row, name) for name in Consent.__dataclass_fields__})
        for row in session.execute(newest)
    ]
