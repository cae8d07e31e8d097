"""What a demanding outsider tries with a clock: the edge of the day, make-up workdays, holidays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain.calendars import WorkCalendar
from shared.domain.kinds import ClockRule
from shared.domain.referral import referral
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import Actor, ClockName, ReferralState
from tests.builders import a_calendar, a_kind, a_move, a_referral, an_officer, an_outcome, at, working_hours
from tests.domain.referrals import ledger

CLOSES = at("2026-11-17 17:30")
UNTIL_CLOSING = a_kind(complete=ClockRule(limit=working_hours(7)))
"""Seven working hours from the opening: the limit is the closing of the same day."""


def held_all_day(officer: Actor) -> ReferralState:
    opened = at("2026-11-17 08:30")
    state = referral.begin(a_referral(offered_at=opened, kind=UNTIL_CLOSING), opened).state
    return referral.make(state, a_move(Move.ACCEPT, officer, opened), opened).state


@pytest.mark.parametrize(("second", "breaches"), [(-1, 0), (0, 0), (1, 1)])
def test_the_last_second_of_the_day_is_in_time_and_the_next_one_is_not(second: int, breaches: int) -> None:
    """Acceptance: limit at 17:30, acted at 17:29:59, 17:30:00, 17:30:01."""
    officer = an_officer()
    moment = CLOSES + timedelta(seconds=second)
    state = held_all_day(officer)
    done = referral.complete(state, an_outcome(officer, moment), moment)

    assert referral.answer(state).complete_by == CLOSES
    assert [breach.clock for breach in done.state.breaches] == [ClockName.COMPLETE] * breaches
    assert ledger(done)[-1] == Move.COMPLETE


def test_a_completion_on_the_last_second_that_arrives_after_the_rung_is_refused_nothing() -> None:
    """Rung against completion: the timer fired first; the work is done, and what was recorded stays."""
    officer = an_officer()
    state = held_all_day(officer)
    late = referral.tick(state, CLOSES + timedelta(seconds=2))
    done = referral.complete(late.state, an_outcome(officer, CLOSES), CLOSES + timedelta(seconds=3))

    assert LedgerCode.BREACHED in ledger(late)
    assert done.due is None


@pytest.mark.parametrize(
    ("calendar", "limit_at"),
    [
        (a_calendar(), "2026-10-12 10:30"),
        (a_calendar(workdays=(date(2026, 10, 10),)), "2026-10-10 10:30"),
        (a_calendar(holidays=(date(2026, 10, 12),)), "2026-10-13 10:30"),
    ],
)
def test_a_make_up_workday_counts_and_a_holiday_does_not(calendar: WorkCalendar, limit_at: str) -> None:
    """Acceptance: National Day 2026 with a make-up Saturday; the SLA counts the make-up day."""
    friday = at("2026-10-09 16:00")
    kind = replace(a_kind(complete=ClockRule(limit=working_hours(4))), calendar=calendar)
    begun = referral.begin(a_referral(offered_at=friday, kind=kind), friday)

    assert begun.answer.complete_by == at(limit_at) + timedelta(minutes=30)
