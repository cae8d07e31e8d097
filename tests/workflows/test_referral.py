"""What becomes of a piece of work handed to a unit: claimed once, declined, ruled upon, climbed, ended."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from shared.contracts.failures import FailureType, Refusal
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralAnswer
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
    a_table,
    an_officer,
    an_outcome,
    in_an_unknown_year,
)
from tests.fakes import RowsInMemory
from tests.workflows.journeys import ReferralJourney, now

CLAIMS = 50
ONE_CLAIM = 6
"""Events: those who lose the race leave none."""


def failure_of(error: BaseException) -> ApplicationError:
    """What a refused caller learns."""
    assert isinstance(error, WorkflowUpdateFailedError)
    assert isinstance(error.cause, ApplicationError)
    return error.cause


def code_of(error: BaseException) -> str:
    """The code of a refusal."""
    return Refusal.of_text(failure_of(error).message).code


async def test_of_fifty_who_claim_at_once_one_wins_and_the_others_learn_who(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Requirement: one wins, 49 are told who and when (architecture, what must always hold, 2)."""
    started_at = now()
    referral = await referrals.start(a_referral(offered_at=started_at))
    claims = [a_move(Move.ACCEPT, an_officer(), started_at) for _ in range(CLAIMS)]
    before = await referral.count()

    outcomes = await asyncio.gather(*map(referral.make, claims), return_exceptions=True)

    won = [outcome for outcome in outcomes if isinstance(outcome, ReferralAnswer)]
    lost = [failure_of(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]
    assert len(won) == 1
    assert {failure.type for failure in lost} == {FailureType.CONFLICT}
    named = [Refusal.of_text(failure.message).params for failure in lost]
    assert {(UUID(each["holder_id"]), datetime.fromisoformat(each["held_since"])) for each in named} == {
        (won[0].holder_id, started_at)
    }
    assert rows.referrals[max(rows.referrals)].standing.holder_id == won[0].holder_id
    assert await referral.count() - before <= ONE_CLAIM, await referral.kinds(since=before)


async def test_work_without_confirmation_is_closed_by_its_outcome(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at, officer = now(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at))

    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    answer = await referral.complete(an_outcome(officer, started_at))
    await referral.handle.result()

    assert answer.status is Status.CLOSED
    assert [row.code for row in rows.ledger] == [LedgerCode.OFFERED, Move.ACCEPT, Move.COMPLETE]


async def test_work_with_confirmation_waits_for_the_side_that_asked(referrals: ReferralJourney) -> None:
    started_at, officer = now(), an_officer()
    kind = a_kind(needs_confirmation=True)
    referral = await referrals.start(a_referral(offered_at=started_at, kind=kind))

    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    done = await referral.complete(an_outcome(officer, started_at))
    confirmed = await referral.make(a_move(Move.CONFIRM, an_officer(OFFICE), started_at))
    await referral.handle.result()

    assert (done.status, confirmed.status) == (Status.COMPLETED, Status.CLOSED)


async def test_the_third_refusal_brings_it_to_the_coordinator_whose_ruling_cannot_be_declined(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    referral = await referrals.start(a_referral(offered_at=started_at))

    for unit in (JUSTICE, OFFICE):
        await referral.decline(a_refusal(an_officer(unit), started_at))
    ruling = await referral.decline(a_refusal(an_officer(OFFICE), started_at))
    appointed = await referral.appoint(a_ruling(started_at))
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await referral.decline(a_refusal(an_officer(JUSTICE), started_at))

    assert (ruling.status, appointed.status, appointed.unit_id) == (Status.TO_RULE, Status.OFFERED, JUSTICE)
    assert code_of(refused.value) == "appointed_cannot_decline"
    assert COORDINATORS in {row.recipient.unit_id for row in rows.tells if row.code == "needs_ruling"}


async def test_a_chase_climbs_rung_by_rung_until_somebody_claims_it(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    chase = await referrals.start(a_referral(offered_at=started_at, kind=a_chase()))

    await chase.travel_to(started_at + timedelta(minutes=60))
    assert [(rung.number, rung.is_sent) for rung in rows.rungs] == [(1, True), (2, True)]
    await chase.make(a_move(Move.ACCEPT, an_officer(), await chase.now()))
    await chase.travel_to(started_at + timedelta(minutes=300))

    assert [rung.number for rung in rows.rungs] == [1, 2]
    assert rows.seqs == sorted(set(rows.seqs))


async def test_a_suspended_chase_stands_still_and_a_fact_ends_it(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    chase = await referrals.start(a_referral(offered_at=started_at, kind=a_chase()))

    await chase.follow(a_followed_fact(Move.SUSPEND, started_at))
    await chase.travel_to(started_at + timedelta(minutes=300))
    assert [rung.number for rung in rows.rungs] == [1]
    await chase.follow(a_followed_fact(Move.RESUME, await chase.now()))
    await chase.travel_to(started_at + timedelta(minutes=370))
    assert [rung.number for rung in rows.rungs] == [1, 2]
    ended = await chase.follow(a_followed_fact(Move.CONCLUDE, await chase.now()))
    await chase.handle.result()

    assert ended.status is Status.CLOSED


async def test_only_a_fact_ends_a_chase(referrals: ReferralJourney) -> None:
    """Domain §0.2-2: nobody can assert that an elder was seen."""
    started_at, officer = now(), an_officer()
    chase = await referrals.start(a_referral(offered_at=started_at, kind=a_chase()))
    await chase.make(a_move(Move.ACCEPT, officer, started_at))

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await chase.complete(an_outcome(officer, started_at))

    assert code_of(refused.value) == "ends_by_fact_only"


async def test_a_rung_that_finds_nobody_alarms_and_the_next_comes_at_once(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Architecture §6-8: a vacancy is an alarm, not a skip."""
    rows.emptied_units = {OFFICE}
    started_at = now()
    await referrals.start(a_referral(offered_at=started_at, kind=a_chase()))

    assert [rung.number for rung in rows.rungs] == [1, 2, 3]
    assert [row.code for row in rows.ledger].count(LedgerCode.VACANT) == 2
    alarms = {row.key for row in rows.tells if row.code == "vacancy"}
    assert alarms == {f"vacant/{ClockName.ACCEPT}/{number}" for number in (1, 2)}


async def test_what_is_asked_twice_is_done_once(referrals: ReferralJourney, rows: RowsInMemory) -> None:
    referral = await referrals.start(a_referral(offered_at=now()))
    note = a_move(Move.NOTE, an_officer(), now())

    first = await referral.make(note)
    again = await referral.make(replace(note))

    assert first == again
    assert [row.code for row in rows.ledger].count(Move.NOTE) == 1


async def test_a_command_without_an_id_never_enters_the_history(referrals: ReferralJourney) -> None:
    referral = await referrals.start(a_referral(offered_at=now()))
    before = await referral.count()

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await referral.make(a_move(Move.NOTE, an_officer(), now(), request_id=""))

    assert failure_of(refused.value).type == FailureType.INVALID
    assert await referral.count() == before


async def test_a_years_table_moves_the_limit_once_however_often_it_comes(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Architecture §4: an Update that answers what moved; what people see has moved with it."""
    started_at = now()
    referral = await referrals.start(in_an_unknown_year(started_at))
    table = a_table(started_at)

    first = await referral.take_calendar(table)
    again = await referral.take_calendar(table)

    [moved] = first.moved
    assert (again, first.accept_by) == (first, moved.after)
    assert [row.code for row in rows.ledger] == [LedgerCode.OFFERED, LedgerCode.RECKONED]
    assert rows.referrals[max(rows.referrals)].standing.accept_by == moved.after
