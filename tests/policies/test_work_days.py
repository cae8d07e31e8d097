"""The table of holidays is the published one, and a calendar cut from it knows where its knowledge ends."""

from datetime import date

import chinese_calendar
import pytest

from shared.domain.calendars import is_working_day
from shared.policies.faults import PolicyFaults
from shared.policies.loader import load_work_days
from tests.policies.plans import ZICHUAN, file_named, plan

OFFICE_HOURS = (("08:30", "11:30"), ("13:30", "17:30"))
SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_table_says_what_chinesecalendar_says(year: int) -> None:
    """The State Council's notices, as an independent package transcribed them."""
    calendar = plan(ZICHUAN).work_days.calendar(SHANGHAI, OFFICE_HOURS, date(year, 3, 1))
    days = chinese_calendar.get_dates(date(year, 1, 1), date(year, 12, 31))

    assert [day for day in days if chinese_calendar.is_workday(day) != is_working_day(day, calendar)] == []


def test_a_carried_calendar_holds_only_what_falls_on_working_weekdays() -> None:
    calendar = plan(ZICHUAN).work_days.calendar(SHANGHAI, OFFICE_HOURS, date(2026, 10, 1))

    assert date(2026, 10, 3) not in calendar.holidays
    assert date(2026, 10, 7) in calendar.holidays
    assert date(2026, 5, 1) not in calendar.holidays


def test_a_referrals_calendar_ends_within_months_and_says_so() -> None:
    """A limit that ends beyond it is provisional, as one beyond the last published year is."""
    days = plan(ZICHUAN).work_days

    assert days.near(date(2026, 3, 1)).known_until == date(2026, 6, 29)
    assert days.near(date(2026, 11, 1)).known_until == date(2026, 12, 31)


def test_a_year_left_out_is_refused() -> None:
    file = file_named("workdays")
    table = {**file.table, "years": {**file.table["years"], "2028": file.table["years"]["2026"]}}
    with_gap = type(file)(name=file.name, table=table, lines=file.lines, digest=file.digest)

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(with_gap)
    assert [(fault.code, fault.path) for fault in raised.value.faults] == [("year_gap", "years.2028")]


def test_a_year_without_a_source_is_refused() -> None:
    file = file_named("workdays")
    year = {key: value for key, value in file.table["years"]["2026"].items() if key != "source"}
    table = {**file.table, "years": {"2026": year}}
    unsourced = type(file)(name=file.name, table=table, lines=file.lines, digest=file.digest)

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(unsourced)
    assert {fault.code for fault in raised.value.faults} == {"no_source"}
