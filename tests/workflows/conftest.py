"""Processes on the real server, with a clock that a test moves and rows kept in memory."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from deploy.local.worker import every_worker
from shared.persistence.engine import Database
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.relay.relay import Relay
from shared.temporal.client import connect
from shared.temporal.converter import data_converter
from tests.fakes import RowsInMemory
from tests.process.conftest import VILLAGE, Village
from tests.workflows.journeys import CycleJourney, Departure, ReferralJourney
from workflows.referral.activities import ReferralActivities
from workflows.referral.workflow import Referral
from workflows.visit_cycle.activities import CycleActivities
from workflows.visit_cycle.workflow import VisitCycle
from workflows.worker.sandbox import sandboxed


@pytest.fixture(scope="session")
def client(temporal_env: WorkflowEnvironment) -> Client:
    """A client that writes payloads as ours do, legibly."""
    config = temporal_env.client.config()
    config["data_converter"] = data_converter(None)
    return Client(**config)


@pytest.fixture
def rows() -> RowsInMemory:
    """What the processes of this test have written."""
    return RowsInMemory()


@pytest.fixture
async def departure(
    temporal_env: WorkflowEnvironment, client: Client, rows: RowsInMemory
) -> AsyncIterator[Departure]:
    """A worker of this test alone, with the sandbox on."""
    queue = f"test-{uuid4()}"
    with ThreadPoolExecutor(4) as threads:
        worker = Worker(
            client,
            task_queue=queue,
            workflows=[VisitCycle, Referral],
            activities=[CycleActivities(rows).project_cycle, ReferralActivities(rows).project_referral],
            activity_executor=threads,
            workflow_runner=sandboxed(),
        )
        async with worker:
            yield Departure(environment=temporal_env, client=client, queue=queue)


@pytest.fixture
def cycles(departure: Departure) -> CycleJourney:
    """Starts visit cycles."""
    return CycleJourney(departure)


@pytest.fixture
def referrals(departure: Departure) -> ReferralJourney:
    """Starts referrals."""
    return ReferralJourney(departure)


@pytest.fixture(scope="module")
def office(settings: Settings, temporal_env: WorkflowEnvironment) -> Settings:
    """The settings of every process of this test: its database and its Temporal."""
    return replace(settings, temporal_address=temporal_env.client.service_client.config.target_host)


@pytest.fixture(scope="module")
def village(settings: Settings) -> Iterator[Village]:
    """A village with one cadre."""
    built = Village(settings)
    built.joins(VILLAGE)
    yield built
    built.close()


@pytest.fixture
def register(settings: Settings) -> Iterator[Database]:
    """The register's own login."""
    database = Database(settings, Login.CARE_REGISTER)
    yield database
    database.close()


@pytest.fixture
async def running(office: Settings) -> AsyncIterator[Client]:
    """The worker and the relay as `make run` starts them, payloads encrypted."""
    client = await connect(office, identity="test")
    stopping = asyncio.Event()
    relay = Relay(client, url=office.database_url(Login.RELAY), clock=SystemClock())
    relaying = asyncio.create_task(relay.run(stopping))
    async with contextlib.AsyncExitStack() as stack:
        make = stack.enter_context(every_worker(office))
        for worker in make(client):
            await stack.enter_async_context(worker)
        yield client
        stopping.set()
        await relaying
