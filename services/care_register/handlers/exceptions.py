"""Approved exceptions (经批准的例外): where the plan says 原则上, somebody may answer for it (§0.2-4)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from services.care_register.handlers.cycles import exception_fact, tell
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, history_of, open_enrolment
from services.care_register.handlers.people import EXCEPTION_REASON, seal_note
from services.care_register.repository import states
from services.care_register.repository.states import ExceptionRow
from shared.domain.errors import Invalid
from shared.domain.periods import day_start, local_day
from shared.domain.visit_cycle.facts import Facts
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy

ALL = ""
"""The obligation of an exception that covers every obligation in principle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveException:
    """Who approves answers with name and reason; `until_on` is the last day it covers."""

    enrolment_id: UUID
    reason: str
    starts_at: datetime
    until_on: date
    obligation: str = ALL
    exception_id: UUID = field(default_factory=uuid4)


def approve_exception(command: ApproveException, work: UnitOfWork, desk: Desk) -> UUID:
    """Store the exception and let the cycle know; its id.

    Raises NotFound, Conflict `has_left`, Invalid `reason_missing`, `exception_ends_before_start`,
    `exception_begins_too_far`, `exception_too_long`, `no_exception_allowed` for an obligation that the plan
    does not owe 原则上 only.
    """
    row = open_enrolment(work, command.enrolment_id)
    policy = desk.policy(row.jurisdiction_id, work.now)
    _check(command, policy, now=work.now)
    ends_at = day_start(command.until_on + timedelta(days=1), policy.jurisdiction.zone)
    sealed = seal_note(
        command.reason, EXCEPTION_REASON, command.exception_id, elder=elder_of(work, row), desk=desk
    )
    approved = ExceptionRow(
        exception_id=command.exception_id,
        enrolment_id=row.enrolment_id,
        obligation=command.obligation,
        reason_sealed=sealed or b"",
        starts_at=command.starts_at,
        ends_at=ends_at,
        approved_at=work.now,
        approved_by=work.principal.account_id,
    )
    states.add_exception(work.session, approved, area_code=row.area_code, jurisdiction_id=row.jurisdiction_id)
    work.record(
        stream=history_of(row.elder_id),
        action="exception_approved",
        detail={"exception_id": approved.exception_id, "obligation": command.obligation, "until": ends_at},
        jurisdiction_id=row.jurisdiction_id,
    )
    tell(work, row, Facts(exceptions=(exception_fact(approved),)), cause=approved.exception_id)
    return approved.exception_id


def _check(command: ApproveException, policy: Policy, *, now: datetime) -> None:
    if not command.reason.strip():
        raise Invalid("reason_missing")
    within, most = policy.timing.exception_begins_days, policy.timing.exception_days
    if abs(command.starts_at - now) > timedelta(days=within):
        raise Invalid("exception_begins_too_far", days=within)
    days = (command.until_on - local_day(command.starts_at, policy.jurisdiction.zone)).days
    if days < 0:
        raise Invalid("exception_ends_before_start")
    if days > most:
        raise Invalid("exception_too_long", days=most)
    allowed = {rule.code for rule in policy.obligations if rule.in_principle}
    if (command.obligation and command.obligation not in allowed) or not allowed:
        raise Invalid("no_exception_allowed", obligation=command.obligation)
