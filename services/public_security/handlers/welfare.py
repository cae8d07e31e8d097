"""Welfare checks (入户查看): the way there, who decided to enter, what was found (domain §2.4)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from services.public_security.handlers.office import (
    About,
    NewRecord,
    change,
    keep,
    policy_of,
    standing,
)
from services.public_security.handlers.written_later import check_written
from services.public_security.repository.records import WelfareCheck
from shared.domain.calendars import deadline
from shared.domain.errors import Conflict, Invalid
from shared.domain.welfare_check import Entry, check_arrival, check_entry
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork

KIND = "welfare_check"
NOT_ENTERED = "not_entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCheck:
    """Somebody was called to a door: since when the way there counts, and who called with which words."""

    about: About
    called_at: datetime
    caller: str = ""
    check_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishCheck:
    """What was done at the door and what was found: a code of the kind's outcomes, and in words."""

    check_id: UUID
    entry: Entry
    found: str
    note: str


def start_check(command: StartCheck, work: UnitOfWork, desk: Desk) -> UUID:
    """Start the clock of the way there. Raises Invalid as `check_written`, of `called`."""
    check_written(command.called_at, work, desk, code="called")
    policy = policy_of(work, desk)
    place = policy.jurisdiction
    calendar = policy.work_days.calendar(place.zone, place.hours, command.called_at.date())
    values = {
        "called_at": command.called_at,
        "arrive_by": deadline(policy.policing.arrive_within, command.called_at, calendar),
        "entry": "",
        "found": "",
    }
    words = {"caller": command.caller, "number_end": command.about.number_end}
    new = NewRecord(
        kind=WelfareCheck, record_id=command.check_id, about=command.about, words=words, values=values
    )
    keep(new, work, desk)
    return command.check_id


def arrive(check_id: UUID, arrived_at: datetime, work: UnitOfWork, desk: Desk) -> None:
    """Somebody is at the door. The first word stands. Raises NotFound, Conflict, Invalid."""
    check = standing(work, WelfareCheck, check_id)
    if check.arrived_at is not None:
        raise Conflict("arrived_already", at=check.arrived_at)
    check_arrival(check.called_at, arrived_at, work.now)
    change(work, desk, check, words={}, values={"arrived_at": arrived_at})


def finish_check(command: FinishCheck, work: UnitOfWork, desk: Desk) -> WelfareCheck:
    """Put the end on record. Raises NotFound, Conflict, or Invalid naming what lacks."""
    check = standing(work, WelfareCheck, command.check_id)
    if check.ended_at is not None:
        raise Conflict("check_ended", at=check.ended_at)
    if check.arrived_at is None:
        raise Conflict("not_arrived")
    policy, entry = policy_of(work, desk), command.entry
    if entry.way not in policy.policing.entries or command.found not in policy.kind(KIND).outcomes:
        raise Invalid("unknown_choice")
    check_entry(
        entry,
        arrived_at=check.arrived_at,
        now=work.now,
        not_entered=entry.way == NOT_ENTERED,
        decided=entry.way in policy.policing.decided,
    )
    words = {
        "decided_by": entry.decided_by,
        "reason": entry.reason,
        "witnesses": entry.witnesses,
        "note": command.note,
    }
    values = {
        "entry": entry.way,
        "entered_at": entry.entered_at,
        "found": command.found,
        "ended_at": work.now,
        "ended_by": work.principal.account_id,
    }
    change(work, desk, check, words=words, values=values)
    return check
