"""What is told when work changes hands or more time is asked for, word for word (转办、委托、延期)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.codes import RecipientRole
from shared.domain.errors import Conflict, Invalid, RuleBroken
from shared.domain.kinds import Join
from shared.domain.plan import Recipient
from shared.domain.referral import handing, pausing, referral
from shared.domain.referral.clocks import members
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.rows import LedgerRow, PartingRow, SupportRow
from shared.domain.referral.state import Actor, AskedTime, ClockName, Paused, ReferralState
from tests.builders import COORDINATORS, JUSTICE, OFFICE, a_move, an_officer, an_outcome, at
from tests.domain.referrals import OFFERED, held, offered
from tests.handling import MORE_TIME, a_delegation, a_lead, a_pause, a_reassignment, a_wish_for_time

MOMENT = OFFERED + timedelta(minutes=30)
TODAY, TOMORROW = date(2026, 11, 17), date(2026, 11, 18)
IDLE = Limit(amount=2, unit=LimitUnit.WORKING_DAYS)
HOLDER = Recipient(role=RecipientRole.HOLDER)
WAS, TO, LEAD = an_officer(), an_officer(), a_lead()
HEALTH = "test_place:health_centre"


def reassigned(state: ReferralState, **changes: object) -> ReferralDecision:
    asked = a_reassignment(LEAD, MOMENT, to_id=TO.account_id, held_by=state.holder_id)
    return handing.reassign(state, replace(asked, **changes), MOMENT)


def delegated(state: ReferralState, from_on: date = TODAY, to_on: date = TOMORROW) -> ReferralDecision:
    asked = a_delegation(WAS, MOMENT, to_id=TO.account_id, from_on=from_on, to_on=to_on)
    return handing.delegate(state, asked, MOMENT)


def told(decision: ReferralDecision) -> list[tuple[str, str, Recipient, object]]:
    return [(row.key, row.code, row.recipient, row.account_id) for row in decision.rows.tells]


def refused(ask: Callable[[], object]) -> tuple[type[RuleBroken], str, object]:
    with pytest.raises(RuleBroken) as found:
        ask()
    return type(found.value), found.value.code, found.value.params


def test_a_reassignment_is_one_line_and_tells_who_gets_the_work_and_who_had_it() -> None:
    state = held(WAS)
    given = reassigned(state, note_id=(note_id := uuid4()))

    assert given.rows.ledger == (
        LedgerRow(
            at=MOMENT,
            code=Move.REASSIGN,
            account_id=LEAD.account_id,
            unit_id=JUSTICE,
            note_id=note_id,
            other_id=TO.account_id,
        ),
    )
    number = state.seq + 1
    assert told(given) == [
        (f"told_reassign/{number}", "told_reassign", HOLDER, TO.account_id),
        (f"told_reassigned_away/{number}", "told_reassigned_away", HOLDER, WAS.account_id),
    ]


def test_work_that_nobody_had_is_acknowledged_by_being_given_and_an_earlier_word_stands() -> None:
    """签收: the unit has it from the first sign of it."""
    seen = referral.make(offered(), a_move(Move.ACKNOWLEDGE, WAS, OFFERED), OFFERED).state

    assert reassigned(offered()).state.acknowledged_at == MOMENT
    assert reassigned(seen).state.acknowledged_at == OFFERED


def test_who_is_given_work_is_held_to_the_kinds_own_time_without_a_word() -> None:
    given = reassigned(held(WAS), idle_after=IDLE)
    clock = given.state.clock(ClockName.IDLE)

    assert clock is not None
    assert clock.limit_at == at("2026-11-19 09:30")


def test_nobody_is_given_what_they_hold() -> None:
    assert refused(lambda: reassigned(held(TO))) == (
        Conflict,
        "holds_it_already",
        {"holder_id": TO.account_id},
    )


def test_a_delegation_is_one_line_with_its_days_and_tells_who_stands_in() -> None:
    state = held(WAS)
    given = delegated(state)

    assert given.state.status is Status.ACCEPTED
    assert given.rows.ledger == (
        LedgerRow(
            at=MOMENT,
            code=Move.DELEGATE,
            account_id=WAS.account_id,
            unit_id=JUSTICE,
            detail="2026-11-17/2026-11-18",
            other_id=TO.account_id,
        ),
    )
    assert told(given) == [(f"told_delegate/{state.seq + 1}", "told_delegate", HOLDER, TO.account_id)]


def test_what_fell_due_before_a_delegation_stands_before_it() -> None:
    late = at("2026-11-19 10:00")
    asked = a_delegation(WAS, late, to_id=TO.account_id, from_on=date(2026, 11, 19), to_on=date(2026, 11, 20))
    codes = [row.code for row in handing.delegate(held(WAS), asked, late).rows.ledger]

    assert "breached" in codes
    assert codes[-1] == Move.DELEGATE


@pytest.mark.parametrize(("from_on", "to_on"), [(TOMORROW, TODAY), (TODAY - timedelta(days=1), TOMORROW)])
def test_days_that_are_over_or_the_wrong_way_round_are_refused(from_on: date, to_on: date) -> None:
    assert refused(lambda: delegated(held(WAS), from_on, to_on)) == (Invalid, "delegation_days", {})


@pytest.mark.parametrize("lent_from", [TODAY, TOMORROW])
def test_days_that_would_leave_earlier_ones_without_anybody_are_refused(lent_from: date) -> None:
    """From tomorrow on, it took the place of today's at once: until then nobody stood in."""
    state = delegated(held(WAS), from_on=lent_from, to_on=lent_from).state
    another, late = an_officer().account_id, lent_from + timedelta(days=1)
    days = {"to_id": another, "to_on": late}
    code, params = refused(
        lambda: handing.refuse_gap(state, a_delegation(WAS, MOMENT, from_on=late, **days))
    )[1:]

    assert (code, params) == ("delegation_gap", {"begins_on": lent_from.isoformat()})
    handing.refuse_gap(state, a_delegation(WAS, MOMENT, from_on=lent_from, **days))
    handing.refuse_gap(held(WAS), a_delegation(WAS, MOMENT, from_on=late, **days))
    over = MOMENT + timedelta(days=2)
    handing.refuse_gap(state, a_delegation(WAS, over, to_id=another, from_on=late, to_on=late))


def test_who_was_to_stand_in_learns_that_another_does_unless_they_asked_for_it() -> None:
    state, another = delegated(held(WAS)).state, an_officer().account_id

    def tells(actor: Actor, acted_at: datetime) -> list[tuple[str, object]]:
        on = acted_at.date()
        asked = a_delegation(actor, acted_at, to_id=another, from_on=on, to_on=on)
        return [(row.code, row.account_id) for row in handing.delegate(state, asked, acted_at).rows.tells]

    assert tells(WAS, MOMENT) == [("told_delegate", another), ("told_reassigned_away", TO.account_id)]
    assert tells(TO, MOMENT) == [("told_delegate", another)]
    assert ("told_reassigned_away", TO.account_id) not in tells(WAS, MOMENT + timedelta(days=2))


def test_who_stands_in_may_ask_for_more_time_and_name_another_in_their_place() -> None:
    """委托: on those days as the holder."""
    state = delegated(held(WAS)).state
    later = MOMENT + timedelta(minutes=5)
    asked = pausing.ask_time(state, a_wish_for_time(TO, later), later)
    again = a_delegation(TO, later, to_id=an_officer().account_id, from_on=TODAY, to_on=TODAY)

    assert asked.state.asked_time == AskedTime(by=MORE_TIME.by, grantor_unit_id=COORDINATORS, asked_at=later)
    assert handing.delegate(state, again, later).state.delegation is not None


def test_a_wish_for_time_is_one_line_and_tells_who_decides() -> None:
    state = held(WAS)
    asked = pausing.ask_time(state, a_wish_for_time(WAS, MOMENT), MOMENT)

    assert asked.rows.ledger == (
        LedgerRow(at=MOMENT, code=Move.ASK_TIME, account_id=WAS.account_id, unit_id=JUSTICE),
    )
    assert told(asked) == [(f"ask_time/{state.seq + 1}", "told_ask_time", members(COORDINATORS), None)]


def test_each_refusal_of_more_time_says_what_stands_in_the_way() -> None:
    """延期: unknown to the kind, asked already, or used up."""
    state = held(WAS)
    asked = pausing.ask_time(state, a_wish_for_time(WAS, MOMENT), MOMENT).state
    used = replace(state, extended=1)

    def again(state: ReferralState, terms: object = MORE_TIME) -> tuple[type[RuleBroken], str, object]:
        wish = replace(a_wish_for_time(WAS, MOMENT), terms=terms)
        return refused(lambda: pausing.ask_time(state, wish, MOMENT))

    assert again(state, None) == (Conflict, "no_more_time", {"kind": "legal_consultation"})
    assert again(asked) == (Conflict, "asked_already", {"at": MOMENT})
    assert again(used) == (Conflict, "extended_already", {"times": 1})


def supporting(state: ReferralState, unit_id: str | None) -> ReferralDecision:
    terms = unit_id and SupportTerms(referral_id=uuid4(), unit_id=unit_id, join=Join.ALL)
    return referral.make(state, a_move(Move.ASK_SUPPORT, WAS, MOMENT, support=terms or None), MOMENT)


def test_each_refusal_of_support_says_which_unit_stands_in_the_way() -> None:
    """协办: with a unit, of a unit that has nothing of it yet, and never by a supporter."""
    state = held(WAS)
    asked = supporting(state, HEALTH).state

    assert refused(lambda: supporting(state, None)) == (Invalid, "unknown_receiving_unit", {})
    assert refused(lambda: supporting(asked, HEALTH)) == (Conflict, "supports_already", {"unit_id": HEALTH})
    assert refused(lambda: supporting(held(WAS, lead_id=uuid4()), OFFICE)) == (
        Conflict,
        "supporter_asks_nobody",
        {"unit_id": JUSTICE},
    )


def pausing_for(state: ReferralState, until_on: date = date(2026, 11, 20)) -> ReferralDecision:
    return pausing.pause(state, a_pause(WAS, MOMENT, until_on), MOMENT)


def test_a_pause_is_one_line_with_its_ground_and_next_date() -> None:
    given = pausing_for(held(WAS))

    assert given.rows.ledger == (
        LedgerRow(
            at=MOMENT,
            code=Move.PAUSE,
            account_id=WAS.account_id,
            unit_id=JUSTICE,
            detail="awaiting_papers/2026-11-20",
        ),
    )
    assert given.state.paused == Paused(ground="awaiting_papers", since=MOMENT, until=at("2026-11-20 08:30"))
    assert pausing.pause(
        delegated(held(WAS)).state, a_pause(TO, MOMENT, date(2026, 11, 20)), MOMENT
    ).state.paused


def test_each_refusal_of_a_pause_says_what_stands_in_the_way() -> None:
    """暂缓: once at a time, on a ground, until a later day, as often and as long as the policy has it."""
    state = held(WAS)
    far = date(2026, 12, 3)

    def again(state: ReferralState, until_on: date = TOMORROW) -> tuple[type[RuleBroken], str, object]:
        return refused(lambda: pausing_for(state, until_on))

    assert again(pausing_for(state).state) == (
        Conflict,
        "paused_already",
        {"until": at("2026-11-20 08:30")},
    )
    assert again(state, TODAY) == (Invalid, "pause_needs_later_date", {})
    assert again(replace(state, pauses=2)) == (Conflict, "paused_too_often", {"times": 2, "at_most": 2})
    assert again(state, far) == (Conflict, "paused_too_long", {"days": 16, "at_most": 15})
    assert again(replace(state, paused_days=28), date(2026, 11, 20)) == (
        Conflict,
        "paused_too_long",
        {"days": 3, "at_most": 2},
    )
    assert again(replace(state, paused_days=40)) == (Conflict, "paused_too_long", {"days": 1, "at_most": 0})
    groundless = replace(a_pause(WAS, MOMENT, TOMORROW), terms=None)
    assert refused(lambda: pausing.pause(state, groundless, MOMENT)) == (Invalid, "unknown_ground", {})


def test_past_the_limit_nothing_is_paused_and_no_time_is_asked_for() -> None:
    late = at("2026-11-19 09:01")
    said = (Conflict, "limit_passed", {"limit_at": at("2026-11-19 09:00")})

    assert refused(lambda: pausing.pause(held(WAS), a_pause(WAS, late, date(2026, 11, 23)), late)) == said
    assert refused(lambda: pausing.ask_time(held(WAS), a_wish_for_time(WAS, late), late)) == said


def test_a_supporters_referral_opens_and_parts_at_the_moment_of_the_move() -> None:
    """主办、协办: each learns of the other, once, and the lead that must wait is told for how many."""
    asked = supporting(held(WAS), HEALTH)
    [supporter] = asked.state.supporters
    done = an_outcome(WAS, MOMENT)

    assert asked.rows.supports == (SupportRow(referral_id=supporter.referral_id, unit_id=HEALTH, at=MOMENT),)
    assert refused(lambda: referral.complete(asked.state, done, MOMENT)) == (
        Conflict,
        "supporters_open",
        {"units": (HEALTH,), "count": 1},
    )
    noted = referral.make(asked.state, a_move(Move.NOTE, WAS, MOMENT), MOMENT)
    assert noted.rows.supports == ()
    ended = referral.complete(replace(asked.state, join=Join.LEAD), done, MOMENT)
    assert ended.rows.partings == (
        PartingRow(referral_id=supporter.referral_id, is_lead=False, outcome="advised", at=MOMENT),
    )


def test_a_lost_race_is_refused_before_it_costs_a_line_unless_a_moment_has_passed_by_then() -> None:
    """Who has it and since when; where the claim may have lapsed meanwhile, the move itself judges."""
    state = held(WAS)
    claim = a_move(Move.ACCEPT, TO, MOMENT)
    late = a_move(Move.ACCEPT, TO, at("2026-11-19 09:01"))
    kind, code, params = refused(lambda: referral.refuse_lost_race(state, claim))

    assert (kind, code) == (Conflict, "taken_already")
    assert isinstance(params, dict)
    assert params["holder_id"] == WAS.account_id
    referral.refuse_lost_race(state, late)
    referral.refuse_lost_race(offered(), claim)
