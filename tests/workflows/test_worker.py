"""The worker: it serves everything that contracts name, keeps the Schedule, and leaves in good order."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio import activity
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from deploy.local.health import worker_polls
from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.temporal import TemporalServer
from shared.contracts import activities, names
from shared.contracts.activities import CHANGE_REGISTER, CHANGE_VISITS, REVIEW, Activity
from shared.contracts.review import ReviewAsOf, Reviewed
from tests.fakes import RowsInMemory
from tests.servers import ROOT, database_environment
from tests.workflows.waiting import PATIENCE_SECONDS, eventually_async
from workflows.kernel.patches import PATCHES
from workflows.review.activities import ReviewActivities
from workflows.review.workflow import DailyReview
from workflows.worker.registry import queues
from workflows.worker.sandbox import sandboxed
from workflows.worker.schedules import DAILY_REVIEW_ID, WATCH_ID, keep_schedules

OF_SERVICES = {REVIEW.name, CHANGE_REGISTER.name, CHANGE_VISITS.name}
"""Activities that a service's own worker runs, on the queue of its facts."""


def test_every_process_that_contracts_name_is_served_on_its_queue() -> None:
    served = {
        activity_name(each, "__temporal_workflow_definition"): queue.name
        for queue in queues(RowsInMemory())
        for each in queue.workflows
    }

    assert served == names.QUEUES


def test_every_activity_that_contracts_name_is_run_by_somebody() -> None:
    run = {
        activity_name(each, "__temporal_activity_definition")
        for queue in queues(RowsInMemory())
        for each in queue.activities
    }
    named = {each.name for each in vars(activities).values() if isinstance(each, Activity)}

    assert run | OF_SERVICES == named


def test_no_patch_outlives_its_day() -> None:
    today = datetime.now(UTC).date()

    assert {patch: gone_on for patch, gone_on in PATCHES.items() if gone_on <= today} == {}


async def test_the_schedule_is_kept_however_many_workers_start(client: Client) -> None:
    await keep_schedules(client)
    await keep_schedules(client)

    handle = client.get_schedule_handle(DAILY_REVIEW_ID)
    described = await handle.describe()
    watch = client.get_schedule_handle(WATCH_ID)
    looks = (await watch.describe()).info.next_action_times
    await handle.delete()
    await watch.delete()

    assert looks[1] - looks[0] <= timedelta(minutes=1)
    first, second = described.info.next_action_times[:2]
    assert second - first == timedelta(days=1)
    assert (first.astimezone(UTC).hour, first.minute) == (16, 10)


async def test_the_daily_review_seals_the_history_and_asks_the_register_as_of_one_instant(
    client: Client, temporal_env: WorkflowEnvironment, rows: RowsInMemory
) -> None:
    asked: list[ReviewAsOf] = []

    @activity.defn(name=REVIEW.name)
    async def review(as_of: ReviewAsOf) -> Reviewed:
        asked.append(as_of)
        return Reviewed(states_ended=2)

    queue = f"test-{uuid4()}"
    processes = Worker(
        client,
        task_queue=queue,
        workflows=[DailyReview],
        activities=[ReviewActivities(rows).seal_history],
        activity_executor=ThreadPoolExecutor(1),
        workflow_runner=sandboxed(),
    )
    register = Worker(client, task_queue=names.CARE_REGISTER_FACTS, activities=[review])
    async with processes, register:
        started = await client.start_workflow(
            names.DAILY_REVIEW, id=f"review-{uuid4()}", task_queue=queue, result_type=Reviewed
        )
        reviewed = await started.result()

    assert reviewed == Reviewed(states_ended=2)
    assert rows.sealed_at == [asked[0].as_of]
    assert abs(asked[0].as_of - datetime.now(UTC)) < timedelta(minutes=2)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TemporalServer]:
    """A server of its own: the shared one remembers the pollers of other tests."""
    started = TemporalServer(tmp_path, free_port())
    started.start()
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()


async def test_a_server_that_is_not_there_yet_is_no_fault_but_a_worker_that_does_not_poll_yet() -> None:
    assert not await worker_polls(f"127.0.0.1:{free_port()}")


async def test_sigterm_ends_the_worker_in_good_order(
    server: TemporalServer, postgres: Postgres, migrated_template: str
) -> None:
    environment = {
        **os.environ,
        **database_environment(postgres, migrated_template),
        "TANFANG_TEMPORAL_ADDRESS": server.address,
        "TANFANG_TEST_CLOCK": "0",
    }
    command = [sys.executable, "-m", "workflows.worker"]
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    await eventually_async(lambda: worker_polls(server.address))
    worker.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(worker.wait(), PATIENCE_SECONDS) == 0


def activity_name(registered: object, definition: str) -> str:
    """The wire name under which the SDK knows a workflow or an activity."""
    name = getattr(registered, definition).name
    assert isinstance(name, str)
    return name
