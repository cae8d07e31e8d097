"""未见到老人 (domain §0.2-1): a try that does not reach the elder opens it, a later contact ends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.visits.handlers.alarm_start import alarm_message
from services.visits.handlers.commands import Receipt
from services.visits.handlers.desk import Desk
from services.visits.handlers.judging import Judged
from services.visits.repository import alarms as repository
from services.visits.repository.alarms import FailedTry
from services.visits.repository.contacts import Place, StoredContact
from services.visits.repository.rounds import Alarm as OpenAlarm
from services.visits.repository.rounds import open_alarms
from shared.contracts.announcing import fact_message
from shared.contracts.outbox import OutboxMessage
from shared.domain.codes import StateStatus
from shared.domain.not_seen import Consequence, Try, consequence, is_explained
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.subjects import EnrolledElder, enrolled_elders

SEEN = "seen_in_person"
VOUCHED = "vouched_for"
RAISED = "raised_to_red_flag"
"""How an alarm ends: outcomes of the kind, and making room for the urgent kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What the contact did to the alarm: the referral it opened or added to, or the one it ended."""

    not_seen_id: UUID | None = None
    ended_id: UUID | None = None


def follow(contact: Judged, uow: UnitOfWork, desk: Desk, receipt: Receipt) -> Alarm:
    """Open, add to, or end the elder's alarm; the referral learns of it with the fact."""
    match consequence(_try(contact, uow)):
        case Consequence.ENDS:
            return _end(contact, uow, receipt)
        case Consequence.OPENS:
            return _open(contact, uow, desk, receipt, is_asleep=False)
        case Consequence.OPENS_ASLEEP:
            return _open(contact, uow, desk, receipt, is_asleep=True)
        case Consequence.NOTHING:
            return Alarm()


def raise_again(voided: StoredContact, elder: EnrolledElder, uow: UnitOfWork, desk: Desk) -> UUID | None:
    """Begin the search anew that the voided contact had ended, unless somebody has seen the elder since."""
    ended = repository.ended_by(uow.session, voided.contact_id)
    if ended is None or repository.open_alarm(uow.session, elder.enrolment_id):
        return None
    if repository.was_seen_since(uow.session, elder.enrolment_id, ended.opened_at):
        return None
    is_asleep = is_explained(elder.state_kind)
    if is_asleep and elder.state_status is StateStatus.CONFIRMED:
        return None
    failed = FailedTry(
        referral_id=_raised_again_id(voided),
        enrolment_id=elder.enrolment_id,
        contact_id=ended.opened_by,
        tried_at=ended.opened_at,
        has_red_flag=ended.has_red_flag,
        place=Place(jurisdiction_id=elder.jurisdiction_id, area_code=elder.area_code),
    )
    repository.add_alarm(uow.session, failed)
    uow.announce(alarm_message(failed, elder, uow, desk, offered_at=uow.now, is_asleep=is_asleep))
    return failed.referral_id


def raised_by_void(voided: StoredContact, uow: UnitOfWork) -> UUID | None:
    """The search that began anew when the contact was voided, if one did."""
    referral_id = _raised_again_id(voided)
    return referral_id if repository.is_known(uow.session, referral_id) else None


def _raised_again_id(voided: StoredContact) -> UUID:
    return uuid5(voided.enrolment_id, f"not_seen/voided/{voided.contact_id}")


def waking_alarms(session: Session, elders: Iterable[EnrolledElder]) -> dict[UUID, OpenAlarm]:
    """The open alarms on which somebody has to go.

    A state that says where the elder is keeps one quiet, unless there was a sign of danger at the door.
    """
    states = {each.enrolment_id: each.state_kind for each in elders}
    found = open_alarms(session, list(states))
    return {
        each: alarm for each, alarm in found.items() if alarm.has_red_flag or not is_explained(states[each])
    }


def _try(contact: Judged, uow: UnitOfWork) -> Try:
    command = contact.command
    if command.reach.is_reached:
        return Try(reach=command.reach, lateness=contact.lateness, state=None, is_device=_is_device(contact))
    # Read again: from here to the commit no state of this elder is decided beside us (`hold_contacts`).
    elder = enrolled_elders(uow.session, [command.enrolment_id])[command.enrolment_id]
    return Try(
        reach=command.reach,
        lateness=contact.lateness,
        state=elder.state_kind,
        is_state_confirmed=elder.state_status is StateStatus.CONFIRMED,
        is_device=_is_device(contact),
        has_red_flag=bool(command.red_flags),
        is_vouched=command.voucher is not None and command.next_contact_on is not None,
        was_seen_since=repository.was_seen_since(uow.session, command.enrolment_id, contact.occurred_at),
    )


def _is_device(contact: Judged) -> bool:
    return contact.command.mode in contact.policy.contacts.device_modes


def _open(contact: Judged, uow: UnitOfWork, desk: Desk, receipt: Receipt, *, is_asleep: bool) -> Alarm:
    """Open the alarm, or add the try to the one that is open; a red flag turns it into the urgent kind."""
    command = contact.command
    already = repository.open_alarm(uow.session, command.enrolment_id)
    if already and (already.has_red_flag or not command.red_flags):
        repository.add_try(uow.session, already.referral_id, tried_at=contact.occurred_at)
        return Alarm(not_seen_id=already.referral_id)
    if already:
        _supersede(contact, uow, receipt)
    failed = FailedTry(
        referral_id=uuid5(command.enrolment_id, f"not_seen/{command.contact_id}"),
        enrolment_id=command.enrolment_id,
        contact_id=command.contact_id,
        tried_at=contact.occurred_at,
        has_red_flag=bool(command.red_flags),
        place=contact.place,
    )
    repository.add_alarm(uow.session, failed)
    if receipt.announces:
        start = alarm_message(
            failed, contact.enrolled, uow, desk, offered_at=receipt.received_at, is_asleep=is_asleep
        )
        uow.announce(start)
    return Alarm(not_seen_id=failed.referral_id)


def _supersede(contact: Judged, uow: UnitOfWork, receipt: Receipt) -> None:
    """One open alarm per elder: the ordinary one makes room for the urgent one."""
    command = contact.command
    ended_id = repository.end_alarm(
        uow.session,
        command.enrolment_id,
        contact_id=command.contact_id,
        seen_at=receipt.received_at,
        now=receipt.received_at,
    )
    if ended_id and receipt.announces:
        uow.announce(_conclusion(contact, ended_id, RAISED, receipt.received_at))


def _end(contact: Judged, uow: UnitOfWork, receipt: Receipt) -> Alarm:
    command = contact.command
    ended_id = repository.end_alarm(
        uow.session,
        command.enrolment_id,
        contact_id=command.contact_id,
        seen_at=contact.occurred_at,
        now=receipt.received_at,
    )
    if ended_id and receipt.announces:
        outcome = SEEN if command.reach.is_reached else VOUCHED
        uow.announce(_conclusion(contact, ended_id, outcome, receipt.received_at))
    return Alarm(ended_id=ended_id)


def _conclusion(contact: Judged, referral_id: UUID, outcome: str, at: datetime) -> OutboxMessage:
    contact_id = contact.command.contact_id
    request_id = str(uuid5(contact_id, "conclude"))
    fact = FollowFact(request_id=request_id, move=Move.CONCLUDE, at=at, reason=outcome, fact_id=contact_id)
    return fact_message(referral_id, fact)
