"""Wall clocks and instants: which zones there are, and what a clock shows where it is put on or back."""

from datetime import UTC, date, datetime

import pytest

from shared.domain.zones import is_zone, to_instant, to_wall

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"


@pytest.mark.parametrize(
    ("name", "is_one"), [(SHANGHAI, True), ("Asia/Jiangpu", False), ("", False), ("../UTC", False)]
)
def test_a_zone_is_one_that_the_table_names(name: str, *, is_one: bool) -> None:
    assert is_zone(name) is is_one


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        ("00:00", datetime(2026, 11, 17, 16, tzinfo=UTC)),
        ("08:45", datetime(2026, 11, 18, 0, 45, tzinfo=UTC)),
        ("24:00", datetime(2026, 11, 18, 16, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_an_instant_in_utc(clock: str, instant: datetime) -> None:
    found = to_instant(date(2026, 11, 18), clock, SHANGHAI)

    assert (found, found.tzinfo) == (instant, UTC)
    assert to_wall(found, SHANGHAI).strftime("%H:%M") == clock.replace("24", "00")


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        (date(2026, 3, 8), "02:00", datetime(2026, 3, 8, 7, tzinfo=UTC)),
        (date(2026, 3, 8), "02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        (date(2026, 11, 1), "01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_wall_time_that_is_skipped_counts_on_and_one_that_comes_twice_is_the_first(
    day: date, clock: str, instant: datetime
) -> None:
    assert to_instant(day, clock, NEW_YORK) == instant


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no instant"):
        to_wall(datetime(2026, 11, 18, 10), SHANGHAI)  # noqa: DTZ001 - it is what is refused
