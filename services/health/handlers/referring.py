"""From an abnormal reading to work, and the work that is at hand about an elder (J-77)."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from sqlalchemy import select

from services.health.commands import ReferSigns
from services.health.handlers.centre import Centre
from services.health.repository import follow_ups
from services.health.repository.follow_ups import StoredSign
from shared.domain.errors import Conflict
from shared.domain.health.codes import SignHandling
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.offering import Offer, leave_unwanted, offer
from shared.process.tables import Referral


def work_at_hand(enrolment_id: UUID, centre: Centre) -> Sequence[Referral]:
    """The referrals about the elder that this centre has and that are not over, the oldest first."""
    mine = select(Referral).where(
        Referral.subject_id == enrolment_id, Referral.unit_id == centre.unit_id, Referral.closed_at.is_(None)
    )
    return centre.work.session.scalars(mine.order_by(Referral.offered_at)).all()


def refer_signs(command: ReferSigns, centre: Centre) -> SignHandling:
    """Do with every sign that waits what the elder says: refer it by policy, or leave it for now (§0.2-8).

    A referral that is already being worked on is answered instead of opening a second one. Raises Conflict
    `nothing_to_refer` if none waits: somebody else was first.
    """
    elder = centre.elder(command.enrolment_id)
    waiting = [
        sign
        for sign in follow_ups.open_signs(centre.work.session, elder.enrolment_id)
        if sign.handling is SignHandling.TO_REFER
    ]
    if not waiting:
        raise Conflict("nothing_to_refer")
    kind = _kind_of(waiting, centre)
    handling = SignHandling.REFERRED if command.is_agreed else SignHandling.ELDER_DECLINES
    referral_id = _opened(command, waiting, kind, centre) if command.is_agreed else None
    if not command.is_agreed:
        leave_unwanted(
            centre.work,
            enrolment_id=elder.enrolment_id,
            kind=kind,
            unit_id=centre.unit_id,
            book=centre.desk.book,
        )
    follow_ups.handle_signs(centre.work.session, elder.enrolment_id, handling, referral_id)
    detail = {"handling": handling, "signs": sorted(sign.code for sign in waiting)}
    centre.work.record(stream=f"elder:{elder.elder_id}", action="signs_handled", detail=detail)
    return handling


def _kind_of(waiting: Sequence[StoredSign], centre: Centre) -> str:
    kinds = {each.sign: each.kind for each in centre.rules.thresholds}
    return next(kinds[sign.code] for sign in waiting if sign.code in kinds)


def _opened(command: ReferSigns, waiting: Sequence[StoredSign], kind: str, centre: Centre) -> UUID:
    at_hand = [each.referral_id for each in work_at_hand(command.enrolment_id, centre) if each.kind == kind]
    if at_hand:
        return at_hand[0]
    signs = "、".join(centre.policy.label("signs", sign.code) for sign in waiting)
    asked = Offer(
        business_id=f"sign/{uuid5(waiting[0].follow_up_id, waiting[0].code)}",
        kind=kind,
        enrolment_id=command.enrolment_id,
        requesting_unit_id=centre.unit_id,
        text=command.text.strip() or signs,
        word=GivenWord(consent=Consent.AGREED),
        origin_id=waiting[0].follow_up_id,
    )
    return offer(centre.work, asked, book=centre.desk.book, vault=centre.desk.vault)
