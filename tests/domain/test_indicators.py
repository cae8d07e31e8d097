"""Figures: how elders stand, and visit rates recomputed from the windows alone."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.indicators import Standing, WindowFacts, is_long_unseen, rates, standing, tally
from shared.domain.visit_cycle.state import WindowOutcome
from tests.builders import WEEKLY, at

NOW = at("2026-11-18 10:00")
SUNDAY_LAST, SUNDAY_NEXT = at("2026-11-16 00:00"), at("2026-11-23 00:00")


def a_window(outcome: WindowOutcome, **changes: object) -> WindowFacts:
    values: dict[str, object] = {
        "enrolment_id": uuid4(),
        "obligation": WEEKLY,
        "opens_at": SUNDAY_LAST,
        "closes_at": SUNDAY_NEXT,
        "required": 1,
        "done": 0,
        "outcome": outcome,
        "is_excused": False,
        "is_warned": False,
    }
    return WindowFacts(**{**values, **changes})


def closed(outcome: WindowOutcome, **changes: object) -> WindowFacts:
    return a_window(outcome, **{"opens_at": at("2026-11-02 00:00"), "closes_at": SUNDAY_LAST, **changes})


def test_an_open_chase_is_missed_whatever_the_windows_say() -> None:
    assert standing([a_window(WindowOutcome.MET)], is_chased=True, now=NOW) is Standing.MISSED


def test_the_worst_window_tells_how_an_elder_stands() -> None:
    windows = [a_window(WindowOutcome.MET), a_window(WindowOutcome.OPEN, is_warned=True)]

    assert standing(windows, is_chased=False, now=NOW) is Standing.AT_RISK


@pytest.mark.parametrize(
    ("outcome", "is_warned", "expected"),
    [
        (WindowOutcome.MET, True, Standing.MET),
        (WindowOutcome.MET_LATE, False, Standing.MET),
        (WindowOutcome.EXCEPTED, False, Standing.MET),
        (WindowOutcome.MISSED, False, Standing.MISSED),
        (WindowOutcome.OPEN, False, Standing.DUE),
        (WindowOutcome.OPEN, True, Standing.AT_RISK),
        (WindowOutcome.VOID, False, None),
    ],
)
def test_each_outcome_of_a_window_says_how_the_elder_stands(
    outcome: WindowOutcome, expected: Standing | None, *, is_warned: bool
) -> None:
    assert standing([a_window(outcome, is_warned=is_warned)], is_chased=False, now=NOW) is expected


def test_a_window_that_has_not_opened_yet_says_nothing() -> None:
    later = a_window(WindowOutcome.OPEN, opens_at=NOW + timedelta(seconds=1))

    assert standing([later], is_chased=False, now=NOW) is None
    assert standing([later], is_chased=False, now=later.opens_at) is Standing.DUE


def test_a_window_is_missed_from_the_edge_second_on() -> None:
    """Screens show 未达标 from the edge, before the process has woken."""
    window = a_window(WindowOutcome.OPEN)

    assert window.outcome_at(SUNDAY_NEXT - timedelta(seconds=1)) is WindowOutcome.OPEN
    assert window.outcome_at(SUNDAY_NEXT) is WindowOutcome.MISSED


def test_nobody_stands_anywhere_who_is_owed_nothing() -> None:
    assert standing([], is_chased=False, now=NOW) is None


def test_the_adjusted_rate_leaves_out_whom_a_state_excused_and_the_raw_one_does_not() -> None:
    """J-05, domain §1.6: both are published."""
    windows = [closed(WindowOutcome.MET)] * 3 + [closed(WindowOutcome.MISSED, is_excused=True)]
    (rate,) = rates(windows, now=NOW)

    assert (rate.raw, rate.adjusted) == (0.75, 1.0)


def test_an_approved_exception_is_set_aside_and_nobody_else_is() -> None:
    """Domain §0.2-4: it is unmet in the raw figure, and left out of the adjusted one."""
    excepted, missed = closed(WindowOutcome.EXCEPTED), closed(WindowOutcome.MISSED)
    (rate,) = rates([closed(WindowOutcome.MET), excepted, missed], now=NOW)

    assert (rate.obligation, rate.set_aside) == (WEEKLY, (excepted.enrolment_id,))
    assert rate.unmet == (excepted.enrolment_id, missed.enrolment_id)
    assert rate.left_out == (excepted.enrolment_id,)
    assert rate.adjusted == 0.5


def test_a_week_still_open_has_no_rate_yet() -> None:
    window = a_window(WindowOutcome.MET)

    assert rates([window], now=SUNDAY_NEXT - timedelta(seconds=1)) == ()
    assert [rate.raw for rate in rates([window], now=SUNDAY_NEXT)] == [1.0]


def test_void_windows_count_for_nobody() -> None:
    assert rates([closed(WindowOutcome.VOID)], now=NOW) == ()


def test_long_unseen_counts_from_the_enrolment_if_nobody_has_ever_come() -> None:
    """久未见到 > 10 days for 重点, whatever the windows say (domain §0.2-5)."""
    enrolled = NOW - timedelta(days=10)

    assert not is_long_unseen(None, since=enrolled, limit_days=10, now=NOW)
    assert is_long_unseen(None, since=enrolled - timedelta(seconds=1), limit_days=10, now=NOW)


outcomes = st.sampled_from([each for each in WindowOutcome if each is not WindowOutcome.OPEN])


@given(st.lists(st.tuples(outcomes, st.booleans())))
def test_a_rate_is_what_counting_by_hand_gives(found: list[tuple[WindowOutcome, bool]]) -> None:
    """Architecture §6-3: recomputed by brute force it equals the one shown."""
    windows = [closed(outcome, is_excused=excused) for outcome, excused in found]
    counted = [window for window in windows if window.outcome is not WindowOutcome.VOID]
    good = [each for each in counted if each.outcome in {WindowOutcome.MET, WindowOutcome.MET_LATE}]
    shown = rates(windows, now=NOW)

    assert [rate.raw for rate in shown] == ([len(good) / len(counted)] if counted else [])
    assert all((rate.adjusted or 1) >= (rate.raw or 0) for rate in shown)


@given(st.lists(st.sampled_from(list(Standing))))
def test_everybody_stands_in_exactly_one_column(stands: list[Standing]) -> None:
    found: list[tuple[UUID, Standing]] = [(uuid4(), each) for each in stands]

    assert sorted(tally(found).everybody) == sorted(who for who, _ in found)


def test_an_earlier_period_stands_below_a_later_one() -> None:
    earlier: datetime = at("2026-11-09 00:00")
    found = rates([closed(WindowOutcome.MET), closed(WindowOutcome.MET, closes_at=earlier)], now=NOW)

    assert [rate.closes_at for rate in found] == [SUNDAY_LAST, earlier]
