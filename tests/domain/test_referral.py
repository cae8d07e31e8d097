"""The referral: who may do what, both clocks, the ladder, and what happens at the same instant."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.codes import RecipientRole, Urgency
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.kinds import ClockRule
from shared.domain.referral import referral
from shared.domain.referral.moves import PERMITTED, TABLE, Move, Party, Status, possible
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import Actor, ClockName, ReferralState
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
    an_outcome,
    at,
    minutes,
)

OFFERED = at("2026-11-17 09:00")
ACCEPT_BY = at("2026-11-17 15:00")


def offered(**changes: object) -> ReferralState:
    return referral.begin(a_referral(offered_at=OFFERED, **changes), OFFERED).state


def held(by: Actor, moment: datetime = OFFERED, **changes: object) -> ReferralState:
    return referral.make(offered(**changes), a_move(Move.ACCEPT, by, moment), moment).state


def completed(by: Actor, **changes: object) -> ReferralDecision:
    state = held(by, kind=a_kind(**changes))
    done_at = OFFERED + timedelta(minutes=30)
    return referral.complete(state, an_outcome(by, done_at), done_at)


def ledger(decision: ReferralDecision) -> list[str]:
    return [str(row.code) for row in decision.rows.ledger]


def test_the_offer_starts_both_clocks_in_the_units_own_hours() -> None:
    """Four working hours from 09:00 with a lunch break end at 15:00; the clock runs from the offer."""
    decision = referral.begin(a_referral(offered_at=OFFERED), OFFERED)

    assert decision.answer.accept_by == ACCEPT_BY
    assert decision.answer.complete_by == at("2026-11-19 09:00")
    assert [row.recipient.unit_id for row in decision.rows.tells] == [JUSTICE]


def test_the_first_to_claim_holds_it_and_the_second_learns_who_and_when() -> None:
    """Fifty at once: one wins, the others are told who, when, and what they can do now."""
    winner, loser = an_officer(), an_officer()
    state = held(winner, OFFERED + timedelta(minutes=3))

    with pytest.raises(Conflict) as told:
        referral.make(state, a_move(Move.ACCEPT, loser, OFFERED + timedelta(minutes=4)), OFFERED)

    assert told.value.code == "taken_already"
    assert told.value.params["holder_id"] == winner.account_id
    assert told.value.params["held_since"] == OFFERED + timedelta(minutes=3)
    assert told.value.params["possible"] == (Move.DECLINE, Move.NOTE)


def test_only_a_member_of_the_receiving_unit_may_claim() -> None:
    """Rights are those of the unit acted for."""
    with pytest.raises(Forbidden):
        referral.make(offered(), a_move(Move.ACCEPT, an_officer("test_place:police"), OFFERED), OFFERED)


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


def test_declining_needs_a_reason() -> None:
    """Acceptance: a rejection without reason is 422."""
    with pytest.raises(Invalid):
        referral.decline(offered(), replace(a_refusal(an_officer(), OFFERED), reason=""), OFFERED)


def test_a_declined_referral_goes_to_the_next_unit_with_clocks_of_its_own() -> None:
    """Re-routed by policy, the requester told."""
    decision = referral.decline(offered(), a_refusal(an_officer(), OFFERED), OFFERED)

    assert (decision.answer.unit_id, decision.answer.status) == (OFFICE, Status.OFFERED)
    assert ledger(decision) == ["decline", LedgerCode.OFFERED]


def test_the_third_decline_forces_the_coordinators_ruling_which_cannot_be_declined() -> None:
    """Ping-pong ends: the coordinator names the unit (指定承办单位)."""
    state = offered()
    for unit in (JUSTICE, OFFICE, OFFICE):
        state = referral.decline(state, a_refusal(an_officer(unit), OFFERED), OFFERED).state
    assert state.status is Status.TO_RULE

    ruled = referral.appoint(state, a_ruling(OFFERED), OFFERED).state
    assert (ruled.status, ruled.unit_id) == (Status.OFFERED, JUSTICE)
    with pytest.raises(Conflict, match="appointed_cannot_decline"):
        referral.decline(ruled, a_refusal(an_officer(), OFFERED), OFFERED)


def test_a_kind_without_confirmation_is_closed_by_its_outcome() -> None:
    """待确认 is only for kinds that ask for it."""
    assert completed(an_officer()).answer.status is Status.CLOSED


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


def test_an_unknown_outcome_is_refused() -> None:
    """Outcomes are the kind's own."""
    officer = an_officer()
    with pytest.raises(Invalid, match="unknown_outcome"):
        referral.complete(held(officer), an_outcome(officer, OFFERED, "wished_away"), OFFERED)


def test_a_chase_cannot_be_completed_by_its_holder() -> None:
    """Domain §0.2-2: the chase ends by a contact that counts or a checked state."""
    officer = an_officer()
    state = held(officer, kind=a_chase())
    with pytest.raises(Conflict, match="ends_by_fact_only"):
        referral.complete(state, an_outcome(officer, OFFERED), OFFERED)

    ended = referral.follow(state, a_followed_fact(Move.CONCLUDE, OFFERED), OFFERED)
    assert (ended.answer.status, ended.state.outcome) == (Status.CLOSED, "contact")


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


@pytest.mark.parametrize(("move", "unit"), [(Move.WITHDRAW, OFFICE), (Move.SEND_BACK, OFFICE)])
def test_taking_back_and_sending_back_need_a_reason(move: Move, unit: str) -> None:
    """Bad input is named before anything is written."""
    done = completed(an_officer(), needs_confirmation=True).state
    state = done if move is Move.SEND_BACK else offered()
    with pytest.raises(Invalid, match="reason_needed"):
        referral.make(state, a_move(move, an_officer(unit), OFFERED), OFFERED)


def test_a_withdrawn_referral_rests() -> None:
    """已撤回: no clock runs, nobody is told further."""
    gone = referral.make(
        offered(), a_move(Move.WITHDRAW, an_officer(OFFICE), OFFERED, reason="mistake"), OFFERED
    )

    assert (gone.answer.status, gone.due) == (Status.WITHDRAWN, None)


def test_a_breach_is_recorded_once_with_the_unit_that_was_to_act() -> None:
    """The breach is kept for ever, whoever gets the referral later."""
    breached = referral.tick(offered(), ACCEPT_BY + timedelta(seconds=2)).state
    moved = referral.appoint(breached, a_ruling(ACCEPT_BY + timedelta(hours=1), OFFICE), ACCEPT_BY).state

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


def test_a_fact_for_a_referral_that_has_ended_changes_nothing() -> None:
    """The relay delivers at least once, and sometimes late."""
    done = completed(an_officer()).state
    again = referral.follow(done, a_followed_fact(Move.CONCLUDE, OFFERED), OFFERED)

    assert again.rows.ledger == ()
    assert again.state.outcome == "advised"


def test_urging_is_counted_and_tells_the_unit() -> None:
    """催办: counted and visible."""
    moment = OFFERED + timedelta(minutes=5)
    decision = referral.make(offered(), a_move(Move.URGE, an_officer(OFFICE), moment), moment)

    assert decision.state.urged == 1
    assert [row.recipient.unit_id for row in decision.rows.tells] == [JUSTICE]


def test_the_ledger_reads_in_the_order_in_which_things_happened() -> None:
    """What fell due before somebody acted is passed first."""
    decision = referral.make(
        offered(), a_move(Move.ACCEPT, an_officer(), ACCEPT_BY + timedelta(minutes=1)), ACCEPT_BY
    )

    assert [row.at for row in decision.rows.ledger] == sorted(row.at for row in decision.rows.ledger)
    assert ledger(decision)[-1] == Move.ACCEPT


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


@pytest.mark.parametrize("status", [status for status in Status if not status.is_open])
def test_nothing_can_be_done_to_what_has_ended(status: Status) -> None:
    """A terminal state stays."""
    assert possible(status, frozenset(Party)) == ()


def test_every_move_has_a_party_and_a_place_in_the_table() -> None:
    """The life of a referral is one table (style rule 18)."""
    assert {move for _, move in TABLE} == set(Move) == set(PERMITTED)


steps = st.lists(
    st.tuples(st.sampled_from(["accept", "release", "note", "urge", "tick"]), st.integers(0, 400))
)


@given(steps)
def test_whatever_is_tried_rungs_come_once_and_in_order(tried: list[tuple[str, int]]) -> None:
    """Unique (clock, turn, rung), rising within a turn."""
    officer, moment, state = an_officer(), OFFERED, offered(kind=a_chase())
    rungs = []
    for name, pause in tried:
        moment += timedelta(minutes=pause)
        decision = _tried(state, name, officer, moment)
        rungs += [(row.clock, row.turn, row.number) for row in decision.rows.rungs]
        state = decision.state

    assert rungs == sorted(set(rungs))


def _tried(state: ReferralState, name: str, officer: Actor, moment: datetime) -> ReferralDecision:
    if name == "tick":
        return referral.tick(state, moment)
    actor = replace(officer, unit_id=OFFICE) if name == "urge" else officer
    try:
        return referral.make(state, a_move(Move(name), actor, moment, note_id=uuid4()), moment)
    except Conflict:
        return referral.tick(state, moment)
