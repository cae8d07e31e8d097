"""The elder moves within the place: work nobody works on by name goes along, and both units learn of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.codes import Urgency
from shared.domain.referral import referral, routing
from shared.domain.referral.commands import FollowFact, Onward
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.state import Breach, ClockName, ReferralState
from tests.builders import COORDINATORS, JUSTICE, OFFICE, a_move, an_officer, an_outcome
from tests.domain.referrals import OFFERED, held, ledger, offered

MOVED_AT = OFFERED + timedelta(minutes=30)
THERE = "370302115202"
NEXT = "zibo_zichuan:justice_next"


def moved(state: ReferralState, unit_id: str = NEXT) -> ReferralDecision:
    onward = Onward(area_code=THERE, unit_id=unit_id, kind=replace(state.kind, policy_hash="new"))
    fact = FollowFact(
        request_id="moved", move=Move.HAND_OVER, at=MOVED_AT, reason="elder_moved", onward=onward
    )
    return routing.follow(state, fact, MOVED_AT)


def told(decision: ReferralDecision) -> list[tuple[str, str]]:
    return [(row.code, row.recipient.unit_id) for row in decision.rows.tells]


def test_what_was_offered_goes_to_the_unit_there_with_clocks_of_its_own() -> None:
    """Acceptance: exactly one unit is responsible at any instant."""
    done = moved(offered())

    assert (done.state.unit_id, done.state.area_code, done.state.kind.policy_hash) == (NEXT, THERE, "new")
    assert done.state.status is Status.OFFERED
    clock = done.state.clock(ClockName.ACCEPT)
    assert clock is not None
    assert clock.started_at == MOVED_AT
    assert told(done) == [("told_hand_over", JUSTICE), ("offered", NEXT)]
    assert ledger(done)[-2:] == [Move.HAND_OVER, "offered"]


def test_what_somebody_holds_is_handed_over_too_and_old_breaches_stay_with_the_old_unit() -> None:
    late = Breach(clock=ClockName.ACCEPT, turn=1, limit_at=OFFERED, unit_id=JUSTICE)
    done = moved(replace(held(an_officer()), breaches=(late,)))

    assert (done.state.status, done.state.holder_id, done.state.unit_id) == (Status.OFFERED, None, NEXT)
    assert done.state.breaches == (late,)


def test_urgent_work_in_hand_is_taken_from_nobody_and_the_coordinator_learns_of_it() -> None:
    in_hand = held(an_officer())
    in_hand = replace(in_hand, kind=replace(in_hand.kind, urgency=Urgency.URGENT))

    done = moved(in_hand)

    assert (done.state.holder_id, done.state.unit_id) == (in_hand.holder_id, JUSTICE)
    assert done.state.area_code == THERE
    assert told(done) == [("elder_moved", COORDINATORS)]
    assert done.state.clocks == in_hand.clocks


@pytest.mark.parametrize("named", [{"is_appointed": True}, {"lead_id": an_officer().account_id}])
def test_work_asked_of_one_unit_by_name_stays_with_it(named: dict[str, object]) -> None:
    """指定承办单位, 协办: a person chose the unit, not the address."""
    done = moved(replace(offered(), **named))

    assert (done.state.unit_id, done.state.area_code) == (JUSTICE, THERE)
    assert told(done) == [("elder_moved", COORDINATORS)]


def test_a_result_that_waits_for_its_confirmation_stays_where_it_was_reached() -> None:
    officer = an_officer()
    waiting = held(officer)
    waiting = replace(waiting, kind=replace(waiting.kind, needs_confirmation=True))
    waiting = referral.complete(waiting, an_outcome(officer, OFFERED), OFFERED).state

    done = moved(waiting)

    assert (done.state.status, done.state.unit_id, done.state.outcome) == (
        Status.COMPLETED,
        JUSTICE,
        "advised",
    )


def test_the_same_unit_there_is_told_nothing_and_loses_nothing() -> None:
    before = held(an_officer())
    done = moved(before, JUSTICE)

    assert replace(done.state, area_code=before.area_code, seq=before.seq) == before
    assert (done.rows.ledger, done.rows.tells) == ((), ())


def test_a_search_that_sleeps_goes_along_without_waking_anybody() -> None:
    asleep = replace(offered(), turns=0, clocks=(), suspended_at=OFFERED)

    done = moved(asleep)

    assert (done.state.unit_id, done.state.clocks, done.due) == (NEXT, (), None)
    assert told(done) == []


def test_a_referral_that_has_ended_stays_as_it_is() -> None:
    withdraw = a_move(Move.WITHDRAW, an_officer(OFFICE), OFFERED, reason="mistake")
    ended = referral.make(offered(), withdraw, OFFERED).state

    assert moved(ended).state.unit_id == JUSTICE
