"""Festivals fall on the right day of any year, and a leap month does not repeat them (J-20)."""

from datetime import date

import pytest

from shared.policies.festivals import Festival, Reckoning, festivals_on, free_days, spans_of
from tests.policies.plans import JIANGPU, ZICHUAN, plan

FESTIVALS = {festival.code: festival for festival in plan(ZICHUAN).festivals}


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("spring_festival", ["2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26"]),
        ("tomb_sweeping", ["2025-04-04", "2026-04-05", "2027-04-05", "2028-04-04"]),
        ("dragon_boat", ["2025-05-31", "2026-06-19", "2027-06-09", "2028-05-28"]),
        ("mid_autumn", ["2025-10-06", "2026-09-25", "2027-09-15", "2028-10-03"]),
        ("double_ninth", ["2025-10-29", "2026-10-18", "2027-10-08", "2028-10-26"]),
        ("winter_solstice", ["2025-12-21", "2026-12-22", "2027-12-22", "2028-12-21"]),
    ],
)
def test_each_festival_falls_on_its_day(code: str, days: list[str]) -> None:
    """2025 has a leap sixth month, 2028 a leap fifth: each festival still comes once a year."""
    spans = [span for year in range(2025, 2029) for span in spans_of(FESTIVALS[code], year)]

    assert [span.on.isoformat() for span in spans] == days


def test_spring_festival_runs_from_new_years_eve_to_the_lantern_festival() -> None:
    span = next(spans_of(FESTIVALS["spring_festival"], 2026))

    assert (span.from_on, span.until_on) == (date(2026, 2, 16), date(2026, 3, 3))


def test_double_ninth_of_2026_is_an_occasion_from_three_days_before() -> None:
    """J-20: 重阳 2026 creates a campaign on the correct date."""
    festivals = plan(JIANGPU).festivals

    assert [span.code for span in festivals_on(festivals, date(2026, 10, 15))] == ["double_ninth"]
    assert festivals_on(festivals, date(2026, 10, 14)) == ()


def test_a_festival_of_the_twelfth_lunar_month_lies_in_the_next_solar_year() -> None:
    laba = Festival(code="laba", reckoning=Reckoning.LUNAR, month=12, day=8)

    assert [span.on.isoformat() for span in spans_of(laba, 2026)] == ["2026-01-26"]


def test_a_span_may_lie_across_the_turn_of_the_year() -> None:
    new_year = Festival(code="new_year", reckoning=Reckoning.SOLAR, month=1, day=1, days_before=1)

    assert free_days((new_year,), 2026) == (date(2026, 1, 1), date(2026, 12, 31))
