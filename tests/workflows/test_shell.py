"""What every process promises of its commands, whatever is away and however often somebody asks."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from shared.contracts.failures import FailureType
from shared.contracts.visit_cycle import TakeIn
from shared.domain.kinds import ClockRule
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralAnswer
from shared.domain.visit_cycle.facts import ExceptionFact, Facts
from shared.domain.visit_cycle.state import WindowOutcome
from tests.builders import (
    SOMEBODY,
    a_chase,
    a_contact,
    a_cycle,
    a_move,
    a_referral,
    a_rung,
    an_officer,
    an_outcome,
    minutes,
)
from tests.fakes import RowsInMemory
from tests.workflows.journeys import WEEK, CycleJourney, OneReferral, ReferralJourney, now, seven_days

NOTES = 60


@pytest.fixture
async def noted(referrals: ReferralJourney) -> tuple[OneReferral, list[ReferralAnswer]]:
    """A referral with sixty notes in three bursts: more than one run's worth of history."""
    started_at = now()
    referral = await referrals.start(a_referral(offered_at=started_at))
    answers: list[ReferralAnswer] = []
    for burst in batched(range(NOTES), NOTES // 3):
        notes = [a_move(Move.NOTE, an_officer(), started_at, request_id=f"note-{n}") for n in burst]
        answers += await asyncio.gather(*map(referral.make, notes))
    return referral, answers


def batched(numbers: range, size: int) -> list[range]:
    """The numbers in bursts."""
    return [numbers[start : start + size] for start in numbers[::size]]


async def test_continuing_as_new_loses_and_doubles_no_command(
    noted: tuple[OneReferral, list[ReferralAnswer]], rows: RowsInMemory
) -> None:
    """The server may run an update again in the new run (temporal/temporal#6375): the ring must know it."""
    referral, answers = noted

    described = await referral.handle.describe()
    assert described.run_id != referral.handle.first_execution_run_id
    assert len({answer.seq for answer in answers}) == NOTES
    assert rows.seqs == list(range(1, NOTES + 2))


async def test_a_request_of_an_earlier_run_gets_its_old_answer(
    noted: tuple[OneReferral, list[ReferralAnswer]],
) -> None:
    referral, answers = noted

    again = await referral.make(a_move(Move.NOTE, an_officer(), now(), request_id=f"note-{NOTES - 1}"))

    assert again == answers[NOTES - 1]


async def test_the_timer_goes_on_in_the_new_run(
    noted: tuple[OneReferral, list[ReferralAnswer]], rows: RowsInMemory
) -> None:
    referral, answers = noted
    limit = answers[0].accept_by
    assert limit is not None

    await referral.travel_to(limit)

    assert len(rows.rungs) == 1


async def test_a_fact_is_taken_in_while_the_database_is_away_and_written_when_it_is_back(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))

    rows.is_away = True
    await cycle.take_in(a_contact(started_at))
    second = await cycle.take_in(a_contact(started_at + timedelta(seconds=1), known_at=started_at))
    rows.is_away = False
    await cycle.travel_to(started_at + timedelta(minutes=5))

    assert rows.windows[-1].outcome is WindowOutcome.MET
    assert rows.seqs == list(range(1, second.seq + 1))


async def test_a_ladder_is_climbed_while_the_database_is_away(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Time is kept by the process alone; what happened meanwhile is written later, in order."""
    started_at = now()
    clock = ClockRule(limit=minutes(1), ladder=(a_rung(1, minutes(0)), a_rung(2, minutes(1))))
    chase = await referrals.start(a_referral(offered_at=started_at, kind=a_chase(accept=clock)))

    rows.is_away = True
    await chase.travel_to(started_at + timedelta(minutes=3))
    assert rows.rungs == []
    rows.is_away = False
    await chase.travel_to(started_at + timedelta(minutes=6))

    assert [rung.due_at - started_at for rung in rows.rungs] == [timedelta(minutes=1), timedelta(minutes=2)]
    assert rows.seqs == sorted(set(rows.seqs))


async def test_an_ended_process_stays_until_its_last_row_is_written(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    started_at, officer = now(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))

    rows.is_away = True
    await referral.complete(an_outcome(officer, started_at))
    assert (await referral.handle.describe()).status is WorkflowExecutionStatus.RUNNING
    with pytest.raises(WorkflowUpdateFailedError, match="failed") as refused:
        await referral.make(a_move(Move.NOTE, officer, started_at))
    rows.is_away = False
    await referral.handle.result()

    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.message == "process_ended"
    assert rows.referrals[max(rows.referrals)].standing.status is Status.CLOSED


async def test_a_poisoned_command_fails_alone(cycles: CycleJourney, rows: RowsInMemory) -> None:
    """A bug must not wedge the process: the next command and the next closing come as if nothing had been."""
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))

    without_zone = datetime.fromtimestamp(started_at.timestamp(), UTC).replace(tzinfo=None)
    poison = ExceptionFact(
        exception_id=SOMEBODY,
        obligation="",
        starts_at=without_zone,
        ends_at=without_zone,
        known_at=without_zone,
    )
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await cycle.send(TakeIn(request_id="poison", facts=Facts(exceptions=(poison,))))
    await cycle.take_in(a_contact(started_at))
    await cycle.travel_to(started_at + WEEK)

    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == FailureType.INTERNAL
    assert rows.windows[0].outcome is WindowOutcome.OPEN
    assert rows.windows[1].outcome is WindowOutcome.MET


async def test_a_wrong_payload_is_refused_before_it_enters_the_history(cycles: CycleJourney) -> None:
    cycle = await cycles.start(a_cycle(enrolled_at=now(), plan=seven_days()))
    before = await cycle.count()

    with pytest.raises(WorkflowUpdateFailedError):
        await cycle.handle.execute_update("take_in", {"request_id": "1", "facts": {"contacts": [{"x": 1}]}})

    assert await cycle.count() == before
