"""The table of holidays is the published one, and a calendar cut from it knows where its knowledge ends."""

from datetime import UTC, date, datetime
from pathlib import Path

import chinese_calendar
import pytest

from shared.domain.calendars import Limit, LimitUnit, deadline, is_provisional, is_working_day
from shared.policies.book import PolicyBook
from shared.policies.faults import PolicyFaults
from shared.policies.loader import load_work_days
from tests.policies.plans import TODAY, ZICHUAN, file_named, place_with_text, plan

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
    later = {"source": "notice_2026", "holidays": [date(2028, 1, 1)]}
    table = {**file.table, "years": {**file.table["years"], "2028": later}}
    with_gap = type(file)(name=file.name, table=table, digest=file.digest, text=file.text)

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(with_gap)
    assert [(fault.code, fault.path) for fault in raised.value.faults] == [("year_gap", "years.2028")]


@pytest.mark.parametrize(
    ("code", "year", "found"),
    [
        ("20x7", {"holidays": [date(2027, 1, 1)]}, ("bad_year", "years.20x7")),
        ("2027", {"workdays": [date(2027, 1, 3)]}, ("missing", "years.2027.holidays")),
        ("2027", {"holidays": []}, ("missing", "years.2027.holidays")),
    ],
)
def test_a_year_that_is_none_or_has_no_day_off_is_refused(
    code: str, year: dict[str, object], found: tuple[str, str]
) -> None:
    """The first ended the import with an error of ours; by the others a whole year was worked through."""
    file = file_named("workdays")
    table = {**file.table, "years": {**file.table["years"], code: {"source": "notice_2026", **year}}}

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(type(file)(name=file.name, table=table, digest=file.digest, text=file.text))

    assert found in [(fault.code, fault.path) for fault in raised.value.faults]


def test_a_year_without_a_source_is_refused() -> None:
    file = file_named("workdays")
    year = {key: value for key, value in file.table["years"]["2026"].items() if key != "source"}
    table = {**file.table, "years": {"2026": year}}
    unsourced = type(file)(name=file.name, table=table, digest=file.digest, text=file.text)

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(unsourced)
    assert {fault.code for fault in raised.value.faults} == {"no_source"}


def test_a_day_of_another_year_is_refused() -> None:
    file = file_named("workdays")
    slip = {**file.table["years"]["2026"], "workdays": [date(2025, 1, 4)]}
    table = {**file.table, "years": {**file.table["years"], "2026": slip}}

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(type(file)(name=file.name, table=table, digest=file.digest, text=file.text))
    assert [(fault.code, fault.path) for fault in raised.value.faults] == [
        ("other_year", "years.2026.workdays")
    ]


def test_a_table_without_any_year_is_refused() -> None:
    file = file_named("workdays")
    bare = type(file)(name=file.name, table={}, digest=file.digest, text=file.text)

    with pytest.raises(PolicyFaults) as raised:
        load_work_days(bare)
    assert [(fault.code, fault.path) for fault in raised.value.faults] == [("missing", "years")]


def test_a_day_that_is_free_and_worked_is_refused() -> None:
    """One of the two is a slip, and nobody could tell which had won."""
    file = file_named("workdays")
    slip = {**file.table["years"]["2026"], "workdays": [date(2026, 1, 4), date(2026, 10, 1)]}
    table = {**file.table, "years": {**file.table["years"], "2026": slip}}

    with pytest.raises(PolicyFaults, match="2026-10-01 既列为放假日") as raised:
        load_work_days(type(file)(name=file.name, table=table, digest=file.digest, text=file.text))
    assert [(fault.code, fault.path) for fault in raised.value.faults] == [
        ("free_and_working", "years.2026.workdays")
    ]


def test_the_year_after_the_published_ones_is_forecast_by_law_and_provisional() -> None:
    """放假办法 第二条: 元旦、春节四天、清明、劳动节两天、端午、中秋、国庆三天; swaps are unknown."""
    days = plan(ZICHUAN).work_days
    calendar = days.calendar(SHANGHAI, OFFICE_HOURS, date(2026, 12, 1))

    assert [day.isoformat()[5:] for day in days.forecast] == [
        *("01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15"),
        *("10-01", "10-02", "10-03"),
    ]
    new_year = datetime(2026, 12, 31, 2, tzinfo=UTC)
    end = deadline(Limit(amount=1, unit=LimitUnit.WORKING_DAYS), new_year, calendar)
    assert end == datetime(2027, 1, 4, 2, tzinfo=UTC)
    assert is_provisional(end, calendar)
    assert date(2027, 2, 8) in days.near(date(2026, 11, 21)).forecast


def test_a_published_year_takes_the_place_of_the_forecast(tmp_path: Path) -> None:
    """An administrator imports the State Council's notice; deadlines move and are no longer provisional."""
    place_with_text(tmp_path, "words", "追访", "追访")
    notice = tmp_path / "workdays_2027.toml"
    notice.write_text(
        '[documents.notice_2027]\ntitle = "放假通知"\nstanding = "law"\n\n[years.2027]\n'
        'source = "notice_2027"\nholidays = [2027-01-01, 2027-01-04]\n',
        encoding="utf-8",
    )
    days = PolicyBook.load(tmp_path).in_force(ZICHUAN, TODAY).work_days
    calendar = days.calendar(SHANGHAI, OFFICE_HOURS, date(2026, 12, 1))
    new_year = datetime(2026, 12, 31, 2, tzinfo=UTC)

    end = deadline(Limit(amount=1, unit=LimitUnit.WORKING_DAYS), new_year, calendar)
    assert end == datetime(2027, 1, 5, 2, tzinfo=UTC)
    assert not is_provisional(end, calendar)
    assert days.forecast[0] == date(2028, 1, 1)
