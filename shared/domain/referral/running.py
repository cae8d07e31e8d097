"""Clocks that run, stand still and go on: exact to the second, and every second is given once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.calendars import Limit, after_working, deadline, part_of, working_between
from shared.domain.kinds import ClockRule, KindSpec
from shared.domain.periods import local_day
from shared.domain.referral.state import Clock, ClockName, ReferralState


def started(state: ReferralState, name: ClockName, at: datetime) -> ReferralState:
    """The referral with that clock started anew at `at`; a kind without the limit has no such clock."""
    rule = state.rule(name)
    if rule.limit is None:
        return stopped(state, name)
    rest = _others(state, name)
    clock = Clock(
        name=name,
        turn=state.turns + 1,
        started_at=at,
        moments=moments_of(rule, rule.limit, at, state.kind),
        limit_index=len(rule.reminders),
    )
    return replace(state, clocks=(*rest, clock), turns=state.turns + 1)


def moments_of(rule: ClockRule, limit: Limit, at: datetime, kind: KindSpec) -> tuple[datetime, ...]:
    """The instants of a clock that starts at `at`: its reminders, its limit, the rungs past it."""
    limit_at = deadline(limit, at, kind.calendar)
    reminders = [part_of(limit, percent, at, kind.calendar) for percent in rule.reminders]
    return (*reminders, limit_at, *_rungs(rule, limit_at, kind))


def stopped(state: ReferralState, *names: ClockName) -> ReferralState:
    """The referral with those clocks stopped; breaches already recorded stay."""
    rest = _others(state, *names)
    return state if rest == state.clocks else replace(state, clocks=rest)


def met(state: ReferralState, acted_at: datetime, *names: ClockName) -> ReferralState:
    """The referral with those clocks stopped by what somebody did at `acted_at`.

    Where that was in time, a breach recorded before it arrived is taken back.
    """
    ended = (each for each in state.clocks if each.name in names)
    in_time = {(each.name, each.turn) for each in ended if acted_at <= each.limit_at}
    kept = tuple(each for each in state.breaches if (each.clock, each.turn) not in in_time)
    return stopped(state if kept == state.breaches else replace(state, breaches=kept), *names)


def next_due(state: ReferralState) -> datetime | None:
    """The instant of the next moment of any running clock; while they stand still, of the pause's end."""
    if not state.status.is_open:
        return None
    if state.suspended_at is not None:
        return state.paused.until if state.paused else None
    ahead = [clock.moments[clock.passed] for clock in state.clocks if clock.passed < len(clock.moments)]
    return min(ahead, default=None)


def stilled(state: ReferralState, at: datetime) -> ReferralState:
    """The clocks stand still from now on, if they have not before."""
    return replace(state, suspended_at=state.suspended_at or at)


def resumed(state: ReferralState, at: datetime) -> ReferralState:
    """The clocks go on with what was left when they stood still, in working time where they count in it.

    As long as anything keeps them they stand; nights and holidays in between are not given back twice.
    """
    since = state.suspended_at
    if since is None or state.is_quiet or state.paused is not None:
        return state
    clocks = tuple(_moved(clock, since, at, state) for clock in state.clocks)
    return replace(state, suspended_at=None, clocks=clocks)


def unpaused(state: ReferralState, at: datetime) -> ReferralState:
    """The unit's pause is over; what was used of it counts, and a fact may still keep the clocks."""
    if state.paused is None:
        return state
    zone = state.kind.calendar.zone
    days = (local_day(at, zone) - local_day(state.paused.since, zone)).days
    return resumed(replace(state, paused=None, paused_days=state.paused_days + days), at)


def extended(state: ReferralState, by: Limit) -> ReferralState:
    """More time until the limit; what lies past it moves along, reminders stay where they are."""
    clock = state.clock(ClockName.COMPLETE)
    if clock is None:
        return state
    limit_at = deadline(by, clock.limit_at, state.kind.calendar)
    rungs = _rungs(state.rule(clock.name), limit_at, state.kind)
    moments = (*clock.moments[: clock.limit_index], limit_at, *rungs)
    return put(replace(state, extended=state.extended + 1, asked_time=None), replace(clock, moments=moments))


def let_go(state: ReferralState, at: datetime) -> ReferralState:
    """Nobody holds it any more, and nothing of the holder's stays: no pause, no request, no stand-in."""
    freed = unpaused(stopped(state, ClockName.IDLE), at)
    return replace(
        freed, holder_id=None, held_since=None, acknowledged_at=None, asked_time=None, delegation=None
    )


def _others(state: ReferralState, *names: ClockName) -> tuple[Clock, ...]:
    return tuple(clock for clock in state.clocks if clock.name not in names)


def _rungs(rule: ClockRule, limit_at: datetime, kind: KindSpec) -> list[datetime]:
    return [deadline(rung.after, limit_at, kind.calendar) for rung in rule.ladder]


def _moved(clock: Clock, since: datetime, at: datetime, state: ReferralState) -> Clock:
    # A clock started while all stood still has lost nothing from before its start.
    shift = _shift(state, clock.name, max(since, clock.started_at), at)
    moments = [
        moment if index < clock.passed else shift(moment) for index, moment in enumerate(clock.moments)
    ]
    if not clock.is_breached:
        limit_at = moments[clock.limit_index]
        moments[clock.limit_index + 1 :] = _rungs(state.rule(clock.name), limit_at, state.kind)
    return replace(clock, moments=tuple(moments))


def _shift(
    state: ReferralState, name: ClockName, since: datetime, at: datetime
) -> Callable[[datetime], datetime]:
    limit = state.rule(name).limit
    calendar = state.kind.calendar
    if limit is not None and limit.unit.is_working:
        return lambda moment: after_working(working_between(since, moment, calendar), at, calendar)
    return lambda moment: at + max(moment - since, timedelta())


def put(state: ReferralState, clock: Clock) -> ReferralState:
    """The referral with that clock in the place of the one of its name."""
    return replace(state, clocks=tuple(clock if each.name is clock.name else each for each in state.clocks))
