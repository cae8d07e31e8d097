"""Offering a referral (转介): the elder's word, what is asked, and the process, in one transaction."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import text

from shared.contracts.announcing import start_message
from shared.contracts.effects import CarryOut
from shared.contracts.referral import StartReferral
from shared.domain.codes import Urgency
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.kinds import Effect
from shared.domain.periods import local_day
from shared.domain.referral.state import ReferralState
from shared.inbox.consent import GivenWord, check_word
from shared.inbox.files import Heading, open_file
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.policies.referring import Opening as HowOpened
from shared.policies.referring import ReferralKind
from shared.process.aftermath import carry_out
from shared.process.directory import load_directory
from shared.process.openings import Opening, policy_at, start_referral
from shared.process.subjects import EnrolledElder, enrolled_elders, leaving_in_words

ORIGIN = text(
    "SELECT EXISTS (SELECT FROM visits.contact_fact WHERE contact_id = :origin_id"
    " AND enrolment_id = :enrolment_id) OR EXISTS (SELECT FROM process.referral"
    " WHERE referral_id = :origin_id AND subject_id = :enrolment_id)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is asked for whom, in whose name, with the elder's word.

    `business_id` names the offer within the requesting unit: the same one again is the same referral.
    `origin_id` is what it grew from: a contact, another referral, a record of the service that offers it.
    """

    business_id: str
    kind: str
    enrolment_id: UUID
    requesting_unit_id: str
    text: str
    word: GivenWord
    origin_id: UUID | None = None


def offer(work: UnitOfWork, offered: Offer, *, book: PolicyBook, vault: Vault) -> UUID:
    """Offer the referral to the unit that policy names, and answer its id; again it changes nothing.

    Raises Invalid for a kind that people do not open or without the word that the kind needs (§0.2-8),
    NotFound for an elder outside the person's territory, Conflict for one who has left the register where
    nothing is urgent, Forbidden in the name of a unit not one's own.
    """
    _check_unit(work, offered.requesting_unit_id)
    policy = policy_at(book, work.principal.jurisdiction_id, work.now)
    kind = kind_by_hand(policy, offered.kind)
    check_word(offered.word, kind.elders_word)
    elder = elder_of(work, offered.enrolment_id)
    if elder.left_at is not None and kind.urgency is Urgency.ROUTINE:
        raise Conflict("elder_has_left", **leaving_in_words(elder, policy))
    referral_id = offered_id(offered.enrolment_id, offered.requesting_unit_id, offered.business_id)
    start = _start(work, offered, elder, referral_id=referral_id, book=book)
    heading = heading_of(start.state)
    if open_file(work, heading, vault=vault, asked=offered.text.strip(), word=offered.word):
        work.announce(start_message(start))
        _record(work, offered, referral_id=referral_id, elder=elder)
    return referral_id


def offered_id(enrolment_id: UUID, unit_id: str, business_id: str) -> UUID:
    """The id of what a unit has offered for an elder under a name of its own."""
    return uuid5(enrolment_id, f"{unit_id}/{business_id}")


def leave_unwanted(
    work: UnitOfWork, *, enrolment_id: UUID, kind: str, unit_id: str, book: PolicyBook
) -> None:
    """The elder does not want the help now (暂不需要): visits keep it, and ask again later (§0.2-8).

    Raises as `offer` does.
    """
    _check_unit(work, unit_id)
    policy = policy_at(book, work.principal.jurisdiction_id, work.now)
    elder = elder_of(work, enrolment_id)
    code = kind_by_hand(policy, kind).code
    unwanted = CarryOut(
        effect_id=uuid5(enrolment_id, f"unwanted/{code}/{unit_id}/{work.now.isoformat()}"),
        effect=Effect.ASK_AGAIN_LATER,
        jurisdiction_id=elder.jurisdiction_id,
        enrolment_id=enrolment_id,
        at=work.now,
        account_id=work.principal.account_id,
        unit_id=unit_id,
        kind=code,
    )
    work.announce(carry_out(unwanted))
    work.record(stream=f"elder:{elder.elder_id}", action="help_unwanted", detail={"kind": kind})


def elder_of(work: UnitOfWork, enrolment_id: UUID) -> EnrolledElder:
    """The elder. Raises NotFound outside the person's territory."""
    elder = enrolled_elders(work.session, [enrolment_id]).get(enrolment_id)
    if elder is None:
        raise NotFound("elder_unknown")
    return elder


def grew_from(work: UnitOfWork, origin_id: UUID, enrolment_id: UUID) -> bool:
    """Whether it is a contact of the elder or a referral about them, and who asks may see it."""
    asked = {"origin_id": origin_id, "enrolment_id": enrolment_id}
    return bool(work.session.execute(ORIGIN, asked).scalar_one())


def kind_by_hand(policy: Policy, code: str) -> ReferralKind:
    """The kind, if it is one that people open. Raises Invalid otherwise."""
    kind = next((kind for kind in policy.kinds if kind.code == code), None)
    if kind is None or kind.opened is not HowOpened.BY_HAND:
        raise Invalid("unknown_kind", kind=code)
    return kind


def heading_of(state: ReferralState) -> Heading:
    """What the file of a referral that begins like this is headed."""
    return Heading(
        referral_id=state.referral_id,
        jurisdiction_id=state.jurisdiction_id,
        area_code=state.area_code,
        kind=state.kind.code,
        requesting_unit_id=state.requesting_unit_id,
        coordinator_unit_id=state.kind.coordinator_unit_id,
        enrolment_id=state.subject_id,
        origin_id=state.origin_id,
    )


def _check_unit(work: UnitOfWork, unit_id: str) -> None:
    if unit_id not in work.principal.units:
        raise Forbidden("not_of_a_party", unit_id=unit_id)


def _start(
    work: UnitOfWork, offered: Offer, elder: EnrolledElder, *, referral_id: UUID, book: PolicyBook
) -> StartReferral:
    policy = policy_at(book, elder.jurisdiction_id, work.now)
    opening = Opening(
        referral_id=referral_id,
        kind=offered.kind,
        jurisdiction_id=elder.jurisdiction_id,
        subject=elder.on(local_day(work.now, policy.jurisdiction.zone)),
        offered_at=work.now,
        subject_id=elder.enrolment_id,
        origin_id=offered.origin_id,
        requesting_unit_id=offered.requesting_unit_id,
    )
    return start_referral(book, load_directory(work.session, elder.jurisdiction_id), opening)


def _record(work: UnitOfWork, offered: Offer, *, referral_id: UUID, elder: EnrolledElder) -> None:
    detail = {"referral_id": referral_id, "kind": offered.kind, "consent": offered.word.consent}
    work.record(stream=f"elder:{elder.elder_id}", action="referral_offered", detail=detail)
