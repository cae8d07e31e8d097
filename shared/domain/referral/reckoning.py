"""A year's work-day table, or a corrected one, reaches a running referral: what it changes is reckoned anew.

What has passed stays passed, breaches included. No moment falls before the table's arrival: nobody is late by
a day that nobody could have known of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.calendars import (
    Limit,
    LimitUnit,
    WorkCalendar,
    after_working,
    is_provisional,
    working_between,
)
from shared.domain.kinds import ClockRule
from shared.domain.periods import day_start
from shared.domain.referral.commands import TakeCalendar
from shared.domain.referral.rows import LedgerCode, LedgerRow, ReferralRows
from shared.domain.referral.running import moments_of
from shared.domain.referral.state import Clock, ClockName, ReferralState


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLimit:
    """A limit that the table has moved; `is_provisional` if it lies in a year still without one."""

    clock: ClockName
    before: datetime
    after: datetime
    is_provisional: bool


def reckoned(
    state: ReferralState, command: TakeCalendar
) -> tuple[ReferralState, ReferralRows, tuple[MovedLimit, ...]]:
    """The referral under the calendar with the table, and the limits that moved; the unit's hours stay.

    A referral that has ended already stays as it is.
    """
    if not state.status.is_open:
        return state, ReferralRows(), ()
    known = replace(
        state.kind.calendar,
        holidays=command.holidays,
        workdays=command.workdays,
        known_until=command.known_until,
    )
    again = replace(state, kind=replace(state.kind, calendar=known))
    earliest = state.suspended_at or command.acted_at
    again = replace(again, clocks=tuple(_again(clock, state, known, earliest) for clock in state.clocks))
    moved = tuple(_moved(state, again))
    row = LedgerRow(at=command.acted_at, code=LedgerCode.RECKONED, unit_id=state.unit_id)
    return again, ReferralRows(ledger=(row,) if moved else ()), moved


def _moved(before: ReferralState, after: ReferralState) -> Iterator[MovedLimit]:
    for old, new in zip(before.clocks, after.clocks, strict=True):
        if old.limit_at != new.limit_at:
            yield MovedLimit(
                clock=old.name,
                before=old.limit_at,
                after=new.limit_at,
                is_provisional=is_provisional(new.limit_at, after.kind.calendar),
            )


def _again(clock: Clock, state: ReferralState, known: WorkCalendar, earliest: datetime) -> Clock:
    """The clock with each moment ahead where the table puts it, from the first day on that it changes."""
    calendars = _Calendars(state.kind.calendar, known)
    changes_from = calendars.changes_from
    anew = _anew(clock, state, calendars)
    return replace(
        clock,
        moments=tuple(
            max(anew[index], earliest) if index >= clock.passed and moment >= changes_from else moment
            for index, moment in enumerate(clock.moments)
        ),
    )


def _anew(clock: Clock, state: ReferralState, calendars: "_Calendars") -> tuple[datetime, ...]:
    """All moments under the known calendar: from the start or, once a pause moved them, by what is left."""
    rule = state.rule(clock.name)
    if rule.limit is None:
        return clock.moments
    as_started = moments_of(rule, rule.limit, clock.started_at, state.kind)
    if clock.moments[clock.passed :] == as_started[clock.passed :]:
        return moments_of(rule, rule.limit, clock.started_at, replace(state.kind, calendar=calendars.known))
    return _by_what_is_left(clock, rule, rule.limit, calendars)


@dataclass(frozen=True, slots=True)
class _Calendars:
    """The calendar as it was carried, a guess from some day on, and the one that knows better."""

    guessed: WorkCalendar
    known: WorkCalendar

    @property
    def changes_from(self) -> datetime:
        """The beginning of the first day that was a guess, or that a corrected table has otherwise."""
        changed = {*self.guessed.holidays} ^ {*self.known.holidays}
        changed |= {*self.guessed.workdays} ^ {*self.known.workdays}
        first = min({self.guessed.known_until + timedelta(days=1), *changed})
        return day_start(first, self.guessed.zone)

    def moved(self, moment: datetime, unit: LimitUnit, was: datetime, now: datetime) -> datetime:
        """The moment as far after `now` as it was after `was`, in the time that the unit counts."""
        if not unit.is_working:
            return now + (moment - was)
        return after_working(working_between(was, moment, self.guessed), now, self.known)


def _by_what_is_left(
    clock: Clock, rule: ClockRule, limit: Limit, calendars: _Calendars
) -> tuple[datetime, ...]:
    since = max(clock.started_at, calendars.changes_from)
    reminders_and_limit = [
        calendars.moved(moment, limit.unit, since, since) for moment in clock.moments[: clock.limit_index + 1]
    ]
    rungs = [
        calendars.moved(moment, rung.after.unit, clock.limit_at, reminders_and_limit[-1])
        for moment, rung in zip(clock.moments[clock.limit_index + 1 :], rule.ladder, strict=True)
    ]
    return (*reminders_and_limit, *rungs)
