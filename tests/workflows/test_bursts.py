"""What may arrive at the same instant has one outcome, and both sides learn which."""

import asyncio
import contextlib
from datetime import timedelta
from itertools import pairwise

from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from shared.domain.kinds import ClockRule
from shared.domain.referral.commands import Complete
from shared.domain.referral.moves import TABLE, Move, Status
from shared.domain.referral.referral import ReferralAnswer
from tests.builders import OFFICE, a_kind, a_move, a_referral, a_rung, an_officer, an_outcome, minutes
from tests.fakes import RowsInMemory
from tests.workflows.journeys import OneReferral, ReferralJourney, now
from tests.workflows.waiting import PATIENCE_SECONDS

TOLD = (ReferralAnswer, WorkflowUpdateFailedError)


async def test_a_burst_of_moves_by_two_people_leaves_one_possible_history(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Acceptance: two people claim, release, note and complete at once; the ledger is a walk of the table."""
    started_at, people = now(), [an_officer(), an_officer()]
    referral = await referrals.start(a_referral(offered_at=started_at, kind=a_kind(needs_confirmation=True)))
    moves = (Move.ACCEPT, Move.NOTE, Move.RELEASE, Move.ACCEPT, Move.NOTE)
    burst = [referral.make(a_move(move, who, started_at)) for move in moves for who in people]
    burst += [referral.complete(an_outcome(who, started_at)) for who in people]

    outcomes = await asyncio.gather(*burst, return_exceptions=True)

    assert all(isinstance(each, TOLD) for each in outcomes)
    walked = [Move(row.code) for row in rows.ledger if row.code in set(Move)]
    assert len(walked) == sum(isinstance(each, ReferralAnswer) for each in outcomes)
    status = Status.OFFERED
    for move in walked:
        status = TABLE[status, move]
    assert rows.referrals[max(rows.referrals)].standing.status is status
    assert all(first < second for first, second in pairwise(rows.seqs))


async def test_accepting_against_withdrawing_has_one_outcome(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    referral = await referrals.start(a_referral(offered_at=started_at))
    withdraw = a_move(Move.WITHDRAW, an_officer(OFFICE), started_at, reason="mistake")

    await asyncio.gather(
        referral.make(a_move(Move.ACCEPT, an_officer(), started_at)),
        referral.make(withdraw),
        return_exceptions=True,
    )

    standing = rows.referrals[max(rows.referrals)].standing
    assert standing.status is Status.WITHDRAWN
    assert standing.clocks == ()


async def answered(referral: OneReferral, command: Complete) -> ReferralAnswer:
    """The answer to a command, asked again as people do: a timer that comes between makes the server ask."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            with contextlib.suppress(RPCError):
                return await referral.complete(command)


async def test_a_rung_against_a_completion_climbs_once_or_not_at_all(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Rung against completion: whichever comes first, nobody is told after the end."""
    started_at, officer = now(), an_officer()
    ladder = (a_rung(1, minutes(0)), a_rung(2, minutes(5)))
    kind = a_kind(complete=ClockRule(limit=minutes(30), ladder=ladder))
    referral = await referrals.start(a_referral(offered_at=started_at, kind=kind))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))

    climbing = asyncio.create_task(referral.travel_to(started_at + timedelta(minutes=30)))
    done = await answered(referral, an_outcome(officer, started_at + timedelta(minutes=30)))
    await asyncio.gather(climbing, return_exceptions=True)
    await referral.handle.result()

    assert done.status is Status.CLOSED
    assert len(rows.rungs) <= 1
    assert rows.ledger[-1].code == Move.COMPLETE
