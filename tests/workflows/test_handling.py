"""Pauses, more time, hands and empty units on the real server, with the process's own clock moved."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from shared.contracts.failures import Refusal
from shared.domain.calendars import Limit, LimitUnit
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralAnswer
from shared.domain.referral.rows import LedgerCode
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    a_calendar,
    a_kind,
    a_move,
    a_referral,
    an_officer,
    an_outcome,
)
from tests.fakes import RowsInMemory
from tests.handling import a_delegation, a_lead, a_pause, a_reassignment, a_wish_for_time
from tests.workflows.journeys import ReferralJourney, now

ALWAYS_OPEN = a_calendar(hours=(("00:00", "24:00"),))
TWO_DAYS = Limit(amount=2, unit=LimitUnit.DAYS)


def codes(rows: RowsInMemory) -> list[str]:
    return [str(row.code) for row in rows.ledger]


async def test_a_pause_resumes_itself_at_its_date_and_the_clock_goes_on_with_what_was_left(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """挂起 with a next date: nobody has to remember it."""
    started_at, officer = now(), an_officer()
    kind = a_kind(calendar=ALWAYS_OPEN)
    referral = await referrals.start(a_referral(offered_at=started_at, kind=kind))
    held = await referral.make(a_move(Move.ACCEPT, officer, started_at))
    until_on = local_day(started_at, ALWAYS_OPEN.zone) + timedelta(days=3)

    await referral.pause(a_pause(officer, started_at, until_on))
    await referral.travel_to(started_at + timedelta(days=4))

    paused = rows.referrals[max(rows.referrals)].standing
    assert LedgerCode.PAUSE_OVER in codes(rows)
    assert (paused.paused_until, paused.suspended_at) == (None, None)
    assert paused.complete_by is not None
    assert held.complete_by is not None
    assert paused.complete_by > held.complete_by


async def test_more_time_moves_the_limit_and_its_timer(referrals: ReferralJourney) -> None:
    started_at, officer = now(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at))
    held = await referral.make(a_move(Move.ACCEPT, officer, started_at))

    await referral.ask_time(a_wish_for_time(officer, started_at))
    granted = await referral.make(a_move(Move.GRANT_TIME, an_officer(COORDINATORS), started_at))

    assert held.complete_by is not None
    assert granted.complete_by is not None
    assert granted.complete_by > held.complete_by


async def test_of_two_reassignments_at_once_one_counts_and_both_sides_learn_which(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Acceptance: two reassignments at the same instant."""
    started_at, officer = now(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    to = [an_officer().account_id for _ in range(2)]
    asked = [a_reassignment(a_lead(), started_at, to_id=each, held_by=officer.account_id) for each in to]

    outcomes = await asyncio.gather(*map(referral.reassign, asked), return_exceptions=True)

    [won] = [each for each in outcomes if isinstance(each, ReferralAnswer)]
    [lost] = [each for each in outcomes if isinstance(each, WorkflowUpdateFailedError)]
    assert isinstance(lost.cause, ApplicationError)
    assert Refusal.of_text(lost.cause.message).params["holder_id"] == str(won.holder_id)
    assert rows.referrals[max(rows.referrals)].standing.holder_id == won.holder_id


async def test_a_delegation_from_tomorrow_does_not_take_the_place_of_todays(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at, officer, first = now(), an_officer(), an_officer().account_id
    referral = await referrals.start(a_referral(offered_at=started_at))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    today = local_day(started_at, a_calendar().zone)
    tomorrow = today + timedelta(days=1)
    await referral.delegate(a_delegation(officer, started_at, to_id=first, from_on=today, to_on=tomorrow))

    days = {"from_on": tomorrow, "to_on": tomorrow}
    with pytest.raises(WorkflowUpdateFailedError) as gap:
        await referral.delegate(a_delegation(officer, started_at, to_id=an_officer().account_id, **days))

    assert isinstance(gap.value.cause, ApplicationError)
    assert Refusal.of_text(gap.value.cause.message).code == "delegation_gap"
    assert rows.referrals[max(rows.referrals)].standing.delegate_id == first


async def test_a_reassignment_against_a_completion_has_one_outcome(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Acceptance: either completed by the worker or moved; never both."""
    started_at, officer, to = now(), an_officer(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at, kind=a_kind(needs_confirmation=True)))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    asked = a_reassignment(a_lead(), started_at, to_id=to.account_id, held_by=officer.account_id)

    outcomes = await asyncio.gather(
        referral.reassign(asked), referral.complete(an_outcome(officer, started_at)), return_exceptions=True
    )

    won = [each for each in outcomes if isinstance(each, ReferralAnswer)]
    assert len(won) == 1
    standing = rows.referrals[max(rows.referrals)].standing
    is_moved = standing.holder_id == to.account_id
    assert is_moved is not (standing.status is Status.COMPLETED)


async def test_who_stands_in_completes_for_the_holder(referrals: ReferralJourney, rows: RowsInMemory) -> None:
    started_at, officer, stand_in = now(), an_officer(), an_officer()
    today = local_day(started_at, ALWAYS_OPEN.zone)
    referral = await referrals.start(a_referral(offered_at=started_at))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))

    await referral.delegate(
        a_delegation(officer, started_at, to_id=stand_in.account_id, from_on=today, to_on=today)
    )
    done = await referral.complete(an_outcome(stand_in, started_at))

    assert done.status is Status.CLOSED
    assert rows.ledger[-1].other_id == officer.account_id


async def test_a_claim_that_idles_goes_back_by_itself(referrals: ReferralJourney, rows: RowsInMemory) -> None:
    started_at, officer = now(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at))

    await referral.make(a_move(Move.ACCEPT, officer, started_at, idle_after=TWO_DAYS))
    await referral.travel_to(started_at + timedelta(days=2))

    standing = rows.referrals[max(rows.referrals)].standing
    assert (standing.status, standing.holder_id) == (Status.OFFERED, None)
    assert LedgerCode.LEFT_IDLE in codes(rows)


async def test_work_for_a_unit_without_people_is_the_coordinators_at_once(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Issue 4: fallback and an alarm within a minute, never a black hole."""
    rows.emptied_units = {JUSTICE}
    await referrals.start(a_referral(offered_at=now()))

    standing = rows.referrals[max(rows.referrals)].standing
    assert standing.status is Status.TO_RULE
    assert codes(rows) == [LedgerCode.OFFERED, LedgerCode.UNMANNED, LedgerCode.NEEDS_RULING]
