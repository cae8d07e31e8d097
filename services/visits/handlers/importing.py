"""Contacts of the past: loaded with the demonstration rosters, told to no process but through its start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.visits.handlers.alarm_start import alarm_message
from services.visits.handlers.commands import Receipt, RecordContact
from services.visits.handlers.desk import Desk
from services.visits.handlers.forces import force_of
from services.visits.handlers.recording import put_on_record
from services.visits.repository import alarms
from services.visits.repository.alarms import FailedTry
from services.visits.repository.contacts import Place
from shared.domain.codes import StateStatus
from shared.domain.errors import NotFound
from shared.domain.not_seen import is_explained
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.subjects import EnrolledElder, enrolled_elders


@dataclass(frozen=True, slots=True, kw_only=True)
class PastContact:
    """A contact and the instant at which it was recorded, long ago."""

    command: RecordContact
    recorded_at: datetime


def import_past_contacts(past: Sequence[PastContact], uow: UnitOfWork, desk: Desk) -> int:
    """Put past contacts on record in the order in which they were recorded; the number that is now stored.

    For the command line alone: a service never chooses when a record came in. An alarm that is still open at
    the end gets its referral, begun when it was raised. Raises NotFound for an elder outside the territory.
    """
    elders = enrolled_elders(uow.session, {each.command.enrolment_id for each in past})
    missing = [str(each.command.enrolment_id) for each in past if each.command.enrolment_id not in elders]
    if missing:
        raise NotFound("enrolment_not_found", enrolment_ids=missing)
    for each in sorted(past, key=lambda one: one.recorded_at):
        force = each.command.force or force_of(uow.principal)
        receipt = Receipt(received_at=each.recorded_at, force=force, announces=False)
        put_on_record(each.command, elders[each.command.enrolment_id], uow, desk, receipt)
    _start_alarms(elders, uow, desk)
    return len(past)


def _start_alarms(elders: dict[UUID, EnrolledElder], uow: UnitOfWork, desk: Desk) -> None:
    for enrolment_id, elder in elders.items():
        alarm = alarms.open_alarm(uow.session, enrolment_id)
        if alarm is None:
            continue
        failed = FailedTry(
            referral_id=alarm.referral_id,
            enrolment_id=enrolment_id,
            contact_id=alarm.opened_by,
            tried_at=alarm.opened_at,
            has_red_flag=alarm.has_red_flag,
            place=Place(jurisdiction_id=elder.jurisdiction_id, area_code=elder.area_code),
        )
        is_asleep = is_explained(elder.state_kind) and elder.state_status is StateStatus.REPORTED
        uow.announce(alarm_message(failed, elder, uow, desk, offered_at=alarm.opened_at, is_asleep=is_asleep))
