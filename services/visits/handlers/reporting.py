"""Signs of violence or neglect seen on a visit: a report of its own, stored with it (X-11, 反家庭暴力法 14).

Nothing in the visit book says so. Its finder alone is told that there is one, from the report's own file:
somebody at the door may look at the phone, and the book is read by many who may not know who reported.
"""

from collections.abc import Iterable
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.visits.handlers.commands import RecordContact
from services.visits.handlers.desk import Desk
from services.visits.repository.contacts import StoredContact
from shared.contracts.access import Principal
from shared.domain.errors import Invalid
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.files import own_files
from shared.inbox.offering import Offer, offer, offered_id
from shared.persistence.unit_of_work import UnitOfWork

REPORT = "mandatory_report"


def may_report(person: Principal) -> bool:
    """Whether the person has a unit in whose name it is reported."""
    return bool(person.units)


def report_separately(command: RecordContact, uow: UnitOfWork, desk: Desk) -> None:
    """Open the report if the finder asks for it, in the transaction of the contact; nobody's word is needed.

    It carries no reference to the contact, whose visitor everybody of the territory reads. Raises Invalid
    `report_needs_unit` for somebody who has none.
    """
    if not command.is_reported:
        return
    if not may_report(uow.principal):
        raise Invalid("report_needs_unit")
    report = Offer(
        business_id=_business_id(command.contact_id),
        kind=REPORT,
        enrolment_id=command.enrolment_id,
        requesting_unit_id=uow.principal.units[0],
        text=command.report_words,
        word=GivenWord(consent=Consent.NOT_NEEDED),
    )
    offer(uow, report, book=desk.book, vault=desk.vault)


def reported_with(session: Session, found: Iterable[StoredContact], person: Principal) -> frozenset[UUID]:
    """With which of the contacts this person has reported something; with nobody else's."""
    reports = {
        offered_id(each.enrolment_id, unit_id, _business_id(each.contact_id)): each.contact_id
        for each in found
        if each.recorded_by == person.account_id
        for unit_id in person.units
    }
    return frozenset(reports[each] for each in own_files(session, list(reports), person.account_id))


def _business_id(contact_id: UUID) -> str:
    return f"visits/{uuid5(contact_id, 'report')}"
