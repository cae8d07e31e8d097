"""Natural periods tile time in every zone, clock changes included."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.periods import Span, day_start, local_day, months_after, period_at
from shared.domain.plan import Period

SHANGHAI = "Asia/Shanghai"
ANCHOR = date(2026, 1, 1)
ZONES = st.sampled_from([SHANGHAI, "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "UTC"])
DAYS = st.dates(date(1980, 1, 1), date(2060, 12, 31))
LENGTHS = st.integers(1, 40)
PERIODS = st.sampled_from(list(Period))


def span(period: Period, day: date, *, length: int = 1, zone: str = SHANGHAI) -> Span:
    return period_at(period, length, ANCHOR, day, zone)


def midnight(day: date, zone: str = SHANGHAI) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("period", "day", "opens", "closes"),
    [
        (Period.WEEK, date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 23)),
        (Period.WEEK, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 30)),
        (Period.WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 4)),
        (Period.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 3, 1)),
        (Period.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        (Period.QUARTER, date(2026, 5, 1), date(2026, 4, 1), date(2026, 7, 1)),
        (Period.QUARTER, date(2026, 12, 1), date(2026, 10, 1), date(2027, 1, 1)),
        (Period.DAYS, date(2026, 1, 3), date(2026, 1, 3), date(2026, 1, 5)),
        (Period.DAYS, date(2025, 12, 31), date(2025, 12, 30), date(2026, 1, 1)),
    ],
)
def test_a_period_opens_and_closes_at_midnight_of_the_place(
    period: Period, day: date, opens: date, closes: date
) -> None:
    assert span(period, day, length=2) == Span(opens_at=midnight(opens), closes_at=midnight(closes))


def test_a_contact_late_on_sunday_belongs_to_the_week_that_ends() -> None:
    week = span(Period.WEEK, date(2026, 11, 22))
    last = datetime(2026, 11, 22, 23, 59, 59, tzinfo=ZoneInfo(SHANGHAI))

    assert week.holds(last)
    assert not week.holds(last + timedelta(seconds=2))


def test_a_week_with_a_clock_change_is_an_hour_shorter() -> None:
    week = span(Period.WEEK, date(2026, 3, 8), zone="America/New_York")

    assert week.closes_at - week.opens_at == timedelta(hours=7 * 24 - 1)


def test_a_day_that_begins_at_one_o_clock_begins_then() -> None:
    """Beirut went from 24:00 straight to 01:00 on 2026-03-29."""
    assert day_start(date(2026, 3, 29), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert local_day(datetime(2026, 3, 28, 22, tzinfo=UTC), "Asia/Beirut") == date(2026, 3, 29)


def test_a_period_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no length"):
        span(Period.DAYS, ANCHOR, length=0)


@given(period=PERIODS, day=DAYS, length=LENGTHS, zone=ZONES)
def test_periods_tile_time_without_gap_or_overlap(period: Period, day: date, length: int, zone: str) -> None:
    this = span(period, day, length=length, zone=zone)
    after = span(period, local_day(this.closes_at, zone), length=length, zone=zone)

    assert this.opens_at < this.closes_at == after.opens_at


@given(period=PERIODS, day=DAYS, length=LENGTHS, zone=ZONES)
def test_every_instant_of_a_day_lies_in_the_period_of_that_day(
    period: Period, day: date, length: int, zone: str
) -> None:
    this = span(period, day, length=length, zone=zone)

    assert this.holds(day_start(day, zone))
    assert this.holds(day_start(day + timedelta(days=1), zone) - timedelta(microseconds=1))


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 31), 12) == date(2027, 12, 31)


@given(day=DAYS, months=st.integers(min_value=1, max_value=36))
def test_months_on_never_go_back_and_never_skip_a_month(day: date, months: int) -> None:
    later = months_after(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
