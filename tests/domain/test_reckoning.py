"""A year's work-day table arrives while work is under way: what was a guess moves, what has passed stays."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.calendars import Limit, LimitUnit, WorkCalendar, deadline, working_between
from shared.domain.kinds import ClockRule
from shared.domain.referral import referral
from shared.domain.referral.commands import TakeCalendar
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import ClockName, ReferralState
from tests.builders import (
    a_followed_fact,
    a_kind,
    a_move,
    a_referral,
    a_rung,
    an_officer,
    an_outcome,
    at,
    working_hours,
)

OFFERED = at("2026-12-28 10:00")
ARRIVED = at("2026-12-29 10:00")
GUESSED = WorkCalendar(
    zone="Asia/Shanghai",
    hours=(("09:00", "12:00"), ("14:00", "17:00")),
    holidays=(date(2027, 1, 1),),
    known_until=date(2026, 12, 31),
)
FIVE_DAYS = ClockRule(
    limit=Limit(amount=5, unit=LimitUnit.WORKING_DAYS),
    reminders=(50, 80),
    ladder=(a_rung(1, working_hours(0)), a_rung(2, Limit(amount=1, unit=LimitUnit.DAYS))),
)
WEEK = ClockRule(
    limit=Limit(amount=7, unit=LimitUnit.DAYS),
    ladder=(
        a_rung(1, working_hours(1)),
        a_rung(2, Limit(amount=2, unit=LimitUnit.HOURS), "test_place:office"),
    ),
)
NO_CLOCK = ClockRule()


def begun(complete: ClockRule = FIVE_DAYS) -> ReferralState:
    kind = a_kind(calendar=GUESSED, accept=NO_CLOCK, complete=complete)
    return referral.begin(a_referral(offered_at=OFFERED, kind=kind), OFFERED).state


def table(
    *holidays: date, workdays: tuple[date, ...] = (), arrived: datetime = ARRIVED, **more: object
) -> TakeCalendar:
    command = TakeCalendar(
        request_id=str(uuid4()),
        acted_at=arrived,
        holidays=holidays,
        workdays=workdays,
        known_until=date(2027, 12, 31),
    )
    return replace(command, **more)


def told(state: ReferralState, command: TakeCalendar) -> ReferralDecision:
    return referral.take_calendar(state, command, command.acted_at)


def limit_of(state: ReferralState) -> datetime:
    clock = state.clock(ClockName.COMPLETE)
    assert clock is not None
    return clock.limit_at


def test_a_limit_that_was_a_guess_moves_and_the_answer_says_from_when_to_when() -> None:
    """Architecture §4: a new work-day table is an Update that answers what moved."""
    before = begun()
    assert limit_of(before) == at("2027-01-05 10:00")
    decision = told(before, table(date(2027, 1, 1), date(2027, 1, 4)))

    [moved] = decision.answer.moved
    assert (moved.clock, moved.before, moved.after) == (
        ClockName.COMPLETE,
        at("2027-01-05 10:00"),
        at("2027-01-06 10:00"),
    )
    assert not moved.is_provisional
    assert decision.answer.complete_by == moved.after
    assert [row.code for row in decision.rows.ledger] == [LedgerCode.RECKONED]


def test_the_rungs_past_the_limit_and_the_reminders_before_it_move_along() -> None:
    state = told(begun(), table(date(2027, 1, 1), date(2027, 1, 4))).state
    clock = state.clock(ClockName.COMPLETE)
    assert clock is not None

    assert clock.moments == (
        at("2026-12-30 15:00"),
        at("2027-01-05 10:00"),
        at("2027-01-06 10:00"),
        at("2027-01-06 10:00"),
        at("2027-01-07 10:00"),
    )


def test_a_corrected_table_moves_what_the_first_one_had_settled() -> None:
    """A slip of the pen in a year's file is mended by importing the file again."""
    settled = told(begun(), table(date(2027, 1, 1), date(2027, 1, 4))).state
    corrected = table(date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5))
    decision = told(settled, corrected)

    assert [(each.before, each.after) for each in decision.answer.moved] == [
        (at("2027-01-06 10:00"), at("2027-01-07 10:00"))
    ]
    assert told(decision.state, corrected).answer.moved == ()


def test_a_make_up_working_day_brings_the_limit_nearer() -> None:
    state = told(begun(), table(date(2027, 1, 1), workdays=(date(2027, 1, 3),))).state

    assert limit_of(state) == at("2027-01-04 10:00")


def test_a_table_that_changes_nothing_says_nothing() -> None:
    before = begun()
    decision = told(before, table(date(2027, 1, 1)))

    assert decision.answer.moved == ()
    assert decision.rows.ledger == ()
    assert decision.state.clocks == before.clocks
    assert decision.state.kind.calendar.known_until == date(2027, 12, 31)


def test_what_lies_before_the_first_changed_day_does_not_move() -> None:
    three = ClockRule(limit=Limit(amount=3, unit=LimitUnit.WORKING_DAYS))
    before = begun(three)
    assert limit_of(before) == at("2026-12-31 10:00")

    assert told(before, table(date(2027, 1, 1), date(2027, 1, 4))).answer.moved == ()


def test_a_breach_that_is_on_record_stays_and_the_rung_after_it_moves() -> None:
    before = referral.tick(begun(), at("2027-01-05 10:00")).state
    [breach] = before.breaches
    after = told(before, table(date(2027, 1, 6), arrived=at("2027-01-05 11:00"))).state

    assert after.breaches == (breach,)
    assert limit_of(after) == breach.limit_at


def test_a_limit_that_would_lie_before_the_tables_arrival_ends_when_it_arrives() -> None:
    """Nobody is late by a day that nobody could have known of."""
    arrived = at("2027-01-04 15:00")
    before = referral.tick(begun(), at("2027-01-04 14:00")).state
    state = told(before, table(workdays=(date(2027, 1, 2), date(2027, 1, 3)), arrived=arrived)).state

    assert limit_of(state) == arrived


def test_after_a_pause_what_is_left_is_counted_on_from_the_first_unknown_day() -> None:
    """Resumed a working day later, so the clock is no longer where its start would put it."""
    paused = referral.follow(begun(), a_followed_fact(Move.SUSPEND, OFFERED), OFFERED).state
    again = at("2026-12-29 10:00")
    resumed = referral.follow(paused, a_followed_fact(Move.RESUME, again), again).state
    assert limit_of(resumed) == at("2027-01-06 10:00")
    decision = told(resumed, table(date(2027, 1, 1), date(2027, 1, 4)))

    assert limit_of(decision.state) == at("2027-01-07 10:00")
    clock = decision.state.clock(ClockName.COMPLETE)
    assert clock is not None
    assert clock.moments[-2:] == (at("2027-01-07 10:00"), at("2027-01-08 10:00"))


def test_while_it_stands_still_its_limit_is_reckoned_and_goes_on_from_there() -> None:
    paused = referral.follow(begun(), a_followed_fact(Move.SUSPEND, OFFERED), OFFERED).state
    state = told(paused, table(date(2027, 1, 1), date(2027, 1, 4))).state
    again = at("2026-12-29 10:00")
    resumed = referral.follow(state, a_followed_fact(Move.RESUME, again), again).state

    assert limit_of(state) == at("2027-01-06 10:00")
    assert limit_of(resumed) == at("2027-01-07 10:00")


def test_a_limit_in_calendar_days_stays_and_only_its_working_rungs_move() -> None:
    before = begun(WEEK)
    assert limit_of(before) == at("2027-01-04 10:00")
    state = told(before, table(date(2027, 1, 1), date(2027, 1, 4))).state
    clock = state.clock(ClockName.COMPLETE)
    assert clock is not None

    assert clock.moments == (at("2027-01-04 10:00"), at("2027-01-05 10:00"), at("2027-01-04 12:00"))


def test_after_a_pause_a_limit_in_calendar_days_stays_too() -> None:
    paused = referral.follow(begun(WEEK), a_followed_fact(Move.SUSPEND, OFFERED), OFFERED).state
    again = at("2026-12-29 10:00")
    resumed = referral.follow(paused, a_followed_fact(Move.RESUME, again), again).state
    state = told(resumed, table(date(2027, 1, 1), date(2027, 1, 5))).state
    clock = state.clock(ClockName.COMPLETE)
    assert clock is not None

    assert clock.limit_at == at("2027-01-05 10:00")
    assert clock.moments[1] == at("2027-01-06 10:00")
    assert clock.moments[2] == at("2027-01-05 12:00")


def test_work_without_a_limit_and_work_that_has_ended_stay_as_they_are() -> None:
    officer = an_officer()
    free = begun(NO_CLOCK)
    assert told(free, table(date(2027, 1, 4))).state.clocks == ()
    unlimited = replace(begun(), kind=replace(begun().kind, complete=NO_CLOCK))
    assert told(unlimited, table(date(2027, 1, 4))).state.clocks == unlimited.clocks
    held = referral.make(begun(), a_move(Move.ACCEPT, officer, OFFERED), OFFERED).state
    closed = referral.complete(held, an_outcome(officer, OFFERED), OFFERED).state

    assert told(closed, table(date(2027, 1, 4))).state.kind == closed.kind


@given(free=st.sets(st.dates(date(2027, 1, 1), date(2027, 1, 31)), max_size=8))
def test_a_clock_without_a_pause_ends_as_if_the_table_had_always_been_there(free: set[date]) -> None:
    holidays = tuple(sorted(day for day in free if day.weekday() < 5))
    known = replace(GUESSED, holidays=holidays, known_until=date(2027, 12, 31))
    state = told(begun(), table(*holidays)).state
    limit = FIVE_DAYS.limit
    assert limit is not None

    assert limit_of(state) == max(deadline(limit, OFFERED, known), ARRIVED)
    assert working_between(OFFERED, limit_of(state), known) == timedelta(hours=30)
