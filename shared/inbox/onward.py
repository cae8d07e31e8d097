"""Handing on from work that a unit has: it knows the elder through that work alone, wherever that is."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from shared.contracts.announcing import start_message
from shared.domain.conditions import Subject
from shared.domain.errors import Forbidden
from shared.domain.facts import ElderFacts
from shared.domain.periods import local_day
from shared.inbox.consent import GivenWord, check_word
from shared.inbox.files import open_file
from shared.inbox.offering import heading_of, kind_by_hand
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault
from shared.policies.book import PolicyBook
from shared.process.directory import load_directory
from shared.process.openings import Opening, policy_at, start_referral
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """What is asked. `business_id` names it within the work it grows from: again, it is the same referral.

    `elder_id` is in whose history it leaves its trace, if the unit knows.
    """

    business_id: str
    kind: str
    text: str
    word: GivenWord
    elder_id: UUID | None = None


def offer_onward(work: UnitOfWork, row: Referral, onward: Onward, *, book: PolicyBook, vault: Vault) -> UUID:
    """Offer the referral in the name of the unit that works on `row`, and answer its id.

    Raises Forbidden to members of other units; Invalid as `offer` does.
    """
    if row.unit_id not in work.principal.units:
        raise Forbidden("not_of_a_party", unit_id=row.unit_id)
    policy = policy_at(book, row.jurisdiction_id, work.now)
    check_word(onward.word, kind_by_hand(policy, onward.kind).elders_word)
    on = local_day(work.now, policy.jurisdiction.zone)
    referral_id = uuid5(row.referral_id, f"{row.unit_id}/{onward.business_id}")
    opening = Opening(
        referral_id=referral_id,
        kind=onward.kind,
        jurisdiction_id=row.jurisdiction_id,
        subject=Subject(facts=ElderFacts(area_code=row.area_code), on=on),
        offered_at=work.now,
        subject_id=row.subject_id,
        origin_id=row.referral_id,
        requesting_unit_id=row.unit_id,
    )
    start = start_referral(book, load_directory(work.session, row.jurisdiction_id), opening)
    if open_file(work, heading_of(start.state), vault=vault, asked=onward.text, word=onward.word):
        work.announce(start_message(start))
        if onward.elder_id:
            detail = {"referral_id": referral_id, "kind": onward.kind, "consent": onward.word.consent}
            work.record(stream=f"elder:{onward.elder_id}", action="referral_offered", detail=detail)
    return referral_id
