"""An outbox on a real PostgreSQL, a relay, and processes on a real Temporal server to deliver to."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from shared.contracts import names
from shared.contracts.outbox import OutboxMessage
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.writing import WORKER
from shared.relay.outbox import OutboxRows
from shared.temporal.converter import data_converter
from tests.fakes import MovedClock, RowsInMemory
from workflows.referral.activities import ReferralActivities
from workflows.referral.workflow import Referral
from workflows.worker.sandbox import sandboxed


class Announcements:
    """What services announce, and what has become of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def announce(self, *messages: OutboxMessage) -> None:
        """In one transaction, as a service would."""
        with self._database.begin(WORKER, datetime.now(UTC)) as work:
            for message in messages:
                work.announce(message)

    def row(self, message_id: UUID) -> Any:  # noqa: ANN401 - a row
        """One message as it stands."""
        with self._database.begin(WORKER, datetime.now(UTC)) as work:
            asked = text("SELECT * FROM kit.outbox WHERE message_id = :id")
            return work.session.execute(asked, {"id": message_id}).one()


@pytest.fixture(scope="module")
def outbox(settings: Settings) -> Iterator[Announcements]:
    """The outbox of this test module."""
    database = Database(settings, Login.RELAY)
    yield Announcements(database)
    database.close()


@pytest.fixture
async def leasing(settings: Settings) -> AsyncIterator[OutboxRows]:
    """The relay's statements."""
    rows = await OutboxRows.open(settings.database_url(Login.RELAY))
    yield rows
    await rows.close()


@pytest.fixture
def clock() -> MovedClock:
    """The relay's clock."""
    return MovedClock()


@pytest.fixture(scope="session")
def client(temporal_env: WorkflowEnvironment) -> Client:
    """A client that writes payloads as ours do, legibly."""
    config = temporal_env.client.config()
    config["data_converter"] = data_converter(None)
    return Client(**config)


@pytest.fixture
async def rows(client: Client) -> AsyncIterator[RowsInMemory]:
    """A worker for referrals on their real queue; what they write."""
    written = RowsInMemory()
    with ThreadPoolExecutor(2) as threads:
        worker = Worker(
            client,
            task_queue=names.REFERRAL_QUEUE,
            workflows=[Referral],
            activities=[ReferralActivities(written).project_referral],
            activity_executor=threads,
            workflow_runner=sandboxed(),
        )
        async with worker:
            yield written
