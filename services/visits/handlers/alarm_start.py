"""The referral 未见到老人 as it is offered: which kind, to which unit, with which clocks."""

from datetime import datetime

from services.visits.handlers.desk import Desk
from services.visits.repository.alarms import FailedTry
from shared.contracts.announcing import start_message
from shared.contracts.outbox import OutboxMessage
from shared.domain.calendars import deadline
from shared.domain.conditions import Subject
from shared.domain.periods import local_day
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import directory_of
from shared.policies.model import Policy
from shared.policies.resolve import Setting, kind_spec, route
from shared.process.directory import load_directory
from shared.process.openings import Opening, start_referral
from shared.process.subjects import EnrolledElder

NOT_SEEN = "not_seen"
NOT_SEEN_RED_FLAG = "not_seen_red_flag"
"""The kinds that an unreached try opens; the second where there is a sign of danger (domain §2.4, step 3)."""


def alarm_message(
    failed: FailedTry,
    enrolled: EnrolledElder,
    uow: UnitOfWork,
    desk: Desk,
    *,
    offered_at: datetime,
    is_asleep: bool,
) -> OutboxMessage:
    """The start of the alarm's referral, stored with the try that opens it."""
    zone = desk.policy_at(enrolled.jurisdiction_id, offered_at).jurisdiction.zone
    opening = Opening(
        referral_id=failed.referral_id,
        kind=NOT_SEEN_RED_FLAG if failed.has_red_flag else NOT_SEEN,
        jurisdiction_id=enrolled.jurisdiction_id,
        subject=enrolled.on(local_day(offered_at, zone)),
        offered_at=offered_at,
        subject_id=enrolled.enrolment_id,
        origin_id=failed.contact_id,
        requesting_unit_id=next(iter(uow.principal.units), ""),
        is_asleep=is_asleep,
    )
    directory = load_directory(uow.session, enrolled.jurisdiction_id)
    return start_message(start_referral(desk.book, directory, opening))


def retry_by(
    policy: Policy, subject: Subject, *, opened_at: datetime, has_red_flag: bool = False
) -> datetime:
    """By when somebody must have stood at the door: the kind's own limit for this elder (domain §0.2-1)."""
    code = NOT_SEEN_RED_FLAG if has_red_flag else NOT_SEEN
    directory = directory_of(policy)
    unit_id = route(policy, code, subject, directory)
    setting = Setting(policy=policy, subject=subject, directory=directory, receiving_unit_id=unit_id)
    kind = kind_spec(code, setting)
    limit = kind.complete.limit
    return deadline(limit, opened_at, kind.calendar) if limit else opened_at
