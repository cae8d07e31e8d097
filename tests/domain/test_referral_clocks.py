"""Both clocks of a referral: reminders, limits, the ladder past them, standing still and going on."""

from datetime import timedelta

import pytest

from shared.domain.codes import RecipientRole, Urgency
from shared.domain.kinds import ClockRule
from shared.domain.referral import referral, routing
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import ClockName
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    OFFICE,
    a_chase,
    a_followed_fact,
    a_kind,
    a_move,
    a_referral,
    a_refusal,
    a_ruling,
    an_officer,
    at,
    minutes,
)
from tests.domain.referrals import ACCEPT_BY, OFFERED, completed, held, ledger, offered


def test_the_offer_starts_both_clocks_in_the_units_own_hours() -> None:
    """Four working hours from 09:00 with a lunch break end at 15:00; the clock runs from the offer."""
    decision = referral.begin(a_referral(offered_at=OFFERED), OFFERED)

    assert decision.answer.accept_by == ACCEPT_BY
    assert decision.answer.complete_by == at("2026-11-19 09:00")
    assert [row.recipient.unit_id for row in decision.rows.tells] == [JUSTICE]


@pytest.mark.parametrize(("late_by", "breaches"), [(-1, 0), (0, 0), (1, 1)])
def test_a_claim_on_the_limits_last_second_is_in_time(late_by: int, breaches: int) -> None:
    """In time means acted_at <= limit: one rule for API, page and report."""
    moment = ACCEPT_BY + timedelta(seconds=late_by)
    state = held(an_officer(), moment)

    assert len(state.breaches) == breaches


def test_a_claim_made_in_time_but_received_after_the_timer_takes_the_breach_back() -> None:
    """The timer fired first because the command was on its way; acted_at decides."""
    breached = referral.tick(offered(), ACCEPT_BY + timedelta(seconds=2)).state
    state = referral.make(breached, a_move(Move.ACCEPT, an_officer(), ACCEPT_BY), ACCEPT_BY).state

    assert len(breached.breaches) == 1
    assert state.breaches == ()


def test_a_command_with_a_wrong_clock_is_flagged_not_refused() -> None:
    """More than 30 s between the service's clock and the process's is marked in the ledger."""
    claim = a_move(Move.ACCEPT, an_officer(), OFFERED)
    decision = referral.make(offered(), claim, OFFERED + timedelta(minutes=2))

    assert decision.rows.ledger[-1].is_clock_off


def test_claiming_stops_the_accept_clock_only() -> None:
    """Domain §0.2-2: claiming stops the accept clock only."""
    state = held(an_officer())

    assert state.clock(ClockName.ACCEPT) is None
    assert state.clock(ClockName.COMPLETE) is not None


def test_letting_go_starts_a_new_accept_clock_and_keeps_the_old_breach() -> None:
    """A release is no way to lose a breach."""
    officer = an_officer()
    late = held(officer, ACCEPT_BY + timedelta(minutes=5))
    released_at = ACCEPT_BY + timedelta(minutes=30)
    decision = referral.make(late, a_move(Move.RELEASE, officer, released_at), released_at)

    assert decision.answer.holder_id is None
    assert decision.answer.accept_by == at("2026-11-18 10:30")
    assert len(decision.state.breaches) == 1


def test_a_declined_referral_goes_to_the_next_unit_with_clocks_of_its_own() -> None:
    """Re-routed by policy, the requester told."""
    decision = routing.decline(offered(), a_refusal(an_officer(), OFFERED), OFFERED)

    assert (decision.answer.unit_id, decision.answer.status) == (OFFICE, Status.OFFERED)
    assert ledger(decision) == ["decline", LedgerCode.OFFERED]


def test_the_referring_side_confirms_or_sends_back_with_a_new_clock() -> None:
    """确认办结 / 不认可，退回重办."""
    officer, requester = an_officer(), an_officer(OFFICE)
    done = completed(officer, needs_confirmation=True)
    moment = OFFERED + timedelta(hours=1)
    confirmed = referral.make(done.state, a_move(Move.CONFIRM, requester, moment), moment)
    back = referral.make(done.state, a_move(Move.SEND_BACK, requester, moment, reason="not_solved"), moment)

    assert done.answer.status is Status.COMPLETED
    assert (confirmed.answer.status, confirmed.due) == (Status.CLOSED, None)
    assert (back.answer.status, back.answer.holder_id) == (Status.ACCEPTED, officer.account_id)
    assert back.answer.complete_by == at("2026-11-19 10:00")


def test_the_ladder_climbs_rung_by_rung_until_somebody_claims() -> None:
    """Each rung once, in order, at its time; claiming stops the climb."""
    state = offered(kind=a_chase())
    first = referral.tick(state, OFFERED + timedelta(minutes=61))
    claimed = referral.make(
        first.state, a_move(Move.ACCEPT, an_officer(), first.rows.rungs[0].due_at), first.rows.rungs[0].due_at
    )

    assert [row.number for row in first.rows.rungs] == [2]
    assert claimed.due is None


def test_rungs_already_overtaken_are_recorded_as_not_sent() -> None:
    """Architecture §4: catching up wakes nobody for yesterday's rung."""
    decision = referral.begin(a_referral(offered_at=OFFERED, kind=a_chase()), OFFERED + timedelta(minutes=65))

    assert [(row.number, row.is_sent) for row in decision.rows.rungs] == [(1, False), (2, True)]


def test_a_rung_that_finds_nobody_raises_an_alarm_and_the_next_comes_at_once() -> None:
    """Architecture §6-8: a vacancy is an alarm, not a skip."""
    state = offered(kind=a_chase())
    decision = referral.vacant(state, clock=ClockName.ACCEPT, number=1, now=OFFERED)

    assert ledger(decision)[0] == LedgerCode.VACANT
    assert [row.number for row in decision.rows.rungs] == [2]
    assert decision.rows.tells[0].recipient.unit_id == COORDINATORS


def test_the_last_rung_that_finds_nobody_still_raises_an_alarm() -> None:
    """There is nobody further to tell: the alarm is all that is left."""
    late = referral.tick(offered(kind=a_chase()), OFFERED + timedelta(hours=3)).state
    decision = referral.vacant(late, clock=ClockName.ACCEPT, number=3, now=OFFERED + timedelta(hours=3))

    assert ledger(decision) == [LedgerCode.VACANT]
    assert decision.due is None


def test_reminders_go_to_the_holder_or_to_everybody_who_could_claim() -> None:
    """50 % and 80 % of the limit, in the unit's own working time."""
    unclaimed = referral.tick(offered(), OFFERED + timedelta(hours=2))
    half = OFFERED + timedelta(days=1)
    claimed = referral.tick(held(an_officer()), half)

    assert [(row.recipient.role, row.recipient.unit_id) for row in unclaimed.rows.tells] == [
        (RecipientRole.MEMBERS, JUSTICE)
    ]
    assert [row.recipient.role for row in claimed.rows.tells] == [RecipientRole.HOLDER]


def test_a_reminder_that_was_overtaken_is_left_out() -> None:
    """Nobody is reminded of half a limit that is long past."""
    decision = referral.tick(offered(), OFFERED + timedelta(days=5))

    assert LedgerCode.REMINDED not in ledger(decision)


def test_suspension_gives_working_time_back_and_nights_not_twice() -> None:
    """Paused from 10:00 to 10:00 the next day: the three working hours that were left are left."""
    state = offered()
    quiet_at, on_at = at("2026-11-17 10:00"), at("2026-11-18 10:00")
    quiet = referral.follow(state, a_followed_fact(Move.SUSPEND, quiet_at), quiet_at).state
    resumed = referral.follow(quiet, a_followed_fact(Move.RESUME, on_at), on_at)

    assert resumed.answer.accept_by == at("2026-11-18 15:00")


def test_resuming_what_never_stood_still_changes_nothing() -> None:
    """The relay delivers at least once."""
    moved = referral.follow(offered(), a_followed_fact(Move.RESUME, OFFERED), OFFERED)

    assert moved.answer.accept_by == ACCEPT_BY


def test_a_breach_is_recorded_once_with_the_unit_that_was_to_act() -> None:
    """The breach is kept for ever, whoever gets the referral later."""
    breached = referral.tick(offered(), ACCEPT_BY + timedelta(seconds=2)).state
    moved = routing.appoint(breached, a_ruling(ACCEPT_BY + timedelta(hours=1), OFFICE), ACCEPT_BY).state

    assert [(breach.unit_id, breach.clock) for breach in moved.breaches] == [(JUSTICE, ClockName.ACCEPT)]


def test_a_limit_of_nothing_is_nobodys_breach() -> None:
    """A chase climbs from its opening; its first rung is no lateness."""
    assert referral.begin(a_referral(offered_at=OFFERED, kind=a_chase()), OFFERED).state.breaches == ()


def test_a_suspended_referral_stands_still_and_resumes_with_what_was_left() -> None:
    """A reported state quiets the chase at once; refused, it goes on from there."""
    state = offered(kind=a_chase())
    quiet_at, on_at = OFFERED + timedelta(minutes=10), OFFERED + timedelta(hours=5)
    quiet = referral.follow(state, a_followed_fact(Move.SUSPEND, quiet_at), quiet_at)
    resumed = referral.follow(quiet.state, a_followed_fact(Move.RESUME, on_at), on_at)

    assert quiet.due is None
    assert referral.tick(quiet.state, on_at).rows.rungs == ()
    assert resumed.due == on_at + timedelta(minutes=50)


def test_what_begins_asleep_tells_nobody_and_gets_its_whole_limits_on_waking() -> None:
    """A try under one person's word: refused by a second one, the search begins then (§0.2-1, §0.2-3)."""
    asleep = referral.begin(a_referral(offered_at=OFFERED, suspended_at=OFFERED), OFFERED)
    woken_at = OFFERED + timedelta(hours=2)
    awake = referral.follow(asleep.state, a_followed_fact(Move.RESUME, woken_at), woken_at)
    twice = referral.follow(awake.state, a_followed_fact(Move.RESUME, woken_at), woken_at)

    assert (asleep.rows.tells, asleep.due, asleep.answer.accept_by) == ((), None, None)
    assert [told.code for told in awake.rows.tells] == ["offered"]
    on_time = referral.begin(a_referral(offered_at=woken_at), woken_at)
    assert awake.due == on_time.due
    assert twice.rows.tells == ()


def test_who_took_it_while_it_slept_is_not_asked_to_claim_it_again() -> None:
    asleep = referral.begin(a_referral(offered_at=OFFERED, suspended_at=OFFERED), OFFERED).state
    held = referral.make(asleep, a_move(Move.ACCEPT, an_officer(), OFFERED), OFFERED).state
    awake = referral.follow(held, a_followed_fact(Move.RESUME, OFFERED), OFFERED).state

    assert [clock.name for clock in awake.clocks] == [ClockName.COMPLETE]


def test_routine_notices_wait_for_the_morning_and_urgent_ones_do_not() -> None:
    """Domain §0.2-5: routine in working hours, emergencies at any hour."""
    night = at("2026-11-17 23:00")
    routine = referral.begin(a_referral(offered_at=night), night)
    urgent = referral.begin(
        a_referral(offered_at=night, kind=a_kind(urgency=Urgency.URGENT, accept=ClockRule(limit=minutes(5)))),
        night,
    )

    assert routine.rows.tells[0].not_before == at("2026-11-18 08:30")
    assert urgent.rows.tells[0].not_before == night
