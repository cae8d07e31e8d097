"""A record that cannot wait opens its referral at once (走失、涉诈线索), in its own transaction."""

from dataclasses import dataclass
from uuid import UUID

from services.public_security.handlers.office import About
from shared.domain.errors import Invalid
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.desk import Desk
from shared.inbox.offering import Offer, offer
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """What is to be done at once: its kind, about whom, in words, and the record that it comes from."""

    kind: str
    about: About
    text: str
    record_id: UUID


def offer_urgent(urgent: Urgent, work: UnitOfWork, desk: Desk) -> UUID:
    """Open the referral in the station's name; nobody's word is needed. Raises Invalid about nobody."""
    about = urgent.about
    if about.enrolment_id is None:
        raise Invalid("nobody_to_act_for")
    offered = Offer(
        business_id=f"{urgent.kind}/{urgent.record_id}",
        kind=urgent.kind,
        enrolment_id=about.enrolment_id,
        requesting_unit_id=about.unit_id,
        text=urgent.text,
        word=GivenWord(consent=Consent.NOT_NEEDED),
        origin_id=urgent.record_id,
    )
    return offer(work, offered, book=desk.book, vault=desk.vault)
