"""Natural periods in the jurisdiction's zone (自然周、自然月): a week runs Monday to Sunday.

Periods of one kind tile time: each begins at the instant at which the one before it ends.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.domain.plan import Period
from shared.domain.zones import to_instant, to_wall

MONTHS_IN_YEAR = 12
MONTHS_IN_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time in UTC: `opens_at` belongs to it, `closes_at` is the first instant after it."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether the instant lies inside."""
        return self.opens_at <= at < self.closes_at


def local_day(at: datetime, zone: str) -> date:
    """The business day on which the instant falls in the zone."""
    return to_wall(at, zone).date()


def day_start(day: date, zone: str) -> datetime:
    """The first instant of the day in the zone, as UTC."""
    return to_instant(day, "00:00", zone)


def period_at(period: Period, length_days: int, anchor_on: date, day: date, zone: str) -> Span:
    """The period that `day` falls in. `length_days` and `anchor_on` matter for Period.DAYS alone."""
    opens_on, closes_on = _days_of(period, length_days, anchor_on, day)
    return Span(opens_at=day_start(opens_on, zone), closes_at=day_start(closes_on, zone))


def months_after(day: date, count: int) -> date:
    """The same day `count` months on; where that month is shorter, its last day."""
    first, following = _first_of_month(day, count), _first_of_month(day, count + 1)
    return first.replace(day=min(day.day, (following - first).days))


def _days_of(period: Period, length_days: int, anchor_on: date, day: date) -> tuple[date, date]:
    match period:
        case Period.WEEK:
            return _block(day, date.min, 7)
        case Period.MONTH:
            return _months(day, 1)
        case Period.QUARTER:
            return _months(day, MONTHS_IN_QUARTER)
    return _block(day, anchor_on, length_days)


def _block(day: date, anchor_on: date, length_days: int) -> tuple[date, date]:
    """Blocks of whole days counted from the anchor, before it too. date.min, 0001-01-01, was a Monday."""
    if length_days < 1:
        raise ValueError(f"a period of {length_days} days has no length")
    opens_on = day - timedelta(days=(day - anchor_on).days % length_days)
    return opens_on, opens_on + timedelta(days=length_days)


def _months(day: date, count: int) -> tuple[date, date]:
    opens_on = day.replace(month=(day.month - 1) // count * count + 1, day=1)
    return opens_on, _first_of_month(opens_on, count)


def _first_of_month(day: date, count: int) -> date:
    """The first of the month that is `count` months on."""
    years, month = divmod(day.month - 1 + count, MONTHS_IN_YEAR)
    return date(day.year + years, month + 1, 1)
