"""What a demanding outsider tries with a clock: the edge of the day, make-up workdays, holidays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shared.domain.calendars import WorkCalendar
from shared.domain.kinds import ClockRule
from shared.domain.referral import referral, routing
from shared.domain.referral.commands import MakeMove
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import Actor, ClockName, ReferralState
from tests.builders import (
    OFFICE,
    a_calendar,
    a_followed_fact,
    a_kind,
    a_move,
    a_referral,
    a_refusal,
    an_officer,
    an_outcome,
    at,
    working_hours,
)
from tests.domain.referrals import ACCEPT_BY, ledger, offered

CLOSES = at("2026-11-17 17:30")
UNTIL_CLOSING = a_kind(complete=ClockRule(limit=working_hours(7)))
"""Seven working hours from the opening: the limit is the closing of the same day."""


AFTER = ACCEPT_BY + timedelta(seconds=3)
End = Callable[[ReferralState, datetime], ReferralDecision]


def withdrawn(moment: datetime) -> MakeMove:
    return a_move(Move.WITHDRAW, an_officer(OFFICE), moment, reason="offered_by_mistake")


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


@pytest.mark.parametrize(("second", "breaches"), [(0, 0), (1, 1)])
def test_work_done_in_time_that_arrives_after_the_rung_is_in_time(second: int, breaches: int) -> None:
    """Rung against completion: the timer fired first because the outcome was on its way; acted_at decides."""
    officer = an_officer()
    late = referral.tick(held_all_day(officer), CLOSES + timedelta(seconds=2))
    outcome = an_outcome(officer, CLOSES + timedelta(seconds=second))
    done = referral.complete(late.state, outcome, CLOSES + timedelta(seconds=5))

    assert LedgerCode.BREACHED in ledger(late)
    assert len(done.state.breaches) == breaches
    assert done.due is None


@pytest.mark.parametrize(
    "end",
    [
        lambda state, at: referral.follow(state, a_followed_fact(Move.CONCLUDE, at), AFTER),
        lambda state, at: referral.make(state, withdrawn(at), AFTER),
        lambda state, at: routing.decline(state, a_refusal(an_officer(), at), AFTER),
    ],
    ids=["a fact", "withdrawn", "declined"],
)
def test_whatever_ends_a_clock_in_time_leaves_no_breach(end: End) -> None:
    """A relay that was away, or a process that was busy, makes nobody late."""
    late = referral.tick(offered(), ACCEPT_BY + timedelta(seconds=2)).state

    assert [len(end(late, at).state.breaches) for at in (ACCEPT_BY, AFTER)] == [0, 1]


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
