"""Stopping the clocks for a ground of the policy (暂缓), and asking for more time before the limit (延期).

Both are bounded by the policy, whose terms come with the command; what was used of them stays with the work.
"""

from dataclasses import replace
from datetime import date, datetime

from shared.domain.calendars import next_open
from shared.domain.errors import Conflict, Invalid
from shared.domain.periods import day_start, local_day
from shared.domain.referral import clocks, running
from shared.domain.referral.commands import AskTime, Pause, PauseTerms
from shared.domain.referral.moves import Move, after
from shared.domain.referral.referral import ReferralDecision, advance, ledger_line, one_line, passed
from shared.domain.referral.rows import ReferralRows
from shared.domain.referral.state import AskedTime, ClockName, Paused, ReferralState


def pause(state: ReferralState, command: Pause, now: datetime) -> ReferralDecision:
    """Stop the clocks until the unit opens on the next date.

    Raises Invalid for a ground or a date that cannot be, Conflict past the limit or with pauses used up.
    """
    current, rows = passed(state, command.acted_at)
    status = after(current.status, Move.PAUSE, command.actor.parties(current, command.acted_at))
    if current.paused is not None:
        raise Conflict("paused_already", until=current.paused.until)
    _refuse_late(current)
    check_pause(command.terms, current, until_on=command.until_on, acted_at=command.acted_at)
    calendar = current.kind.calendar
    until = next_open(day_start(command.until_on, calendar.zone), calendar)
    paused = Paused(ground=command.ground, since=command.acted_at, until=until)
    moved = running.stilled(replace(current, status=status), command.acted_at)
    moved = replace(moved, paused=paused, pauses=current.pauses + 1)
    row = replace(
        ledger_line(current, Move.PAUSE, command, now),
        detail=f"{command.ground}/{command.until_on.isoformat()}",
    )
    return advance(moved, rows + one_line(row), now)


def check_pause(
    terms: PauseTerms | None, state: ReferralState, *, until_on: date, acted_at: datetime
) -> None:
    """Hold a pause against what the policy allows; days are those of the wall calendar."""
    days = (until_on - local_day(acted_at, state.kind.calendar.zone)).days
    if terms is None:
        raise Invalid("unknown_ground")
    if days < 1:
        raise Invalid("pause_needs_later_date")
    if state.pauses >= terms.times_at_most:
        raise Conflict("paused_too_often", times=state.pauses, at_most=terms.times_at_most)
    left = min(terms.max_days, terms.days_at_most - state.paused_days)
    if days > left:
        raise Conflict("paused_too_long", days=days, at_most=max(left, 0))


def ask_time(state: ReferralState, command: AskTime, now: datetime) -> ReferralDecision:
    """Ask for more time; who decides is told, and must decide before the limit.

    Raises Conflict if the kind knows no more time, if all of it is used, or if it is too late to ask.
    """
    current, rows = passed(state, command.acted_at)
    after(current.status, Move.ASK_TIME, command.actor.parties(current, command.acted_at))
    terms = command.terms
    if terms is None or current.clock(ClockName.COMPLETE) is None:
        raise Conflict("no_more_time", kind=current.kind.code)
    if current.asked_time is not None:
        raise Conflict("asked_already", at=current.asked_time.asked_at)
    if current.extended >= terms.at_most:
        raise Conflict("extended_already", times=current.extended)
    _refuse_late(current)
    asked = AskedTime(by=terms.by, grantor_unit_id=terms.grantor_unit_id, asked_at=command.acted_at)
    row = ledger_line(current, Move.ASK_TIME, command, now)
    told = clocks.tell(
        current,
        key=f"ask_time/{current.seq + 1}",
        code="told_ask_time",
        recipient=clocks.members(terms.grantor_unit_id),
        at=command.acted_at,
    )
    asking = replace(current, asked_time=asked)
    return advance(asking, rows + one_line(row) + ReferralRows(tells=(told,)), now)


def _refuse_late(state: ReferralState) -> None:
    """A limit that has passed is not undone by standing still or by asking."""
    clock = state.clock(ClockName.COMPLETE)
    if clock is not None and clock.is_breached:
        raise Conflict("limit_passed", limit_at=clock.limit_at)
