"""What a referral tells of itself, word for word: each refusal, line, rung, notice and ending."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from shared.domain.errors import Conflict, Forbidden, Invalid, RuleBroken
from shared.domain.plan import Recipient
from shared.domain.referral import referral, routing
from shared.domain.referral.clocks import members
from shared.domain.referral.commands import Decline
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import EndingRow, LedgerCode, LedgerRow
from shared.domain.referral.state import ClockName, ReferralState
from tests.builders import (
    COORDINATORS,
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
from tests.domain.referrals import OFFERED, completed, held, offered

OFFICER = an_officer()
NOTE = uuid4()
LATER = OFFERED + timedelta(minutes=30)


def told(decision: referral.ReferralDecision) -> list[tuple[str, str, Recipient]]:
    return [(row.key, row.code, row.recipient) for row in decision.rows.tells]


def moved(state: ReferralState, move: Move, **said: object) -> referral.ReferralDecision:
    return referral.make(state, a_move(move, OFFICER, LATER, **said), LATER)


def confirmed() -> ReferralState:
    return completed(OFFICER, needs_confirmation=True).state


def refused_by(ask: Callable[[], object]) -> RuleBroken:
    with pytest.raises(RuleBroken) as found:
        ask()
    return found.value


def a_refusal_of(state: ReferralState, **said: object) -> Decline:
    return replace(a_refusal(an_officer(state.unit_id), LATER), **said)


@pytest.mark.parametrize(
    ("ask", "error", "code", "params"),
    [
        (
            lambda: moved(offered(), Move.CONFIRM),
            Conflict,
            "move_not_possible",
            {
                "move": Move.CONFIRM,
                "status": Status.OFFERED,
                "possible": (Move.ACKNOWLEDGE, Move.ACCEPT, Move.DECLINE, Move.NOTE),
            },
        ),
        (
            lambda: moved(held(an_officer()), Move.RELEASE),
            Forbidden,
            "move_not_permitted",
            {"move": Move.RELEASE, "possible": (Move.DECLINE, Move.NOTE)},
        ),
        (
            lambda: routing.decline(offered(), a_refusal_of(offered(), reason=""), LATER),
            Invalid,
            "reason_needed",
            {"move": Move.DECLINE},
        ),
        (
            lambda: routing.decline(replace(offered(), is_appointed=True), a_refusal_of(offered()), LATER),
            Conflict,
            "appointed_cannot_decline",
            {"unit_id": JUSTICE},
        ),
        (
            lambda: referral.complete(held(OFFICER, kind=a_chase()), an_outcome(OFFICER, LATER), LATER),
            Conflict,
            "ends_by_fact_only",
            {"kind": "chase"},
        ),
        (
            lambda: referral.complete(held(OFFICER), replace(an_outcome(OFFICER, LATER), outcome="x"), LATER),
            Invalid,
            "unknown_outcome",
            {"outcomes": ("advised", "forwarded")},
        ),
        (
            lambda: referral.make(confirmed(), a_move(Move.SEND_BACK, an_officer(OFFICE), LATER), LATER),
            Invalid,
            "reason_needed",
            {"move": Move.SEND_BACK},
        ),
        (
            lambda: referral.make(offered(), a_move(Move.WITHDRAW, an_officer(OFFICE), LATER), LATER),
            Invalid,
            "reason_needed",
            {"move": Move.WITHDRAW},
        ),
        (
            lambda: referral.make(
                offered(kind=a_chase()), a_move(Move.WITHDRAW, an_officer(OFFICE), LATER, reason="x"), LATER
            ),
            Conflict,
            "ends_by_fact_only",
            {"kind": "chase"},
        ),
    ],
)
def test_a_refusal_says_by_which_rule_and_what_one_can_do_now(
    ask: Callable[[], object], error: type[RuleBroken], code: str, params: dict[str, object]
) -> None:
    refusal = refused_by(ask)

    assert (type(refusal), refusal.code, refusal.params) == (error, code, params)


def test_an_offer_and_a_move_are_lines_with_all_that_was_said() -> None:
    begun = referral.begin(replace(offered(), clocks=(), turns=0, seq=0), OFFERED)
    assert begun.rows.ledger == (LedgerRow(at=OFFERED, code=LedgerCode.OFFERED, unit_id=JUSTICE),)
    assert told(begun) == [("offered/0", "offered", members(JUSTICE))]

    line = LedgerRow(
        at=LATER,
        code=Move.NOTE,
        account_id=OFFICER.account_id,
        unit_id=JUSTICE,
        detail="phoned",
        note_id=NOTE,
    )
    assert moved(offered(), Move.NOTE, reason="phoned", note_id=NOTE).rows.ledger == (line,)


def test_a_refused_offer_is_a_line_and_the_side_that_asked_is_told() -> None:
    command = a_refusal_of(offered(), note_id=NOTE)
    decision = routing.decline(offered(), command, LATER)

    refused, again = decision.rows.ledger
    assert (refused.detail, refused.note_id, refused.code) == (command.reason, NOTE, Move.DECLINE)
    assert (again.at, again.code, again.unit_id) == (LATER, LedgerCode.OFFERED, command.next_unit_id)
    assert decision.state.kind == command.next_kind
    assert (decision.state.status, decision.state.holder_id) == (Status.OFFERED, None)
    assert (decision.state.held_since, decision.state.acknowledged_at) == (None, None)


def test_a_stated_outcome_is_a_line_and_what_follows_waits_for_the_end() -> None:
    """Nothing follows from an outcome before the work has ended (办结之后)."""
    open_one, closed = completed(OFFICER, needs_confirmation=True), completed(OFFICER)
    done_at = OFFERED + timedelta(minutes=30)

    assert open_one.rows.endings == ()
    assert closed.rows.endings == (
        EndingRow(outcome="advised", account_id=OFFICER.account_id, unit_id=JUSTICE, at=done_at),
    )
    [line] = closed.rows.ledger
    assert (line.code, line.detail, line.at) == (Move.COMPLETE, "advised", done_at)
    assert closed.state.clocks == ()
    [row] = closed.rows.tells
    assert (row.key, row.code, row.recipient) == (
        f"complete/{closed.state.seq}",
        "told_complete",
        members(OFFICE),
    )
    accepted = referral.make(open_one.state, a_move(Move.CONFIRM, an_officer(OFFICE), LATER), LATER)
    assert [row.at for row in accepted.rows.endings] == [LATER]
    assert accepted.state.clocks == ()


def test_work_that_was_withdrawn_has_no_clock_and_no_ending() -> None:
    decision = referral.make(
        held(OFFICER), a_move(Move.WITHDRAW, an_officer(OFFICE), LATER, reason="not_needed"), LATER
    )

    assert (decision.state.clocks, decision.rows.endings) == ((), ())


def test_work_sent_back_goes_on_without_its_outcome() -> None:
    again = moved_back()

    assert (again.state.outcome, again.state.status) == ("", Status.ACCEPTED)
    clock = again.state.clock(ClockName.COMPLETE)
    assert clock is not None
    assert (clock.started_at, clock.turn, again.state.turns) == (LATER, 3, 3)


def moved_back() -> referral.ReferralDecision:
    command = a_move(Move.SEND_BACK, an_officer(OFFICE), LATER, reason="not_solved")
    return referral.make(confirmed(), command, LATER)


def test_a_first_acknowledgement_is_kept() -> None:
    first = moved(offered(), Move.ACKNOWLEDGE).state
    again = referral.make(first, a_move(Move.ACKNOWLEDGE, OFFICER, LATER + timedelta(hours=1)), LATER).state

    assert (first.acknowledged_at, again.acknowledged_at) == (LATER, LATER)


def test_what_a_fact_ends_keeps_the_fact_as_its_outcome_and_sleeps_no_more() -> None:
    asleep = referral.follow(offered(kind=a_chase()), a_followed_fact(Move.SUSPEND, LATER), LATER).state
    fact = a_followed_fact(Move.CONCLUDE, LATER)
    ended = referral.follow(asleep, fact, LATER)

    assert (ended.state.outcome, ended.state.suspended_at, ended.state.clocks) == (fact.reason, None, ())
    [line] = ended.rows.ledger
    assert (line.at, line.code, line.detail, line.note_id) == (
        LATER,
        Move.CONCLUDE,
        fact.reason,
        fact.fact_id,
    )


def test_a_ruling_is_a_line_that_names_the_unit() -> None:
    command = replace(a_ruling(LATER), note_id=NOTE)
    decision = routing.appoint(offered(), command, LATER)

    ruling, again = decision.rows.ledger
    assert (ruling.code, ruling.detail, ruling.note_id) == (Move.APPOINT, command.unit_id, NOTE)
    assert (again.code, again.unit_id) == (LedgerCode.OFFERED, command.unit_id)


def test_when_nobody_is_left_to_ask_the_coordinator_is_told() -> None:
    decision = routing.decline(offered(), a_refusal_of(offered(), next_kind=None), LATER)

    assert [row.code for row in decision.rows.ledger] == [Move.DECLINE, LedgerCode.NEEDS_RULING]
    assert decision.rows.ledger[1].at == LATER
    assert decision.rows.ledger[1].unit_id == COORDINATORS
    assert told(decision) == [("ruling/1", "needs_ruling", members(COORDINATORS))]
    assert decision.state.status is Status.TO_RULE
    assert decision.state.clock(ClockName.ACCEPT) is None
