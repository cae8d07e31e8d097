"""Work leaves its unit: sent back, named anew, moved along, left by all. What was stays told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.kinds import ClockRule
from shared.domain.referral import routing
from shared.domain.referral.commands import FollowFact, Onward
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.rows import LedgerCode, LedgerRow
from shared.domain.referral.state import ReferralState
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    OFFICE,
    a_chase,
    a_kind,
    a_refusal,
    a_ruling,
    an_officer,
    at,
    working_hours,
)
from tests.domain.referrals import ACCEPT_BY, OFFERED, completed, offered

SOON, LATE = OFFERED + timedelta(minutes=30), ACCEPT_BY + timedelta(minutes=30)
THERE, NEXT = "370302115202", "zibo_zichuan:justice_next"
SLOWER = a_kind(accept=ClockRule(limit=working_hours(7)))

Leave = Callable[[ReferralState, datetime], ReferralDecision]


def sent_back(state: ReferralState, moment: datetime) -> ReferralDecision:
    return routing.decline(state, a_refusal(an_officer(), moment, next_kind=SLOWER), moment)


def named_anew(state: ReferralState, moment: datetime) -> ReferralDecision:
    waiting = routing.unmanned(state, OFFERED).state
    return routing.appoint(waiting, replace(a_ruling(moment, OFFICE), kind=SLOWER), moment)


def moved_along(state: ReferralState, moment: datetime) -> ReferralDecision:
    onward = Onward(area_code=THERE, unit_id=NEXT, kind=SLOWER)
    fact = FollowFact(request_id="m", move=Move.HAND_OVER, at=moment, reason="elder_moved", onward=onward)
    return routing.follow(state, fact, moment)


def left_by_all(state: ReferralState, moment: datetime, unit_id: str = JUSTICE) -> ReferralDecision:
    fact = FollowFact(request_id="l", move=Move.UNMAN, at=moment, reason=unit_id)
    return routing.follow(state, fact, moment)


@pytest.mark.parametrize("leave", [sent_back, moved_along, left_by_all])
def test_what_fell_due_before_it_left_is_told_first_and_of_the_unit_that_had_it(leave: Leave) -> None:
    lines = leave(offered(), LATE).rows.ledger

    assert [(row.code, row.at, row.unit_id) for row in lines if row.code == LedgerCode.BREACHED] == [
        (LedgerCode.BREACHED, ACCEPT_BY, JUSTICE)
    ]
    assert [row.at for row in lines] == sorted(row.at for row in lines)


def test_a_ruling_that_comes_late_says_so_before_it_names_the_unit() -> None:
    slow = offered(rule_within=Limit(amount=4, unit=LimitUnit.WORKING_HOURS))
    codes = [row.code for row in named_anew(slow, at("2026-11-18 10:00")).rows.ledger]

    assert codes.index(LedgerCode.BREACHED) < codes.index(Move.APPOINT)


@pytest.mark.parametrize(
    ("leave", "unit_id"), [(sent_back, OFFICE), (named_anew, OFFICE), (moved_along, NEXT)]
)
def test_the_next_unit_has_the_time_that_its_own_kind_gives(leave: Leave, unit_id: str) -> None:
    """Units keep hours of their own, and places limits of their own."""
    there = leave(offered(), SOON)

    assert (there.answer.unit_id, there.state.kind) == (unit_id, SLOWER)
    assert there.answer.accept_by == at("2026-11-18 09:30")


def test_a_search_that_sleeps_wakes_under_the_kind_of_where_the_elder_lives_now() -> None:
    asleep = replace(offered(kind=a_chase()), turns=0, clocks=(), suspended_at=OFFERED)

    assert moved_along(asleep, SOON).state.kind == SLOWER


def test_each_way_out_of_a_unit_is_a_line_with_its_moment_and_the_unit() -> None:
    moved = moved_along(offered(), SOON).rows.ledger
    emptied = left_by_all(offered(), SOON).rows.ledger
    waiting = completed(an_officer(), needs_confirmation=True).state
    unconfirmed = left_by_all(waiting, SOON, OFFICE).rows.ledger

    assert moved[0] == LedgerRow(at=SOON, code=Move.HAND_OVER, unit_id=JUSTICE)
    assert emptied[0] == LedgerRow(at=SOON, code=LedgerCode.UNMANNED, unit_id=JUSTICE)
    assert unconfirmed == (LedgerRow(at=SOON, code=LedgerCode.NOBODY_TO_CONFIRM, unit_id=OFFICE),)


def test_a_search_without_anybody_is_told_and_written_down_where_it_stays() -> None:
    alone = left_by_all(offered(kind=a_chase()), SOON)

    assert LedgerRow(at=SOON, code=LedgerCode.UNMANNED, unit_id=JUSTICE) in alone.rows.ledger
    [alarm] = [row for row in alone.rows.tells if row.code == "vacancy"]
    assert alarm.recipient.unit_id == COORDINATORS


def test_every_notice_of_a_unit_that_was_left_has_a_key_of_its_own() -> None:
    """The same key again is the same notice: whoever was told once would not be told of the next."""
    first = moved_along(offered(), SOON)
    back = Onward(area_code=THERE, unit_id=JUSTICE, kind=a_kind())
    fact = FollowFact(request_id="b", move=Move.HAND_OVER, at=LATE, reason="elder_moved", onward=back)
    second = routing.follow(first.state, fact, LATE)
    keys = [row.key for decision in (first, second) for row in decision.rows.tells]

    assert len(set(keys)) == len(keys)
    assert all(keys)
