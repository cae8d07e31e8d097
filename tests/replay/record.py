"""`python -m tests.replay.record [STORY …]`: what today's processes do, for the code of tomorrow to replay.

Run it when a process has changed on purpose, and look at what changed in the histories before keeping them.
"""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from temporalio.worker import Worker

from deploy.local import temporal
from shared.contracts import names
from shared.domain.codes import StateStatus
from shared.domain.referral.moves import Move
from shared.platform.leaving import leave
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.temporal.converter import data_converter
from tests.builders import (
    JUSTICE,
    OFFICE,
    a_chase,
    a_contact,
    a_cycle,
    a_followed_fact,
    a_kind,
    a_move,
    a_referral,
    a_refusal,
    a_ruling,
    a_state,
    a_table,
    an_officer,
    an_outcome,
    in_an_unknown_year,
)
from tests.fakes import RowsInMemory
from tests.replay.asked import (
    carried_out,
    change_register,
    looked_at,
    refused_by_its_owner,
    review,
    reviewed,
)
from tests.replay.handled import handled
from tests.replay.taken_back import slept_and_woken, voided
from tests.workflows.journeys import (
    WEEK,
    CycleJourney,
    Departure,
    Journey,
    ReferralJourney,
    now,
    seven_days,
)
from workflows.worker.interceptors import QuietFailures
from workflows.worker.registry import queues
from workflows.worker.sandbox import sandboxed

GOLDENS = Path(__file__).parent / "goldens"
QUEUE = "recording"
NOBODYS_IDENTITY = "recorder"

Story = Callable[[Departure, RowsInMemory], Awaitable[WorkflowHandle[Any, Any]]]


async def visited_and_missed(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """A week with a visit, a week without: warned, missed, chased, seen late, closed."""
    started_at = now()
    cycle = await CycleJourney(departure).start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    await cycle.take_in(a_contact(started_at))
    await cycle.travel_to(started_at + 2 * WEEK)
    seen_at = (await cycle.now()) - timedelta(days=1)
    await cycle.take_in(a_contact(seen_at, known_at=await cycle.now()))
    await cycle.close()
    return await ended(cycle)


async def quiet_in_hospital(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """Missed, then reported in hospital, confirmed, ended, with a check on the return; then another plan."""
    started_at = now()
    cycle = await CycleJourney(departure).start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    await cycle.travel_to(started_at + WEEK)
    reported = a_state(await cycle.now())
    await cycle.take_in(states=(reported,))
    await cycle.take_in(states=(replace(reported, status=StateStatus.CONFIRMED),))
    await cycle.travel_to((await cycle.now()) + timedelta(days=2))
    over = await cycle.now()
    await cycle.take_in(states=(replace(reported, status=StateStatus.ENDED, known_at=over, ends_at=over),))
    await cycle.change_plan(seven_days(times=2))
    await cycle.travel_to(started_at + 3 * WEEK)
    return cycle.handle


async def done_without_confirmation(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """Claimed by one of two, released, claimed again, completed."""
    started_at, officer = now(), an_officer()
    referral = await ReferralJourney(departure).start(a_referral(offered_at=started_at))
    claims = [a_move(Move.ACCEPT, each, started_at) for each in (officer, an_officer())]
    await asyncio.gather(*map(referral.make, claims), return_exceptions=True)
    holder = rows.referrals[max(rows.referrals)].standing.holder_id
    winner = replace(officer, account_id=holder) if holder else officer
    await referral.make(a_move(Move.RELEASE, winner, started_at))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    await referral.complete(an_outcome(officer, started_at))
    return await ended(referral)


async def late_and_confirmed(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """Reminded, breached, climbed; then claimed, completed, sent back, completed, confirmed."""
    started_at, officer = now(), an_officer()
    kind = a_kind(needs_confirmation=True)
    referral = await ReferralJourney(departure).start(a_referral(offered_at=started_at, kind=kind))
    await referral.travel_to(started_at + timedelta(days=5))
    at = await referral.now()
    await referral.make(a_move(Move.ACCEPT, officer, at))
    await referral.complete(an_outcome(officer, at))
    await referral.make(a_move(Move.SEND_BACK, an_officer(OFFICE), at, reason="not_solved"))
    await referral.complete(an_outcome(officer, at))
    await referral.make(a_move(Move.CONFIRM, an_officer(OFFICE), at))
    return await ended(referral)


async def declined_and_ruled(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """Declined three times, then the coordinator names the unit."""
    started_at = now()
    referral = await ReferralJourney(departure).start(a_referral(offered_at=started_at))
    for unit in (JUSTICE, OFFICE, OFFICE):
        await referral.decline(a_refusal(an_officer(unit), started_at))
    await referral.appoint(a_ruling(started_at))
    return referral.handle


async def chased_with_a_vacancy(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """A chase whose first rungs find nobody; suspended, resumed, ended by a contact."""
    rows.emptied_units = {OFFICE}
    started_at = now()
    chase = await ReferralJourney(departure).start(a_referral(offered_at=started_at, kind=a_chase()))
    await chase.follow(a_followed_fact(Move.SUSPEND, await chase.now()))
    await chase.follow(a_followed_fact(Move.RESUME, await chase.now()))
    await chase.follow(a_followed_fact(Move.CONCLUDE, await chase.now()))
    return await ended(chase)


async def database_away(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """Rows that wait while the database is away, and are written together when it is back."""
    started_at = now()
    cycle = await CycleJourney(departure).start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    rows.is_away = True
    for number in range(3):
        await cycle.take_in(a_contact(started_at + timedelta(seconds=number), known_at=started_at))
    rows.is_away = False
    await cycle.travel_to(started_at + timedelta(minutes=5))
    return cycle.handle


async def moved_by_a_years_table(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """Offered into a year without a table; the table arrives twice, and the limit moves once."""
    started_at = now()
    referral = await ReferralJourney(departure).start(in_an_unknown_year(started_at))
    table = a_table(started_at)
    await referral.take_calendar(table)
    await referral.take_calendar(table)
    return referral.handle


async def continued_as_new(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """The first run of a referral with more notes than one run holds."""
    started_at = now()
    referral = await ReferralJourney(departure).start(a_referral(offered_at=started_at))
    for _ in range(4):
        notes = [a_move(Move.NOTE, an_officer(), started_at) for _ in range(15)]
        await asyncio.gather(*map(referral.make, notes))
    return referral.handle


STORIES: tuple[Story, ...] = (
    visited_and_missed,
    quiet_in_hospital,
    done_without_confirmation,
    late_and_confirmed,
    declined_and_ruled,
    chased_with_a_vacancy,
    database_away,
    handled,
    voided,
    slept_and_woken,
    moved_by_a_years_table,
    continued_as_new,
    looked_at,
    reviewed,
    carried_out,
    refused_by_its_owner,
)
PROCESSES = [each for queue in queues(RowsInMemory()) for each in queue.workflows]


async def ended(journey: Journey) -> WorkflowHandle[Any, Any]:
    """The handle once the process has ended."""
    await journey.handle.result()
    return journey.handle


async def record(story: Story, client: Client, environment: WorkflowEnvironment) -> None:
    """Play one story and keep its history."""
    rows = RowsInMemory()
    with ThreadPoolExecutor(4) as threads:
        worker = Worker(
            client,
            task_queue=QUEUE,
            workflows=PROCESSES,
            activities=[each for queue in queues(rows) for each in queue.activities],
            activity_executor=threads,
            workflow_runner=sandboxed(),
            interceptors=[QuietFailures()],
        )
        register = Worker(
            client,
            task_queue=names.CARE_REGISTER_FACTS,
            activities=[review, change_register],
            activity_executor=threads,
        )
        async with worker, register:
            departure = Departure(environment=environment, client=client, queue=QUEUE)
            told = await story(departure, rows)
            first = client.get_workflow_handle(told.id, run_id=told.first_execution_run_id)
            history = await first.fetch_history()
    kept = {"workflow_id": told.id, "history": without_this_machine(history.to_json_dict())}
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    (GOLDENS / f"{story.__name__}.json").write_text(text + "\n", encoding="utf-8")


def without_this_machine(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Who recorded it and where the code lay says nothing about a process."""
    if isinstance(value, list):
        return [without_this_machine(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {name: without_this_machine(each) for name, each in value.items()}
    if "identity" in kept:
        kept["identity"] = NOBODYS_IDENTITY
    if "encodedAttributes" in kept:
        said = json.loads(base64.b64decode(kept["encodedAttributes"]["data"]))
        text = json.dumps({**said, "stack_trace": ""}).encode()
        kept["encodedAttributes"]["data"] = base64.b64encode(text).decode()
    return kept


@asynccontextmanager
async def server() -> AsyncIterator[WorkflowEnvironment]:
    """A server with a clock that moves, as in the tests."""
    values = temporal.dynamic_config(skipping=True)
    extra = [part for value in values for part in ("--dynamic-config-value", value)]
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=100_000),
        dev_server_existing_path=str(temporal.executable()),
        dev_server_extra_args=extra,
    ) as environment:
        yield environment


async def main(wanted: Sequence[str]) -> None:
    """Record the stories of those names, or every one."""
    GOLDENS.mkdir(exist_ok=True)
    async with server() as environment:
        config = environment.client.config()
        config["data_converter"] = data_converter(None)
        client = Client(**config)
        for story in [each for each in STORIES if not wanted or each.__name__ in wanted]:
            await record(story, client, environment)


if __name__ == "__main__":
    configure_logs(Settings(log_level="ERROR"), process="recorder")
    asyncio.run(main(sys.argv[1:]))
    leave()
