"""Handing on from work that a unit has: it knows the elder through that work alone, wherever that is."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from shared.contracts.announcing import start_message
from shared.domain.conditions import Subject
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """What is asked. `business_id` names it within the work it grows from: again, it is the same referral.

    `origin_id` is the referral of that work, wherever it lies by now; `unit_id` is in whose name it is asked.
    `elder_id` is in whose history it leaves its trace, if the unit knows.
    """

    business_id: str
    origin_id: UUID
    unit_id: str
    jurisdiction_id: str
    area_code: str
    subject_id: UUID | None
    kind: str
    text: str
    word: GivenWord
    elder_id: UUID | None = None


def offer_onward(work: UnitOfWork, onward: Onward, *, book: PolicyBook, vault: Vault) -> UUID:
    """Offer the referral in the name of a unit of who acts, and answer its id.

    Raises Invalid as `offer` does.
    """
    policy = policy_at(book, onward.jurisdiction_id, work.now)
    check_word(onward.word, kind_by_hand(policy, onward.kind).elders_word)
    on = local_day(work.now, policy.jurisdiction.zone)
    referral_id = uuid5(onward.origin_id, f"{onward.unit_id}/{onward.business_id}")
    opening = Opening(
        referral_id=referral_id,
        kind=onward.kind,
        jurisdiction_id=onward.jurisdiction_id,
        subject=Subject(facts=ElderFacts(area_code=onward.area_code), on=on),
        offered_at=work.now,
        subject_id=onward.subject_id,
        origin_id=onward.origin_id,
        requesting_unit_id=onward.unit_id,
    )
    start = start_referral(book, load_directory(work.session, onward.jurisdiction_id), opening)
    if open_file(work, heading_of(start.state), vault=vault, asked=onward.text, word=onward.word):
        work.announce(start_message(start))
        if onward.elder_id:
            detail = {"referral_id": referral_id, "kind": onward.kind, "consent": onward.word.consent}
            work.record(stream=f"elder:{onward.elder_id}", action="referral_offered", detail=detail)
    return referral_id
