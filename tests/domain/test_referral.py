"""The referral: who may do what, both clocks, the ladder, and what happens at the same instant."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.referral import referral, routing
from shared.domain.referral.moves import PERMITTED, TABLE, Move, Party, Status, possible
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.state import Actor, ReferralState
from tests.builders import (
    JUSTICE,
    OFFICE,
    a_chase,
    a_followed_fact,
    a_move,
    a_refusal,
    a_ruling,
    an_officer,
    an_outcome,
)
from tests.domain.referrals import ACCEPT_BY, OFFERED, completed, held, ledger, offered


def test_the_first_to_claim_holds_it_and_the_second_learns_who_and_when() -> None:
    """Fifty at once: one wins, the others are told who, when, and what they can do now."""
    winner, loser = an_officer(), an_officer()
    state = held(winner, OFFERED + timedelta(minutes=3))

    with pytest.raises(Conflict) as told:
        referral.make(state, a_move(Move.ACCEPT, loser, OFFERED + timedelta(minutes=4)), OFFERED)

    assert told.value.code == "taken_already"
    assert told.value.params["holder_id"] == winner.account_id
    assert told.value.params["held_since"] == OFFERED + timedelta(minutes=3)
    assert told.value.params["possible"] == (Move.NOTE,)


def test_only_a_member_of_the_receiving_unit_may_claim() -> None:
    """Rights are those of the unit acted for."""
    with pytest.raises(Forbidden):
        referral.make(offered(), a_move(Move.ACCEPT, an_officer("test_place:police"), OFFERED), OFFERED)


def test_declining_needs_a_reason() -> None:
    """Acceptance: a rejection without reason is 422."""
    with pytest.raises(Invalid):
        routing.decline(offered(), replace(a_refusal(an_officer(), OFFERED), reason=""), OFFERED)


def test_what_a_colleague_has_is_sent_back_by_that_colleague_or_by_who_leads_the_unit() -> None:
    """退单: nobody else's work is taken off their hands behind their back."""
    holder, colleague, lead = an_officer(), an_officer(), replace(an_officer(), is_lead=True)
    state = held(holder)

    with pytest.raises(Conflict, match="taken_already") as told:
        routing.decline(state, a_refusal(colleague, OFFERED), OFFERED)

    assert told.value.params["holder_id"] == holder.account_id
    for actor in (holder, lead):
        assert routing.decline(state, a_refusal(actor, OFFERED), OFFERED).state.holder_id is None


def test_the_third_decline_forces_the_coordinators_ruling_which_cannot_be_declined() -> None:
    """Ping-pong ends: the coordinator names the unit (指定承办单位)."""
    state = offered()
    for unit in (JUSTICE, OFFICE, OFFICE):
        state = routing.decline(state, a_refusal(an_officer(unit), OFFERED), OFFERED).state
    assert state.status is Status.TO_RULE

    ruled = routing.appoint(state, a_ruling(OFFERED), OFFERED).state
    assert (ruled.status, ruled.unit_id) == (Status.OFFERED, JUSTICE)
    with pytest.raises(Conflict, match="appointed_cannot_decline"):
        routing.decline(ruled, a_refusal(an_officer(), OFFERED), OFFERED)


def test_a_kind_without_confirmation_is_closed_by_its_outcome() -> None:
    """待确认 is only for kinds that ask for it."""
    assert completed(an_officer()).answer.status is Status.CLOSED


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


def test_nobody_calls_off_the_search_for_an_elder() -> None:
    """Domain §0.2-1: a fact ends it, and nobody's change of mind."""
    state = offered(kind=a_chase())
    with pytest.raises(Conflict, match="ends_by_fact_only"):
        referral.make(state, a_move(Move.WITHDRAW, an_officer(OFFICE), OFFERED, reason="mistake"), OFFERED)


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
