"""A welfare check: the clock of the way there, and who decided to enter (人民警察法 art. 21)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain.errors import Invalid
from shared.domain.welfare_check import ArrivalState, Entry, arrival, check_arrival, check_entry
from tests.builders import at

CALLED = at("2026-11-18 10:00")
LIMIT = CALLED + timedelta(minutes=20)
SECOND = timedelta(seconds=1)


def code_of(check: Callable[[], None]) -> str:
    """What the check says against it; nothing if it lets it stand."""
    try:
        check()
    except Invalid as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("arrived_at", "now", "state"),
    [
        (None, LIMIT, ArrivalState.ON_THE_WAY),
        (None, LIMIT + SECOND, ArrivalState.LATE),
        (LIMIT, LIMIT, ArrivalState.IN_TIME),
        (LIMIT + SECOND, LIMIT + SECOND, ArrivalState.ARRIVED_LATE),
    ],
)
def test_the_limit_itself_is_in_time(arrived_at, now, state: ArrivalState) -> None:  # noqa: ANN001
    assert arrival(LIMIT, arrived_at, now) is state


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (-SECOND, "arrived_before_call"),
        (0 * SECOND, ""),
        (LIMIT - CALLED, ""),
        (LIMIT - CALLED + SECOND, "arrived_in_future"),
    ],
)
def test_nobody_arrives_before_the_call_or_later_than_now(after: timedelta, said: str) -> None:
    assert code_of(lambda: check_arrival(CALLED, CALLED + after, LIMIT)) == said


@pytest.mark.parametrize(
    ("entry", "not_entered", "decided", "code"),
    [
        (Entry(way="not_entered", entered_at=CALLED), True, False, "not_entered_has_no_time"),
        (Entry(way="opened_by_elder", entered_at=None), False, False, "entered_when"),
        (
            Entry(way="opened_by_elder", entered_at=CALLED - timedelta(minutes=1)),
            False,
            False,
            "entered_out_of_order",
        ),
        (Entry(way="led_by_police", entered_at=CALLED), False, True, "who_decided_and_why"),
        (Entry(way="led_by_police", entered_at=CALLED, decided_by="Gao"), False, True, "who_decided_and_why"),
    ],
)
def test_an_entry_says_when_and_a_forced_one_who_decided_and_why(
    entry: Entry, *, not_entered: bool, decided: bool, code: str
) -> None:
    """Domain §2.4 step 4: record who decided, reason, witnesses."""
    assert code == code_of(
        lambda: check_entry(entry, arrived_at=CALLED, now=LIMIT, not_entered=not_entered, decided=decided)
    )


def test_the_home_may_be_entered_up_to_this_very_instant() -> None:
    entry = Entry(way="opened_by_elder", entered_at=LIMIT)

    check_entry(entry, arrived_at=CALLED, now=LIMIT, not_entered=False, decided=False)


def test_a_decided_entry_with_name_and_reason_stands() -> None:
    entry = Entry(way="led_by_police", entered_at=CALLED, decided_by="Gao", reason="no answer, smell of gas")

    check_entry(entry, arrived_at=CALLED, now=LIMIT, not_entered=False, decided=True)


def test_the_minute_of_the_arrival_is_not_before_it() -> None:
    """Whoever writes 10:00 for an entry after arriving at 10:00:30 means that minute."""
    entry = Entry(way="opened_by_elder", entered_at=CALLED)

    late = timedelta(seconds=30, microseconds=5)
    check_entry(entry, arrived_at=CALLED + late, now=LIMIT, not_entered=False, decided=False)
