"""Working time to the second: every expected instant below was computed by hand from the calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.calendars import (
    Limit,
    LimitUnit,
    WorkCalendar,
    after_working,
    deadline,
    is_open,
    is_provisional,
    is_working_day,
    next_open,
    part_of,
    working_between,
)

SHANGHAI = "Asia/Shanghai"
NEW_YORK = "America/New_York"
OFFICE = WorkCalendar(
    zone=SHANGHAI,
    hours=(("08:30", "11:30"), ("13:30", "17:30")),
    holidays=tuple(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    workdays=(date(2026, 9, 20), date(2026, 10, 10)),
    known_until=date(2026, 12, 31),
)
SHORT_TUESDAY = replace(OFFICE, short_hours=(("08:30", "11:30"),), half_days=(date(2026, 11, 17),))
LATE_TUESDAY = replace(OFFICE, short_hours=(("09:30", "11:30"),), half_days=(date(2026, 11, 17),))
CLOSED_TUESDAY = replace(OFFICE, half_days=(date(2026, 11, 17),))
DUTY_ROOM = replace(OFFICE, hours=(("00:00", "24:00"),))
ABROAD = WorkCalendar(zone=NEW_YORK, hours=(("09:00", "17:00"),), known_until=date(2026, 12, 31))


def wall(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def limit(text: str) -> Limit:
    amount, unit, *at = text.split()
    return Limit(amount=int(amount), unit=LimitUnit(unit), at=at[1] if at else "")


# 2026-11-16 was a Monday. 1–7 October 2026 were free; Sunday 20 September and 10 October were worked.
TABLE = [
    ("4 working_hours", "2026-11-20 16:00", "2026-11-23 11:00", OFFICE),
    ("1 working_hours", "2026-11-16 08:30", "2026-11-16 09:30", OFFICE),
    ("3 working_hours", "2026-11-16 08:30", "2026-11-16 11:30", OFFICE),
    ("4 working_hours", "2026-11-16 08:30", "2026-11-16 14:30", OFFICE),
    ("7 working_hours", "2026-11-16 08:30", "2026-11-16 17:30", OFFICE),
    ("8 working_hours", "2026-11-16 08:30", "2026-11-17 09:30", OFFICE),
    ("35 working_hours", "2026-11-16 08:30", "2026-11-20 17:30", OFFICE),
    ("1 working_hours", "2026-11-16 12:00", "2026-11-16 14:30", OFFICE),
    ("1 working_hours", "2026-11-16 07:59", "2026-11-16 09:30", OFFICE),
    ("1 working_hours", "2026-11-16 23:59", "2026-11-17 09:30", OFFICE),
    ("1 working_hours", "2026-11-22 10:00", "2026-11-23 09:30", OFFICE),
    ("1 working_hours", "2026-11-16 17:30", "2026-11-17 09:30", OFFICE),
    ("1 working_hours", "2026-11-16 17:29:59", "2026-11-17 09:29:59", OFFICE),
    ("1 working_hours", "2026-11-16 11:29:30", "2026-11-16 14:29:30", OFFICE),
    ("1 working_hours", "2026-11-16 11:30", "2026-11-16 14:30", OFFICE),
    ("1 working_hours", "2026-10-07 23:59:59", "2026-10-08 09:30", OFFICE),
    ("4 working_hours", "2026-09-30 16:00", "2026-10-08 11:00", OFFICE),
    ("14 working_hours", "2026-10-09 08:30", "2026-10-10 17:30", OFFICE),
    ("1 working_hours", "2026-10-10 09:00", "2026-10-10 10:00", OFFICE),
    ("1 working_hours", "2026-10-17 09:00", "2026-10-19 09:30", OFFICE),
    ("1 working_hours", "2026-09-20 17:00", "2026-09-21 09:00", OFFICE),
    ("30 working_minutes", "2026-11-16 11:15", "2026-11-16 13:45", OFFICE),
    ("30 working_minutes", "2026-11-20 17:15", "2026-11-23 08:45", OFFICE),
    ("0 working_minutes", "2026-11-23 00:00", "2026-11-23 08:30", OFFICE),
    ("0 working_minutes", "2026-11-16 10:00", "2026-11-16 10:00", OFFICE),
    ("0 working_hours", "2026-11-20 17:30", "2026-11-23 08:30", OFFICE),
    ("0 working_days", "2026-11-21 10:00", "2026-11-23 08:30", OFFICE),
    ("0 minutes", "2026-11-22 10:00", "2026-11-22 10:00", OFFICE),
    ("0 days", "2026-11-22 10:00", "2026-11-22 10:00", OFFICE),
    ("1 working_days", "2026-11-16 10:00", "2026-11-17 10:00", OFFICE),
    ("1 working_days", "2026-11-20 16:00", "2026-11-23 16:00", OFFICE),
    ("2 working_days", "2026-11-19 09:00", "2026-11-23 09:00", OFFICE),
    ("1 working_days", "2026-11-21 10:00", "2026-11-24 08:30", OFFICE),
    ("1 working_days", "2026-11-16 12:00", "2026-11-17 13:30", OFFICE),
    ("1 working_days", "2026-11-16 20:00", "2026-11-18 08:30", OFFICE),
    ("1 working_days", "2026-09-30 16:00", "2026-10-08 16:00", OFFICE),
    ("3 working_days", "2026-09-30 16:00", "2026-10-10 16:00", OFFICE),
    ("5 working_days", "2026-11-16 17:29:59", "2026-11-23 17:29:59", OFFICE),
    ("1 working_days", "2026-09-18 10:00", "2026-09-20 10:00", OFFICE),
    ("1 working_days", "2026-11-16 10:00", "2026-11-17 10:00", SHORT_TUESDAY),
    ("1 working_days", "2026-11-16 15:00", "2026-11-17 11:30", SHORT_TUESDAY),
    ("2 working_days", "2026-11-16 15:00", "2026-11-18 15:00", SHORT_TUESDAY),
    ("4 working_hours", "2026-11-16 16:00", "2026-11-17 11:00", SHORT_TUESDAY),
    ("8 working_hours", "2026-11-16 13:30", "2026-11-18 09:30", SHORT_TUESDAY),
    ("1 working_days", "2026-11-16 09:00", "2026-11-17 09:30", LATE_TUESDAY),
    ("1 working_days", "2026-11-16 10:00", "2026-11-18 10:00", CLOSED_TUESDAY),
    ("30 minutes", "2026-11-20 17:15", "2026-11-20 17:45", OFFICE),
    ("24 hours", "2026-11-21 10:00", "2026-11-22 10:00", OFFICE),
    ("7 days", "2026-11-16 15:00", "2026-11-23 15:00", OFFICE),
    ("1 days at 12:00", "2026-11-16 08:00", "2026-11-17 12:00", OFFICE),
    ("1 days at 12:00", "2026-11-16 23:59", "2026-11-17 12:00", OFFICE),
    ("0 days at 24:00", "2026-11-16 10:00", "2026-11-17 00:00", OFFICE),
    ("0 days at 12:00", "2026-11-16 15:00", "2026-11-16 15:00", OFFICE),
    ("1 working_days at 12:00", "2026-11-20 16:00", "2026-11-23 12:00", OFFICE),
    ("1 working_days", "2026-12-31 10:00", "2027-01-01 10:00", OFFICE),
    ("2 working_days", "2026-12-31 10:00", "2027-01-04 10:00", OFFICE),
    ("1 working_hours", "2026-11-16 23:30", "2026-11-17 00:30", DUTY_ROOM),
    ("1 working_hours", "2026-11-20 23:30", "2026-11-23 00:30", DUTY_ROOM),
]

# Clocks went forward in New York on Sunday 2026-03-08 at 02:00.
TABLE_ABROAD = [
    ("1 working_days", "2026-03-06 10:00", "2026-03-09 10:00"),
    ("2 working_hours", "2026-03-06 16:00", "2026-03-09 10:00"),
    ("24 hours", "2026-03-07 10:00", "2026-03-08 11:00"),
    ("1 days", "2026-03-07 10:00", "2026-03-08 10:00"),
    ("1 days", "2026-03-07 02:30", "2026-03-08 03:30"),
]

INSTANTS = st.datetimes(
    min_value=datetime(2026, 8, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2027, 1, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
WORKING_LIMITS = st.builds(
    Limit,
    amount=st.integers(0, 60),
    unit=st.sampled_from([LimitUnit.WORKING_MINUTES, LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS]),
)


@pytest.mark.parametrize(("text", "start", "end", "calendar"), TABLE)
def test_a_limit_ends_where_the_hand_computed_table_says(
    text: str, start: str, end: str, calendar: WorkCalendar
) -> None:
    assert deadline(limit(text), wall(start), calendar) == wall(end)


@pytest.mark.parametrize(("text", "start", "end"), TABLE_ABROAD)
def test_a_clock_change_loses_and_doubles_nothing(text: str, start: str, end: str) -> None:
    assert deadline(limit(text), wall(start, NEW_YORK), ABROAD) == wall(end, NEW_YORK)


@pytest.mark.parametrize(
    ("percent", "end"), [(50, "2026-11-23 09:00"), (80, "2026-11-23 10:12"), (100, "2026-11-23 11:00")]
)
def test_a_reminder_falls_after_its_part_of_the_working_time(percent: int, end: str) -> None:
    assert part_of(limit("4 working_hours"), percent, wall("2026-11-20 16:00"), OFFICE) == wall(end)


def test_a_reminder_of_a_clock_limit_falls_on_the_clock() -> None:
    assert part_of(limit("4 hours"), 50, wall("2026-11-20 16:00"), OFFICE) == wall("2026-11-20 18:00")


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("2026-11-16 08:30", "2026-11-16 17:30", 7),
        ("2026-11-16 10:30", "2026-11-16 14:30", 2),
        ("2026-11-20 16:00", "2026-11-23 11:00", 4),
        ("2026-09-30 17:30", "2026-10-08 08:30", 0),
        ("2026-11-16 12:00", "2026-11-16 13:00", 0),
        ("2026-11-17 12:00", "2026-11-16 12:00", 0),
    ],
)
def test_working_time_between_two_instants(begin: str, end: str, hours: int) -> None:
    assert working_between(wall(begin), wall(end), OFFICE) == timedelta(hours=hours)


def test_the_closing_second_is_no_longer_working_time() -> None:
    assert is_open(wall("2026-11-16 17:29:59.999"), OFFICE)
    assert not is_open(wall("2026-11-16 17:30:00"), OFFICE)


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not() -> None:
    assert is_working_day(date(2026, 10, 10), OFFICE)
    assert not is_working_day(date(2026, 10, 7), OFFICE)
    assert not is_working_day(date(2026, 10, 17), OFFICE)


def test_beyond_the_published_years_a_forecast_holds_nobody_makes_up_and_the_result_is_provisional() -> None:
    calendar = replace(OFFICE, holidays=(*OFFICE.holidays, date(2027, 1, 1)), workdays=(date(2027, 1, 2),))

    assert not is_working_day(date(2027, 1, 1), calendar)
    assert not is_working_day(date(2027, 1, 2), calendar)
    assert is_working_day(date(2027, 1, 4), calendar)
    assert is_provisional(wall("2027-01-01 00:00"), calendar)
    assert not is_provisional(wall("2026-12-31 23:59:59"), calendar)


def test_what_cannot_be_a_limit_or_a_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Limit(amount=-1, unit=LimitUnit.DAYS)
    with pytest.raises(ValueError, match="time of day"):
        Limit(amount=1, unit=LimitUnit.HOURS, at="12:00")
    with pytest.raises(ValueError, match="never opens"):
        WorkCalendar(zone=SHANGHAI, hours=(), known_until=date(2026, 12, 31))
    with pytest.raises(ValueError, match="no zone"):
        next_open(datetime(2026, 11, 16, 10), OFFICE)  # noqa: DTZ001 - the point of the test


@given(start=INSTANTS, minutes=st.integers(0, 5000))
def test_working_time_used_up_is_working_time_between(start: datetime, minutes: int) -> None:
    duration = timedelta(minutes=minutes)

    assert working_between(start, after_working(duration, start, OFFICE), OFFICE) == duration


@given(start=INSTANTS, later=st.timedeltas(timedelta(), timedelta(days=30)), given_limit=WORKING_LIMITS)
def test_who_starts_later_never_ends_earlier(start: datetime, later: timedelta, given_limit: Limit) -> None:
    assert deadline(given_limit, start, OFFICE) <= deadline(given_limit, start + later, OFFICE)


@given(start=INSTANTS, given_limit=WORKING_LIMITS, percent=st.integers(1, 99))
def test_a_part_of_a_limit_lies_inside_it(start: datetime, given_limit: Limit, percent: int) -> None:
    end = deadline(given_limit, start, OFFICE)

    assert start <= part_of(given_limit, percent, start, OFFICE) <= end
