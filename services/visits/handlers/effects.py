"""What was done elsewhere means for visits (办结之后): a contact, one struck out, a need met or asked again.

Who stated the outcome stands behind what is recorded. A contact made by the police or a family doctor is
judged like any other, and ends the search for an elder like any other.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID, uuid5

from services.visits.codes import EntryConsent, NeedStanding
from services.visits.handlers.commands import Receipt, RecordContact
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import put_on_record
from services.visits.handlers.voiding import VoidContact, void_contact
from services.visits.repository import assignments, moved, needs
from shared.contracts.access import Principal
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.domain.codes import VisitMode
from shared.domain.kinds import Effect
from shared.domain.periods import local_day
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.effects import Part, acting, answered, once
from shared.process.subjects import enrolled_elder

Begin = Callable[[Principal], AbstractContextManager[UnitOfWork]]


def carry_out(asked: CarryOut, begin: Begin, desk: Desk) -> CarriedOut:
    """Carry an effect out under the rules of visits; the same one again changes nothing.

    Raises KeyError for an effect that is not ours.
    """
    return answered(lambda: _carried(asked, begin, desk))


def _carried(asked: CarryOut, begin: Begin, desk: Desk) -> Carried:
    with begin(acting(asked, asked.account_id, desk.book)) as work:
        return once(asked, Part.STATED, work, lambda: BY_EFFECT[asked.effect](asked, work, desk))


def _record_contact(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    if asked.seen is None:
        raise ValueError(f"{asked.effect} does not say how they were seen")
    command = RecordContact(
        contact_id=_contact_id(asked.effect_id),
        enrolment_id=asked.enrolment_id,
        mode=asked.seen.mode,
        reach=asked.seen.reach,
        occurred_at=asked.at,
        # Who works at an elder's home came by appointment with them: nobody asks for that consent again.
        entry_consent=EntryConsent.STANDING if asked.seen.mode is VisitMode.AT_HOME else None,
    )
    # As whom somebody came is the plan's word here, by the work that they did.
    elder = enrolled_elder(work.session, asked.enrolment_id)
    receipt = Receipt(received_at=work.now, force=asked.seen.force)
    put_on_record(command, elder, work, desk, receipt)
    return Carried.DONE


def _void_contact(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """The record behind a contact was struck out where it was made; who may void here is decided here."""
    if asked.voids is None:
        raise ValueError(f"{asked.effect} does not say what was recorded")
    reason = desk.policy_at(asked.jurisdiction_id, work.now).recording.void_at_source
    void_contact(VoidContact(contact_id=_contact_id(asked.voids), reason=reason), work, desk)
    return Carried.DONE


def _contact_id(recorded_by: UUID) -> UUID:
    """The contact that this effect puts on record."""
    return uuid5(recorded_by, "contact")


def _meet_need(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    return _need(asked, NeedStanding.MET, work, desk)


def _close_hazard(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """Whoever repaired it says that it is gone; who next comes to the home looks whether it is."""
    return _need(asked, NeedStanding.REMOVED, work, desk)


def _ask_again(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    return _need(asked, NeedStanding.UNWANTED, work, desk)


def _need(asked: CarryOut, standing: NeedStanding, work: UnitOfWork, desk: Desk) -> Carried:
    elder = enrolled_elder(work.session, asked.enrolment_id)
    policy = desk.policy_at(elder.jurisdiction_id, asked.at)
    said_on = local_day(asked.at, policy.jurisdiction.zone)
    again_on = said_on + timedelta(days=policy.timing.ask_again_days)
    row = {
        "need_id": asked.effect_id,
        "jurisdiction_id": elder.jurisdiction_id,
        "area_code": elder.area_code,
        "enrolment_id": elder.enrolment_id,
        "kind": asked.kind,
        "standing": standing,
        "said_at": asked.at,
        "ask_again_on": again_on if standing is NeedStanding.UNWANTED else None,
        "referral_id": asked.referral_id,
        "unit_id": asked.unit_id,
        "account_id": asked.account_id,
    }
    needs.add_need(work.session, row)
    detail = {"kind": asked.kind, "standing": standing}
    work.record(stream=f"elder:{elder.elder_id}", action="need_settled", detail=detail)
    return Carried.DONE


def _follow_move(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """The visit book moves; who visits stays, if they work there too. Else nobody does: that is an alarm."""
    moved.move(work.session, asked.enrolment_id, asked.moved_to)
    zone = desk.policy_at(asked.jurisdiction_id, work.now).jurisdiction.zone
    today = local_day(work.now, zone)
    there = assignments.candidates_for(work.session, [asked.moved_to], on=today)
    able = [each.account_id for each in there]
    assignments.end_all_but(work.session, asked.enrolment_id, able, before=today)
    return Carried.DONE


BY_EFFECT: Mapping[Effect, Callable[[CarryOut, UnitOfWork, Desk], Carried]] = MappingProxyType(
    {
        Effect.RECORD_CONTACT: _record_contact,
        Effect.VOID_CONTACT: _void_contact,
        Effect.MEET_NEED: _meet_need,
        Effect.CLOSE_HAZARD: _close_hazard,
        Effect.ASK_AGAIN_LATER: _ask_again,
        Effect.FOLLOW_MOVE: _follow_move,
    }
)
"""What each effect does here."""
