"""Standing still by the unit's wish (暂缓) and more time (延期): bounded, and no second is given twice."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.calendars import Limit, LimitUnit, working_between
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.kinds import ClockRule
from shared.domain.periods import local_day
from shared.domain.referral import pausing, referral, routing
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import Actor, ClockName, ReferralState
from tests.builders import (
    COORDINATORS,
    a_calendar,
    a_followed_fact,
    a_kind,
    a_move,
    a_refusal,
    a_rung,
    an_officer,
    an_outcome,
    at,
)
from tests.domain.referrals import OFFERED, held, ledger
from tests.handling import a_pause, a_wish_for_time

THURSDAY, FRIDAY, MONDAY = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)
HOLIDAYS = a_calendar(holidays=(date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)))
PAUSED_AT = at("2026-11-17 16:00")


def paused(officer: Actor, moment: datetime = PAUSED_AT, until_on: date = MONDAY) -> ReferralDecision:
    return pausing.pause(held(officer), a_pause(officer, moment, until_on), moment)


def test_a_pause_stops_the_clock_and_ends_itself_when_the_unit_opens_on_the_next_date() -> None:
    """挂起: with a next date, and it resumes by itself."""
    officer = an_officer()
    decision = paused(officer)

    assert decision.due == at("2026-11-23 08:30")
    over = referral.tick(decision.state, at("2026-11-23 08:30"))
    assert (ledger(over), over.state.paused, over.state.suspended_at) == ([LedgerCode.PAUSE_OVER], None, None)
    assert over.answer.complete_by == at("2026-11-24 10:30")


def test_a_pause_ends_by_hand_before_its_date() -> None:
    officer = an_officer()
    on_at = at("2026-11-18 08:30")
    back = referral.make(paused(officer).state, a_move(Move.GO_ON, officer, on_at), on_at)

    assert back.state.paused is None
    assert back.answer.complete_by == at("2026-11-19 10:30")
    with pytest.raises(Conflict, match="not_paused"):
        referral.make(back.state, a_move(Move.GO_ON, officer, on_at), on_at)


def test_a_pause_over_a_holiday_gives_no_working_time_twice() -> None:
    """Acceptance: over three holidays and a weekend an hour of work stood still, and one is given back."""
    officer = an_officer()
    state = held(officer, kind=a_kind(calendar=HOLIDAYS))
    before = referral.answer(state).complete_by
    over = referral.tick(
        pausing.pause(state, a_pause(officer, at("2026-11-17 16:30"), MONDAY), PAUSED_AT).state,
        at("2026-11-23 08:30"),
    )

    assert before == at("2026-11-24 09:00")
    assert over.answer.complete_by == at("2026-11-24 10:00")


moments = st.integers(min_value=1, max_value=60 * 24)


def test_a_rung_counts_anew_from_the_limit_that_a_pause_has_moved() -> None:
    """A month of mediation runs at weekends too, and who leads the unit is told a working day after it."""
    officer = an_officer()
    a_day_later = a_rung(1, Limit(amount=1, unit=LimitUnit.WORKING_DAYS))
    rule = ClockRule(limit=Limit(amount=4, unit=LimitUnit.DAYS), ladder=(a_day_later,))
    state = pausing.pause(
        held(officer, kind=a_kind(complete=rule)), a_pause(officer, PAUSED_AT, MONDAY), PAUSED_AT
    )
    clock = referral.tick(state.state, at("2026-11-23 08:30")).state.clock(ClockName.COMPLETE)

    assert clock is not None
    assert clock.moments == (at("2026-11-27 01:30"), at("2026-11-30 08:30"))


@given(after_minutes=moments, days=st.integers(min_value=1, max_value=14), is_by_hand=st.booleans())
def test_whatever_is_paused_the_working_time_outside_it_stays_the_same(
    *, after_minutes: int, days: int, is_by_hand: bool
) -> None:
    officer = an_officer()
    state = held(officer, kind=a_kind(calendar=HOLIDAYS))
    calendar = state.kind.calendar
    allowed = working_between(OFFERED, referral.answer(state).complete_by or OFFERED, calendar)
    since = OFFERED + timedelta(minutes=after_minutes)
    decision = pausing.pause(
        state, a_pause(officer, since, local_day(since, calendar.zone) + timedelta(days=days)), since
    )
    until = decision.due or since
    if is_by_hand:
        until = since + (until - since) / 2
        decision = referral.make(decision.state, a_move(Move.GO_ON, officer, until), until)
    else:
        decision = referral.tick(decision.state, until)

    limit_at = decision.answer.complete_by or until
    worked = working_between(OFFERED, since, calendar) + working_between(until, limit_at, calendar)
    assert worked == allowed


def test_a_pause_and_a_fact_compose_and_the_clocks_go_on_when_neither_keeps_them() -> None:
    """A reported state and a pause overlap: the first to end changes nothing."""
    officer = an_officer()
    state = paused(officer, until_on=FRIDAY).state
    quiet_at, on_at = at("2026-11-18 10:00"), at("2026-11-20 11:00")
    quiet = referral.follow(state, a_followed_fact(Move.SUSPEND, quiet_at), quiet_at).state
    over = referral.tick(quiet, at("2026-11-20 08:30"))
    assert (over.state.paused, over.state.suspended_at, over.due) == (None, PAUSED_AT, None)

    going = referral.follow(over.state, a_followed_fact(Move.RESUME, on_at), on_at)
    assert going.state.suspended_at is None
    assert going.answer.complete_by == at("2026-11-23 15:00")


def test_a_fact_that_is_over_leaves_the_pause() -> None:
    officer = an_officer()
    state = paused(officer).state
    quiet_at = at("2026-11-18 10:00")
    quiet = referral.follow(state, a_followed_fact(Move.SUSPEND, quiet_at), quiet_at).state
    woken = referral.follow(quiet, a_followed_fact(Move.RESUME, quiet_at), quiet_at)

    assert woken.state.paused is not None
    assert woken.due == at("2026-11-23 08:30")


def test_a_clock_started_while_all_stands_still_loses_nothing_from_before_its_start() -> None:
    """Quiet since ten, sent to the next unit at two: it has its whole four hours from two on."""
    quiet_at, sent_at = at("2026-11-17 10:00"), at("2026-11-17 14:00")
    officer = an_officer()
    quiet = referral.follow(held(officer), a_followed_fact(Move.SUSPEND, quiet_at), quiet_at).state
    anew = routing.decline(quiet, a_refusal(officer, sent_at), sent_at)
    woken = referral.follow(anew.state, a_followed_fact(Move.RESUME, sent_at), sent_at)

    assert woken.answer.accept_by == anew.answer.accept_by


def test_twenty_pauses_in_an_hour_are_not_possible() -> None:
    """Acceptance: pause 20 times in an hour; the kind's own cap ends it, and no time is won."""
    officer, moment = an_officer(), OFFERED
    state = held(officer)
    limit_at = referral.answer(state).complete_by
    refused: list[str] = []
    for _ in range(20):
        moment += timedelta(minutes=3)
        try:
            state = pausing.pause(state, a_pause(officer, moment, THURSDAY), moment).state
        except Conflict as error:
            refused.append(error.code)
        else:
            state = referral.make(state, a_move(Move.GO_ON, officer, moment), moment).state

    assert refused == ["paused_too_often"] * 18
    assert referral.answer(state).complete_by == limit_at


@pytest.mark.parametrize(
    ("until_on", "code"),
    [(date(2026, 11, 17), "pause_needs_later_date"), (date(2026, 12, 3), "paused_too_long")],
)
def test_a_pause_needs_a_later_date_within_its_ground(until_on: date, code: str) -> None:
    """Sixteen days where the ground has fifteen."""
    with pytest.raises((Invalid, Conflict), match=code):
        paused(an_officer(), until_on=until_on)


def test_only_what_was_used_of_a_pause_counts_and_together_they_have_a_cap() -> None:
    officer = an_officer()
    first = paused(officer, until_on=date(2026, 12, 2)).state
    over = referral.tick(first, at("2026-12-02 08:30")).state
    assert over.paused_days == 15
    again = pausing.pause(over, a_pause(officer, at("2026-12-02 09:00"), date(2026, 12, 17)), PAUSED_AT)
    assert again.state.pauses == 2


def test_a_kind_without_grounds_is_never_paused() -> None:
    """紧急事项和追访不得暂缓."""
    officer = an_officer()
    with pytest.raises(Invalid, match="unknown_ground"):
        pausing.pause(held(officer), a_pause(officer, PAUSED_AT, MONDAY, None), PAUSED_AT)


def test_only_the_holder_pauses_and_never_past_the_limit() -> None:
    officer = an_officer()
    with pytest.raises(Forbidden):
        pausing.pause(held(officer), a_pause(an_officer(), PAUSED_AT, MONDAY), PAUSED_AT)
    late = at("2026-11-19 09:01")
    with pytest.raises(Conflict, match="limit_passed"):
        pausing.pause(held(officer), a_pause(officer, late, MONDAY), late)


def test_letting_go_or_completing_ends_the_pause() -> None:
    """Nothing of the holder's stays behind."""
    officer = an_officer()
    state = paused(officer).state
    moment = at("2026-11-18 09:00")
    released = referral.make(state, a_move(Move.RELEASE, officer, moment), moment)
    done = referral.complete(state, an_outcome(officer, moment), moment)

    assert (released.state.paused, released.state.suspended_at) == (None, None)
    assert (done.state.paused, done.state.suspended_at) == (None, None)


def asking(officer: Actor, moment: datetime = PAUSED_AT) -> ReferralState:
    return pausing.ask_time(held(officer), a_wish_for_time(officer, moment), moment).state


def test_more_time_is_asked_for_and_granted_before_the_limit_by_whom_the_policy_names() -> None:
    """延期: asked before the limit, granted by the unit that the policy names, and the ladder moves along."""
    officer = an_officer()
    moment = at("2026-11-18 09:00")
    asked = pausing.ask_time(held(officer), a_wish_for_time(officer, PAUSED_AT), PAUSED_AT)
    granted = referral.make(asked.state, a_move(Move.GRANT_TIME, an_officer(COORDINATORS), moment), moment)

    assert [row.recipient.unit_id for row in asked.rows.tells] == [COORDINATORS]
    assert granted.answer.complete_by == at("2026-11-23 09:00")
    assert (granted.state.extended, granted.state.asked_time) == (1, None)
    assert granted.state.breaches == ()
    with pytest.raises(Conflict, match="extended_already"):
        pausing.ask_time(granted.state, a_wish_for_time(officer, moment), moment)


def test_a_refusal_leaves_the_limit_where_it_was() -> None:
    officer, moment = an_officer(), at("2026-11-18 09:00")
    refused = referral.make(
        asking(officer), a_move(Move.REFUSE_TIME, an_officer(COORDINATORS), moment), moment
    )

    assert refused.answer.complete_by == at("2026-11-19 09:00")
    assert refused.state.extended == 0


def test_more_time_that_nobody_granted_before_the_limit_lapses_and_the_breach_stands() -> None:
    """Asked in time is not granted in time."""
    officer = an_officer()
    late = referral.tick(asking(officer), at("2026-11-19 09:00"))

    moment = at("2026-11-19 10:00")

    assert [code for code in ledger(late) if code in {"breached", "lapsed"}] == ["breached", "lapsed"]
    with pytest.raises(Forbidden):
        referral.make(late.state, a_move(Move.GRANT_TIME, an_officer(COORDINATORS), moment), moment)


@pytest.mark.parametrize("second", [-1, 0])
def test_more_time_may_be_granted_on_the_limits_last_second(second: int) -> None:
    """In time is acted_at <= limit, here too."""
    officer = an_officer()
    moment = at("2026-11-19 09:00") + timedelta(seconds=second)
    granted = referral.make(
        asking(officer), a_move(Move.GRANT_TIME, an_officer(COORDINATORS), moment), moment
    )

    assert granted.answer.complete_by == at("2026-11-23 09:00")


def test_nobody_grants_what_they_asked_for_and_nobody_asks_twice_or_too_late() -> None:
    officer = an_officer(account_id=an_officer().account_id)
    state = asking(officer)
    own = Actor(account_id=officer.account_id, unit_id=COORDINATORS)
    with pytest.raises(Forbidden, match="second_person_needed"):
        referral.make(state, a_move(Move.GRANT_TIME, own, PAUSED_AT), PAUSED_AT)
    with pytest.raises(Conflict, match="asked_already"):
        pausing.ask_time(state, a_wish_for_time(officer, PAUSED_AT), PAUSED_AT)
    late = at("2026-11-19 09:01")
    with pytest.raises(Conflict, match="limit_passed"):
        pausing.ask_time(held(officer), a_wish_for_time(officer, late), late)
    with pytest.raises(Conflict, match="no_more_time"):
        pausing.ask_time(held(officer), a_wish_for_time(officer, PAUSED_AT, None), PAUSED_AT)


def test_a_reminder_that_was_still_to_come_comes_after_more_time_too() -> None:
    officer, moment = an_officer(), at("2026-11-18 08:40")
    granted = referral.make(
        asking(officer), a_move(Move.GRANT_TIME, an_officer(COORDINATORS), moment), moment
    )
    clock = granted.state.clock(ClockName.COMPLETE)

    assert clock is not None
    assert granted.due is not None
    assert granted.due < clock.limit_at
    assert granted.answer.status is Status.ACCEPTED
