"""What a move leaves behind besides its status: clocks begun anew, whom it tells, what a refusal says."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from shared.domain.codes import RecipientRole
from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import Join
from shared.domain.referral import pausing, referral
from shared.domain.referral.commands import Complete, SupportTerms
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.state import Actor, ClockName, ReferralState
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    OFFICE,
    a_kind,
    a_move,
    an_officer,
    an_outcome,
    at,
    working_hours,
)
from tests.domain.referrals import OFFERED, completed, held, offered
from tests.handling import a_pause, a_wish_for_time

HEALTH = "test_place:health_centre"
PAUSED_AT, NEXT_DAY = at("2026-11-17 16:00"), at("2026-11-18 09:00")
MONDAY = date(2026, 11, 23)


def idle_limit(state: ReferralState) -> object:
    clock = state.clock(ClockName.IDLE)
    return clock.limit_at if clock else None


def watched(officer: Actor) -> ReferralState:
    """Work whose claim lapses after eight working hours without a word."""
    accept = a_move(Move.ACCEPT, officer, OFFERED, idle_after=working_hours(8))
    return referral.make(offered(), accept, OFFERED).state


def test_a_supporter_s_referral_opens_with_the_command_that_asked_for_it() -> None:
    officer, terms = an_officer(), SupportTerms(referral_id=uuid4(), unit_id=HEALTH, join=Join.ALL)
    asked = referral.make(held(officer), a_move(Move.ASK_SUPPORT, officer, OFFERED, support=terms), OFFERED)

    assert [(row.referral_id, row.unit_id, row.at) for row in asked.rows.supports] == [
        (terms.referral_id, HEALTH, OFFERED)
    ]
    note = a_move(Move.NOTE, officer, OFFERED, support=terms)
    assert referral.make(asked.state, note, OFFERED).rows.supports == ()
    with pytest.raises(Conflict) as refused:
        referral.complete(asked.state, an_outcome(officer, OFFERED), OFFERED)
    assert (refused.value.code, refused.value.params) == ("supporters_open", {"units": (HEALTH,), "count": 1})


def test_who_parts_says_when() -> None:
    officer = an_officer()
    done = referral.complete(held(officer, lead_id=uuid4()), an_outcome(officer, OFFERED), OFFERED)

    assert [row.at for row in done.rows.partings] == [OFFERED]


def test_claiming_acknowledges_what_nobody_had_and_leaves_an_earlier_mark() -> None:
    """Domain §0.2-2: to acknowledge and to claim are two things; who claims has acknowledged."""
    officer, claimed_at = an_officer(), OFFERED + timedelta(minutes=20)
    seen = referral.make(offered(), a_move(Move.ACKNOWLEDGE, an_officer(), OFFERED), OFFERED).state

    assert held(officer, claimed_at).acknowledged_at == claimed_at
    claimed = referral.make(seen, a_move(Move.ACCEPT, officer, claimed_at), claimed_at).state
    assert claimed.acknowledged_at == OFFERED


def test_the_level_that_an_assessment_found_goes_with_its_ending_and_is_open_again_when_sent_back() -> None:
    officer = an_officer()
    told = Complete(request_id="1", actor=officer, acted_at=NEXT_DAY, outcome="advised", level="moderate")
    done = referral.complete(held(officer), told, NEXT_DAY)
    assert [(row.outcome, row.level, row.at) for row in done.rows.endings] == [
        ("advised", "moderate", NEXT_DAY)
    ]

    waiting = referral.complete(held(officer, kind=a_kind(needs_confirmation=True)), told, NEXT_DAY).state
    back = a_move(Move.SEND_BACK, an_officer(OFFICE), NEXT_DAY, reason="not_solved")
    again = referral.make(waiting, back, NEXT_DAY)
    assert (waiting.level, again.state.outcome, again.state.level) == ("moderate", "", "")


def test_confirming_stops_every_clock() -> None:
    waiting = completed(an_officer(), needs_confirmation=True)
    done = referral.make(waiting.state, a_move(Move.CONFIRM, an_officer(OFFICE), NEXT_DAY), NEXT_DAY)

    assert (done.answer.status, done.state.clocks, done.due) == (Status.CLOSED, (), None)


def test_whoever_works_on_is_idle_from_then_on() -> None:
    """A claim lapses after silence; going on after a pause is a word."""
    officer = an_officer()
    state = watched(officer)
    assert idle_limit(state) == at("2026-11-18 10:00")
    paused = pausing.pause(state, a_pause(officer, PAUSED_AT, MONDAY), PAUSED_AT).state
    going = referral.make(paused, a_move(Move.GO_ON, officer, NEXT_DAY), NEXT_DAY).state
    assert idle_limit(going) == at("2026-11-19 10:00")

    noted = referral.make(state, a_move(Move.NOTE, officer, NEXT_DAY), NEXT_DAY).state
    urged = referral.make(state, a_move(Move.NOTE, an_officer(OFFICE), NEXT_DAY), NEXT_DAY).state
    assert (idle_limit(noted), idle_limit(urged)) == (at("2026-11-19 10:00"), idle_limit(state))


@pytest.mark.parametrize("move", [Move.NOTE, Move.TELL_ELDER])
def test_what_is_done_and_waits_to_be_confirmed_idles_no_more(move: Move) -> None:
    """回告 is said once the work is done: it went back to the unit when nobody had confirmed it for days."""
    officer = an_officer()
    kind = a_kind(needs_confirmation=True)
    claim = a_move(Move.ACCEPT, officer, OFFERED, idle_after=working_hours(8))
    at_work = referral.make(offered(kind=kind), claim, OFFERED).state
    done = referral.complete(at_work, an_outcome(officer, OFFERED), OFFERED).state
    said = referral.make(done, a_move(move, officer, NEXT_DAY), NEXT_DAY)

    assert (said.due, idle_limit(said.state)) == (None, None)


def test_an_answer_about_more_time_goes_to_the_holder_and_the_wish_is_gone() -> None:
    officer = an_officer()
    asked = pausing.ask_time(held(officer), a_wish_for_time(officer, PAUSED_AT), PAUSED_AT).state
    refused = referral.make(asked, a_move(Move.REFUSE_TIME, an_officer(COORDINATORS), NEXT_DAY), NEXT_DAY)

    told = [row.recipient for row in refused.rows.tells if row.code == "told_refuse_time"]
    assert [recipient.role for recipient in told] == [RecipientRole.HOLDER]
    assert refused.state.asked_time is None
    anew = pausing.ask_time(refused.state, a_wish_for_time(officer, NEXT_DAY), NEXT_DAY)
    assert anew.state.asked_time is not None


def test_what_is_a_matter_of_the_holder_alone_tells_nobody_else() -> None:
    officer = an_officer()
    noted = referral.make(held(officer), a_move(Move.NOTE, officer, OFFERED), OFFERED)

    assert noted.rows.tells == ()


def test_a_cause_is_named_for_the_oldest_breach_and_for_no_other() -> None:
    officer = an_officer()
    late = referral.tick(held(officer, at("2026-11-17 15:30")), at("2026-11-20 09:00")).state
    assert [breach.clock for breach in late.breaches] == [ClockName.ACCEPT, ClockName.COMPLETE]
    moment = at("2026-11-20 09:30")
    named = referral.make(late, a_move(Move.NAME_CAUSE, officer, moment, reason="short_of_staff"), moment)

    assert [(breach.clock, breach.cause) for breach in named.state.breaches] == [
        (ClockName.ACCEPT, "short_of_staff"),
        (ClockName.COMPLETE, ""),
    ]


def test_a_pause_says_its_ground_and_date_in_the_ledger_and_stands_still_from_then_on() -> None:
    officer = an_officer()
    decision = pausing.pause(held(officer), a_pause(officer, PAUSED_AT, MONDAY), PAUSED_AT)
    (line,) = [row for row in decision.rows.ledger if row.code == Move.PAUSE]

    assert (line.detail, line.at) == ("awaiting_papers/2026-11-23", PAUSED_AT)
    assert decision.state.paused is not None
    assert (decision.state.paused.ground, decision.state.paused.since) == ("awaiting_papers", PAUSED_AT)
    with pytest.raises(Conflict) as refused:
        pausing.pause(decision.state, a_pause(officer, NEXT_DAY, MONDAY), NEXT_DAY)
    assert (refused.value.code, refused.value.params) == ("paused_already", {"until": at("2026-11-23 08:30")})


def test_a_pause_that_may_not_be_says_how_much_was_left() -> None:
    """Thirty days in all, of which fifteen are used: none is left of the second fifteen but those."""
    officer = an_officer()
    first = pausing.pause(held(officer), a_pause(officer, PAUSED_AT, date(2026, 12, 2)), PAUSED_AT).state
    over = referral.tick(first, at("2026-12-02 08:30")).state
    moment = at("2026-12-02 09:00")
    with pytest.raises(Conflict) as long:
        pausing.pause(over, a_pause(officer, moment, date(2026, 12, 18)), moment)
    assert (long.value.code, long.value.params) == ("paused_too_long", {"days": 16, "at_most": 15})

    again = pausing.pause(over, a_pause(officer, moment, date(2026, 12, 3)), moment).state
    going = referral.make(again, a_move(Move.GO_ON, officer, moment), moment).state
    with pytest.raises(Conflict) as often:
        pausing.pause(going, a_pause(officer, moment, date(2026, 12, 3)), moment)
    assert (often.value.code, often.value.params) == ("paused_too_often", {"times": 2, "at_most": 2})


def test_a_limit_that_has_passed_is_named_to_who_wants_to_stand_still() -> None:
    officer, late = an_officer(), at("2026-11-19 09:01")
    with pytest.raises(Conflict) as refused:
        pausing.pause(held(officer), a_pause(officer, late, MONDAY), late)

    assert (refused.value.code, refused.value.params) == (
        "limit_passed",
        {"limit_at": at("2026-11-19 09:00")},
    )


@pytest.mark.parametrize("move", [Move.NAME_CAUSE, Move.SEND_BACK])
def test_what_needs_a_reason_says_so(move: Move) -> None:
    officer = an_officer(OFFICE if move is Move.SEND_BACK else JUSTICE)
    state = (
        completed(an_officer(), needs_confirmation=True).state if move is Move.SEND_BACK else held(officer)
    )
    with pytest.raises(Invalid) as refused:
        referral.make(state, a_move(move, officer, NEXT_DAY), NEXT_DAY)

    assert (refused.value.code, refused.value.params) == ("reason_needed", {"move": move})
