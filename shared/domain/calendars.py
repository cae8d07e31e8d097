"""Working time (工作时间) to the second: unit hours, lunch break, half days, holidays, make-up working days.

Decisions, each tested in tests/domain/test_calendars.py:
- A session is half open: 17:30:00 is no longer working time, so a clock started then starts the next morning.
- A deadline belongs to the time allowed: whoever acts on that very second is in time. So a limit that uses
  up a session ends when the session ends, not when the next one begins.
- A limit of nothing ends at its start; in a working unit, at the first open moment at or after its start.
- `n` working days end on the n-th working day after the start's, at the same time of day. Where that day is
  shorter, they end at its last open moment before that time, or at its opening.
- `n` days are calendar days: the same time of day on the wall clock, n days on.
- After `known_until` nothing is published yet: free are weekends and holidays that the calendar forecasts,
  nobody makes up a day, and the result is provisional.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from shared.domain.zones import to_instant, to_wall

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class LimitUnit(StrEnum):
    """What a time limit counts: time on the clock, or time in which the unit works."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_MINUTES = "working_minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"

    @property
    def is_working(self) -> bool:
        """Whether holidays move the end of such a limit."""
        return self in {LimitUnit.WORKING_MINUTES, LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS}


DURATIONS = {
    LimitUnit.MINUTES: timedelta(minutes=1),
    LimitUnit.HOURS: timedelta(hours=1),
    LimitUnit.WORKING_MINUTES: timedelta(minutes=1),
    LimitUnit.WORKING_HOURS: timedelta(hours=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit (时限) as the policy states it: an amount of one unit, never negative.

    `at` ends a limit in days or working days at that wall time ("HH:MM"): 次日12:00前 is one day at 12:00.
    """

    amount: int
    unit: LimitUnit
    at: str = ""

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"a limit of {self.amount} {self.unit} would end before it starts")
        if self.at and self.unit not in {LimitUnit.DAYS, LimitUnit.WORKING_DAYS}:
            raise ValueError(f"a limit in {self.unit} cannot end at a time of day")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """When a unit works. Wall times are "HH:MM" in `zone`; only the years at hand are carried.

    hours: the sessions of a usual day; short_hours: those of the `half_days`.
    holidays: free days that would be working days; workdays: make-up working days (调休上班) on a weekend.
    known_until: the last day for which holidays have been published; later ones are a forecast.
    """

    zone: str
    hours: tuple[tuple[str, str], ...]
    short_hours: tuple[tuple[str, str], ...] = ()
    half_days: tuple[date, ...] = ()
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    known_until: date

    def __post_init__(self) -> None:
        if not self.hours:
            raise ValueError("a calendar without hours never opens: no limit in it would ever end")


def deadline(limit: Limit, start: datetime, calendar: WorkCalendar) -> datetime:
    """The last instant that is still in time for a limit that began at `start`."""
    end = _end(limit, start, calendar)
    if not limit.at:
        return end
    return max(to_instant(to_wall(end, calendar.zone).date(), limit.at, calendar.zone), start.astimezone(UTC))


def part_of(limit: Limit, percent: int, start: datetime, calendar: WorkCalendar) -> datetime:
    """The instant at which `percent` of the limit is used up, in working time if the limit is in it."""
    end = deadline(limit, start, calendar)
    if not limit.unit.is_working:
        begin = start.astimezone(UTC)
        return begin + (end - begin) * percent / 100
    return after_working(working_between(start, end, calendar) * percent / 100, start, calendar)


def after_working(duration: timedelta, start: datetime, calendar: WorkCalendar) -> datetime:
    """The instant at which `duration` of working time since `start` has been used up."""
    sessions = _sessions_from(start, calendar)
    left, (opens_at, closes_at) = duration, next(sessions)
    while left > closes_at - opens_at:
        left -= closes_at - opens_at
        opens_at, closes_at = next(sessions)
    return opens_at + left


def next_open(at: datetime, calendar: WorkCalendar) -> datetime:
    """The instant itself if the unit is working then, else the next opening."""
    return next(opens_at for opens_at, _ in _sessions_from(at, calendar))


def is_open(at: datetime, calendar: WorkCalendar) -> bool:
    """Whether the unit is working at the instant."""
    return next_open(at, calendar) == at


def working_between(begin: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """The working time between two instants; nothing if `end` is not after `begin`."""
    begun = takewhile(lambda session: session[0] < end, _sessions_from(begin, calendar))
    return sum((min(closes_at, end) - opens_at for opens_at, closes_at in begun), timedelta())


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether anybody works on the day, by what is published or, beyond that, forecast."""
    if day <= calendar.known_until and day in calendar.workdays:
        return True
    if day in calendar.holidays:
        return False
    return day.weekday() < SATURDAY


def is_provisional(at: datetime, calendar: WorkCalendar) -> bool:
    """Whether the instant lies beyond the published holidays, so that it may still move."""
    return to_wall(at, calendar.zone).date() > calendar.known_until


def _end(limit: Limit, start: datetime, calendar: WorkCalendar) -> datetime:
    match limit.unit:
        case LimitUnit.MINUTES | LimitUnit.HOURS:
            return start.astimezone(UTC) + limit.amount * DURATIONS[limit.unit]
        case LimitUnit.DAYS:
            wall = to_wall(start, calendar.zone)
            return (wall + limit.amount * ONE_DAY).astimezone(UTC)
        case LimitUnit.WORKING_MINUTES | LimitUnit.WORKING_HOURS:
            return after_working(limit.amount * DURATIONS[limit.unit], start, calendar)
    return _working_days_on(limit.amount, next_open(start, calendar), calendar)


def _working_days_on(count: int, opened_at: datetime, calendar: WorkCalendar) -> datetime:
    wall = to_wall(opened_at, calendar.zone)
    day = wall.date()
    for _ in range(count):
        day = _working_day_after(day, calendar)
    return _within(wall.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC), day, calendar)


def _working_day_after(day: date, calendar: WorkCalendar) -> date:
    following = day + ONE_DAY
    while not _sessions_of(following, calendar):
        following += ONE_DAY
    return following


def _within(at: datetime, day: date, calendar: WorkCalendar) -> datetime:
    """The last open moment of the day at or before `at`, or the day's opening."""
    sessions = _sessions_of(day, calendar)
    begun = [min(at, closes_at) for opens_at, closes_at in sessions if opens_at <= at]
    return begun[-1] if begun else sessions[0][0]


def _sessions_from(at: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the sessions from the instant on, without end."""
    day = to_wall(at, calendar.zone).date()
    start = at.astimezone(UTC)
    while True:
        for opens_at, closes_at in _sessions_of(day, calendar):
            if closes_at > start:
                yield max(opens_at, start), closes_at
        day += ONE_DAY


def _sessions_of(day: date, calendar: WorkCalendar) -> tuple[tuple[datetime, datetime], ...]:
    if not is_working_day(day, calendar):
        return ()
    hours = calendar.short_hours if day in calendar.half_days else calendar.hours
    return _sessions_at(hours, day, calendar.zone)


@lru_cache(maxsize=4096)
def _sessions_at(
    hours: tuple[tuple[str, str], ...], day: date, zone: str
) -> tuple[tuple[datetime, datetime], ...]:
    """The same few hundred days are asked for with each limit, each part of it and each pause."""
    return tuple((to_instant(day, opens, zone), to_instant(day, closes, zone)) for opens, closes in hours)
