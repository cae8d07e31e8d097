"""Everything about an elder who lives elsewhere now: row policies read the area of each row."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.visits.models import Addition, Assignment, Contact, Finding, Need, NotSeen
from shared.persistence.base import table_of

OF_ENROLMENT = (table_of(Contact), table_of(Assignment), table_of(NotSeen), table_of(Need))
OF_CONTACT = (table_of(Addition), table_of(Finding))


def move(session: Session, enrolment_id: UUID, area_code: str) -> None:
    """Put it into another area; the same again changes nothing."""
    contact = table_of(Contact)
    contacts = select(contact.c.contact_id).where(contact.c.enrolment_id == enrolment_id)
    for table in OF_CONTACT:
        session.execute(update(table).where(table.c.contact_id.in_(contacts)).values(area_code=area_code))
    for table in OF_ENROLMENT:
        session.execute(update(table).where(table.c.enrolment_id == enrolment_id).values(area_code=area_code))
