"""From hand to hand: reassigned, stood in for, left idle, offered to nobody, ruled upon in time or not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.codes import RecipientRole
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.referral import handing, pausing, referral, routing
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import LedgerCode
from shared.domain.referral.state import ClockName
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    OFFICE,
    a_chase,
    a_move,
    a_refusal,
    a_ruling,
    an_officer,
    an_outcome,
    at,
    working_hours,
)
from tests.domain.referrals import OFFERED, held, ledger, offered
from tests.handling import a_delegation, a_lead, a_reassignment, a_wish_for_time

MOMENT = OFFERED + timedelta(minutes=30)
IDLE = Limit(amount=2, unit=LimitUnit.WORKING_DAYS)
TODAY, TOMORROW = date(2026, 11, 17), date(2026, 11, 18)


def test_the_lead_reassigns_within_the_unit_and_both_learn() -> None:
    """转办: who had it and who has it now are told; the accept clock stays stopped."""
    was, to = an_officer(), an_officer()
    given = handing.reassign(
        held(was), a_reassignment(a_lead(), MOMENT, to_id=to.account_id, held_by=was.account_id), MOMENT
    )

    assert (given.answer.holder_id, given.answer.held_since) == (to.account_id, MOMENT)
    assert {row.account_id for row in given.rows.tells} == {was.account_id, to.account_id}
    assert given.rows.ledger[-1].other_id == to.account_id


def test_the_lead_assigns_what_nobody_has_claimed() -> None:
    """指派: the claim is the lead's, and it is in time."""
    to = an_officer()
    given = handing.reassign(offered(), a_reassignment(a_lead(), MOMENT, to_id=to.account_id), MOMENT)

    assert (given.answer.status, given.answer.holder_id) == (Status.ACCEPTED, to.account_id)
    assert given.state.clock(ClockName.ACCEPT) is None


@pytest.mark.parametrize("actor", [an_officer(), a_lead(OFFICE)])
def test_only_who_leads_the_unit_reassigns(actor: object) -> None:
    with pytest.raises(Forbidden):
        handing.reassign(
            offered(),
            replace(a_reassignment(a_lead(), MOMENT, to_id=an_officer().account_id), actor=actor),
            MOMENT,
        )


def test_of_two_reassignments_at_once_one_wins_and_the_other_learns_who_has_it() -> None:
    """Acceptance: two reassignments at once have one outcome."""
    was, first, second = an_officer(), an_officer(), an_officer()
    state = held(was)
    asked = [
        a_reassignment(a_lead(), MOMENT, to_id=to.account_id, held_by=was.account_id)
        for to in (first, second)
    ]
    won = handing.reassign(state, asked[0], MOMENT)

    with pytest.raises(Conflict, match="taken_already") as told:
        handing.reassign(won.state, asked[1], MOMENT)

    assert told.value.params["holder_id"] == first.account_id


def test_a_reassignment_against_a_completion_has_one_outcome_whichever_comes_first() -> None:
    """Acceptance: either completed by the worker or moved; never both; the loser learns the state."""
    was, to = an_officer(), an_officer()
    asked = a_reassignment(a_lead(), MOMENT, to_id=to.account_id, held_by=was.account_id)
    done = referral.complete(held(was), an_outcome(was, MOMENT), MOMENT)
    with pytest.raises(Conflict, match="move_not_possible"):
        handing.reassign(done.state, asked, MOMENT)

    moved = handing.reassign(held(was), asked, MOMENT)
    with pytest.raises(Conflict, match="taken_already") as told:
        referral.complete(moved.state, an_outcome(was, MOMENT), MOMENT)
    assert told.value.params["holder_id"] == to.account_id


def test_who_stands_in_acts_as_the_holder_on_those_days_alone_and_both_names_are_kept() -> None:
    """委托 from–to: dated, both names in the ledger."""
    holder, stand_in = an_officer(), an_officer()
    days = {"from_on": TOMORROW, "to_on": TOMORROW}
    state = handing.delegate(
        held(holder), a_delegation(holder, MOMENT, to_id=stand_in.account_id, **days), MOMENT
    ).state

    with pytest.raises(Conflict, match="taken_already"):
        referral.complete(state, an_outcome(stand_in, MOMENT), MOMENT)
    then = at("2026-11-18 10:00")
    done = referral.complete(state, an_outcome(stand_in, then), then)
    assert done.rows.ledger[-1].account_id == stand_in.account_id
    assert done.rows.ledger[-1].other_id == holder.account_id
    assert done.rows.endings[0].account_id == holder.account_id


def test_who_stood_in_for_one_does_not_stand_in_for_the_next() -> None:
    """The stand-in was the holder's choice, and the lead has named another holder."""
    holder, stand_in, to = an_officer(), an_officer(), an_officer()
    days = {"from_on": TODAY, "to_on": TOMORROW}
    lent = handing.delegate(
        held(holder), a_delegation(holder, MOMENT, to_id=stand_in.account_id, **days), MOMENT
    ).state
    order = a_reassignment(a_lead(), MOMENT, to_id=to.account_id, held_by=holder.account_id)
    given = handing.reassign(lent, order, MOMENT).state

    with pytest.raises(Conflict, match="taken_already"):
        referral.complete(given, an_outcome(stand_in, MOMENT), MOMENT)


@pytest.mark.parametrize(("from_on", "to_on"), [(TOMORROW, TODAY), (date(2026, 11, 16), TOMORROW)])
def test_a_delegation_needs_days_that_are_still_to_come(from_on: date, to_on: date) -> None:
    holder = an_officer()
    asked = a_delegation(holder, MOMENT, to_id=an_officer().account_id, from_on=from_on, to_on=to_on)
    with pytest.raises(Invalid, match="delegation_days"):
        handing.delegate(held(holder), asked, MOMENT)


def test_a_claim_of_which_nobody_hears_goes_back_to_the_unit() -> None:
    """Claims idle too long go back to the pool, and who had it learns."""
    officer = an_officer()
    claim = a_move(Move.ACCEPT, officer, OFFERED, idle_after=IDLE)
    state = referral.make(offered(), claim, OFFERED).state
    left = referral.tick(state, at("2026-11-19 09:00"))

    assert (left.answer.status, left.answer.holder_id) == (Status.OFFERED, None)
    assert left.answer.accept_by == at("2026-11-19 15:00")
    [line] = [row for row in left.rows.ledger if row.code == LedgerCode.LEFT_IDLE]
    assert line.other_id == officer.account_id
    assert officer.account_id in {row.account_id for row in left.rows.tells}


def test_who_lets_go_of_work_leaves_nothing_of_theirs_to_the_next() -> None:
    """No stand-in, no wish for time, no word that they had seen it, no clock of theirs."""
    holder, stand_in = an_officer(), an_officer()
    claim = a_move(Move.ACCEPT, holder, OFFERED, idle_after=IDLE)
    state = referral.make(offered(), claim, OFFERED).state
    asked = pausing.ask_time(state, a_wish_for_time(holder, OFFERED), OFFERED).state
    days = {"from_on": TODAY, "to_on": TOMORROW}
    lent = handing.delegate(asked, a_delegation(holder, OFFERED, to_id=stand_in.account_id, **days), OFFERED)
    left = referral.make(lent.state, a_move(Move.RELEASE, holder, MOMENT), MOMENT).state
    taken = referral.make(left, a_move(Move.ACCEPT, an_officer(), MOMENT), MOMENT).state

    assert (left.holder_id, left.held_since, left.acknowledged_at) == (None, None, None)
    assert left.clock(ClockName.IDLE) is None
    with pytest.raises(Conflict, match="taken_already"):
        referral.complete(taken, an_outcome(stand_in, MOMENT), MOMENT)
    with pytest.raises(Forbidden):
        referral.make(taken, a_move(Move.GRANT_TIME, an_officer(COORDINATORS), MOMENT), MOMENT)


@pytest.mark.parametrize("late_by", [0, 1])
def test_a_note_on_the_last_second_keeps_the_claim_and_one_later_finds_it_gone(late_by: int) -> None:
    """Acceptance: idle claim auto-release at T against a word at T and after T."""
    officer = an_officer()
    state = referral.make(offered(), a_move(Move.ACCEPT, officer, OFFERED, idle_after=IDLE), OFFERED).state
    moment = at("2026-11-19 09:00") + timedelta(seconds=late_by)
    decision = referral.make(state, a_move(Move.NOTE, officer, moment), moment)

    assert (decision.answer.holder_id is None) is bool(late_by)


def test_a_unit_in_which_nobody_is_has_no_black_hole() -> None:
    """Issue 4: fallback and an alarm; the coordinator names another unit, within a clock of its own."""
    nobody = routing.unmanned(offered(), OFFERED)

    assert nobody.answer.status is Status.TO_RULE
    assert ledger(nobody) == [LedgerCode.UNMANNED, LedgerCode.NEEDS_RULING]
    assert [row.recipient.unit_id for row in nobody.rows.tells] == [COORDINATORS]


def test_a_search_stays_on_its_ladder_where_its_unit_is_empty() -> None:
    nobody = routing.unmanned(offered(kind=a_chase()), OFFERED)

    assert nobody.answer.status is Status.OFFERED
    assert [row.code for row in nobody.rows.tells][-1] != "needs_ruling"
    assert "vacancy" in [row.code for row in nobody.rows.tells]


def test_a_ruling_has_a_clock_of_its_own_and_its_breach_is_the_coordinators() -> None:
    """指定承办单位 within a clock of its own."""
    refusal = replace(a_refusal(an_officer(), OFFERED), next_kind=None, rule_within=working_hours(4))
    state = routing.decline(offered(), refusal, OFFERED).state
    late = referral.tick(state, at("2026-11-17 15:00"))

    assert state.clock(ClockName.RULING) is not None
    assert [(breach.clock, breach.unit_id) for breach in late.state.breaches] == [
        (ClockName.RULING, COORDINATORS)
    ]
    assert [row.recipient.role for row in late.rows.tells if row.code == "ruling_late"] == [
        RecipientRole.LEAD
    ]
    ruled = routing.appoint(late.state, a_ruling(at("2026-11-17 16:00"), JUSTICE), OFFERED)
    assert ruled.state.clock(ClockName.RULING) is None
