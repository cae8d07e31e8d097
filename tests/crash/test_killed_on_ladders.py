"""A worker is killed at each step of each ladder: every rung comes once, and in order, all the same."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from shared.contracts import names
from shared.contracts.referral import StartReferral
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import own_book
from tests.crash.hesitant_worker import HesitantWorkers, at_each_step
from tests.process.conftest import BUREAU, VILLAGE, Village, opened
from tests.process.ladders import assert_each_rung_once
from tests.workflows.waiting import eventually

QUEUE = "killed-on-ladders"
KINDS = ("chase", "not_seen", "not_seen_red_flag", "drill", "home_repair", "grid_check")
"""One kind for each shape that the ladders of a plan have."""

SEQ = "SELECT seq FROM process.referral WHERE referral_id = :id"
LONG_AFTER = timedelta(days=365)
TASK_TIMEOUT = timedelta(seconds=1)
"""So soon Temporal gives the task of a killed worker to the next."""


@pytest.fixture(scope="module")
def village(settings: Settings) -> Iterator[Village]:
    """A village with people in the units that are told of most."""
    built = Village(settings)
    for unit_id in (VILLAGE, BUREAU):
        built.joins(unit_id, position="lead", role="unit_lead")
        built.joins(unit_id)
    yield built
    built.close()


@pytest.fixture
def workers(
    settings: Settings, temporal_env: WorkflowEnvironment, tmp_path: Path
) -> Iterator[HesitantWorkers]:
    """Workers of which each stops at the first step that has stopped none before."""
    address = temporal_env.client.service_client.config.target_host
    office = replace(settings, temporal_address=address)
    built = HesitantWorkers(settings=office, marks=tmp_path, hesitates=at_each_step, queue=QUEUE)
    yield built
    built.kill()


async def started(env: WorkflowEnvironment, start: StartReferral) -> WorkflowHandle[Any, Any]:
    return await env.client.start_workflow(
        names.REFERRAL,
        start,
        id=names.referral_id(start.state.referral_id),
        task_queue=QUEUE,
        task_timeout=TASK_TIMEOUT,
    )


async def lived_through(
    env: WorkflowEnvironment, starts: list[StartReferral], workers: HesitantWorkers
) -> None:
    """Move each clock far past its last rung, and kill the worker whenever it moves none of them any more."""
    climbing = {
        each.state.referral_id: asyncio.create_task(env.fast_forward(await started(env, each), LONG_AFTER))
        for each in starts
    }

    def nothing_moves() -> bool:
        new = workers.stopped_at() - known
        return all(task.done() or steps_of(referral_id, new) for referral_id, task in climbing.items())

    while not all(task.done() for task in climbing.values()):
        known = workers.stopped_at()
        workers.start()
        await eventually(nothing_moves)
        workers.kill()
    assert all([await task for task in climbing.values()])


def steps_of(referral_id: UUID, marks: set[str]) -> list[str]:
    return [mark for mark in marks if mark.startswith(str(referral_id))]


async def test_every_rung_is_climbed_once_wherever_the_worker_is_killed(
    temporal_env: WorkflowEnvironment, village: Village, workers: HesitantWorkers
) -> None:
    """Architecture §6-1: the worker dies at every decision, its rows committed and unknown to history."""
    offered = {"unit_id": VILLAGE, "requesting_unit_id": BUREAU, "offered_at": datetime.now(UTC)}
    worker = village.database(Login.WORKER)
    starts = [opened(worker, own_book(), kind=kind, **offered) for kind in KINDS]

    await lived_through(temporal_env, starts, workers)

    for state in (each.state for each in starts):
        assert_each_rung_once(village, state)
        decided = village.read(SEQ, id=state.referral_id)[0].seq
        assert len(steps_of(state.referral_id, workers.stopped_at())) == decided
