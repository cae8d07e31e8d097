"""Limits that run beside a record: the law's days, from which step, until which day (外部法定时限).

Days are counted as the Civil Code says (arts. 201 and 203): the day of the step itself does not count, and a
last day that nobody works on gives way to the next working day. A limit in hours is shown by its last day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.calendars import Limit, LimitUnit, WorkCalendar, is_working_day
from shared.domain.justice.codes import Step
from shared.domain.justice.events import Event
from shared.domain.justice.rules import ExternalLimit

ONE_DAY = timedelta(days=1)
HOURS_IN_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One limit at work: since when, until when, and the day on which it was met. `body` empty: ours."""

    code: str
    body: str
    source: str
    starts_on: date
    by: date
    met_on: date | None

    def is_late(self, on: date) -> bool:
        """Whether the day had passed when it was met, or has passed while it is not."""
        return (self.met_on or on) > self.by


def last_day(limit: Limit, from_on: date, calendar: WorkCalendar) -> date:
    """The last day that is still in time for a limit that began on a day."""
    match limit.unit:
        case LimitUnit.DAYS:
            return _working_on_or_after(from_on + limit.amount * ONE_DAY, calendar)
        case LimitUnit.WORKING_DAYS:
            return _working_days_on(limit.amount, from_on, calendar)
        case LimitUnit.HOURS:
            return from_on + -(-limit.amount // HOURS_IN_DAY) * ONE_DAY
    raise ValueError(f"a limit in {limit.unit} has no last day")


def dues(limits: Iterable[ExternalLimit], events: Sequence[Event], calendar: WorkCalendar) -> tuple[Due, ...]:
    """Those limits that have begun, each from the latest step that starts it, in the order of their days."""
    begun = [
        due
        for limit in limits
        if limit.starts and (due := _due(limit, limit.starts, events, calendar)) is not None
    ]
    return tuple(sorted(begun, key=lambda due: due.by))


def _due(limit: ExternalLimit, starts: Step, events: Sequence[Event], calendar: WorkCalendar) -> Due | None:
    begins = [number for number, event in enumerate(events) if event.step is starts]
    if not begins:
        return None
    start = events[begins[-1]]
    met = next((event.on for event in events[begins[-1] :] if event.step in limit.met_by), None)
    return Due(
        code=limit.code,
        body=limit.body,
        source=limit.source,
        starts_on=start.on,
        by=last_day(limit.limit, start.on, calendar),
        met_on=met,
    )


def _working_on_or_after(day: date, calendar: WorkCalendar) -> date:
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def _working_days_on(count: int, day: date, calendar: WorkCalendar) -> date:
    for _ in range(count):
        day = _working_on_or_after(day + ONE_DAY, calendar)
    return day
