"""A claim that PostgreSQL has and history has not: whoever claims next must win in both."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from deploy.local.ports import free_port
from deploy.local.postgres import Postgres
from deploy.local.processes import Child
from deploy.local.temporal import TemporalServer
from shared.contracts import names
from shared.contracts.referral import StartReferral
from shared.domain.errors import Conflict
from shared.domain.referral.moves import Move
from shared.domain.referral.state import ReferralState
from shared.platform.settings import Settings
from shared.temporal.client import connect
from shared.temporal.errors import OutcomeUnknown, ProcessAway
from shared.temporal.gateway import Gateway
from tests.builders import a_move, a_referral, an_officer
from tests.crash.hesitant_worker import HesitantWorkers, at_a_claim
from tests.process.conftest import JUSTICE, PLACE, VILLAGE_AREA, Village
from tests.servers import database_environment
from tests.story.waiting import eventually

SHOWN = "SELECT holder_id, seq FROM process.referral WHERE referral_id = :id"
ACCEPTS = "SELECT account_id FROM process.referral_ledger WHERE referral_id = :id AND code = 'accept'"

PATIENCE_SECONDS = 60.0
"""A worker on a busy machine imports for a while."""

StartWorker = Callable[[], Child]


@pytest.fixture
def temporal(tmp_path: Path) -> Iterator[TemporalServer]:
    """A Temporal server that this test may kill."""
    server = TemporalServer(tmp_path, free_port())
    server.start()
    server.wait_until_ready()
    yield server
    server.child.kill()


@pytest.fixture
def office(settings: Settings, temporal: TemporalServer) -> Settings:
    """The settings of everybody in this test."""
    return replace(settings, temporal_address=temporal.address)


@pytest.fixture
def village(settings: Settings) -> Iterator[Village]:
    """A place with a justice bureau."""
    built = Village(settings)
    yield built
    built.close()


@pytest.fixture
def start_worker(office: Settings, postgres: Postgres, tmp_path: Path) -> Iterator[StartWorker]:
    """Start the real worker."""
    workers: list[Child] = []
    environment = database_environment(postgres, office.database_name)
    environment["TANFANG_TEMPORAL_ADDRESS"] = office.temporal_address

    def started() -> Child:
        argv = [sys.executable, "-m", "workflows.worker"]
        workers.append(Child(name="worker", argv=argv, folder=tmp_path, environment=environment))
        workers[-1].start()
        return workers[-1]

    yield started
    for worker in workers:
        worker.kill()


@pytest.fixture
def hesitant(office: Settings, tmp_path: Path) -> Iterator[HesitantWorkers]:
    """A worker that never comes back from a claim."""
    marks = tmp_path / "marks"
    marks.mkdir()
    workers = HesitantWorkers(settings=office, marks=marks, hesitates=at_a_claim)
    workers.start()
    yield workers
    workers.kill()


def test_the_next_claim_wins_in_postgres_and_in_the_workflow(
    office: Settings,
    village: Village,
    temporal: TemporalServer,
    hesitant: HesitantWorkers,
    start_worker: StartWorker,
) -> None:
    """§6 rule 2: the worker dies after its local activity committed, Temporal dies, another person claims."""
    gateway = Gateway.from_settings(office, identity="test")
    first, second = an_officer(JUSTICE), an_officer(JUSTICE)
    village.joins(JUSTICE)
    referral_id = offered(office)
    eventually(lambda: village.read(SHOWN, id=referral_id), seconds=PATIENCE_SECONDS)

    forgotten = a_move(Move.ACCEPT, first, datetime.now(UTC))
    with ThreadPoolExecutor(1) as waiting:
        asked = waiting.submit(gateway.make, referral_id, forgotten)
        eventually(hesitant.stopped_at)
        hesitant.kill()
        temporal.child.kill()
        assert isinstance(asked.exception(), ProcessAway | OutcomeUnknown)
    assert village.read(SHOWN, id=referral_id)[0].holder_id == first.account_id
    temporal.start()
    temporal.wait_until_ready()
    start_worker()
    won = claimed(gateway, referral_id, a_move(Move.ACCEPT, second, datetime.now(UTC)))

    assert won.holder_id == second.account_id
    assert gateway.explain_referral(referral_id).holder_id == second.account_id
    shown = village.read(SHOWN, id=referral_id)[0]
    assert (shown.holder_id, shown.seq) == (second.account_id, won.seq)
    assert [row.account_id for row in village.read(ACCEPTS, id=referral_id)] == [second.account_id]
    with pytest.raises(Conflict) as lost:
        gateway.make(referral_id, forgotten)
    assert lost.value.params["holder_id"] == second.account_id


def offered(office: Settings) -> UUID:
    """A referral to the justice bureau, under way."""
    fresh = a_referral(offered_at=datetime.now(UTC))
    state = replace(fresh, jurisdiction_id=PLACE, area_code=VILLAGE_AREA, unit_id=JUSTICE)
    asyncio.run(start(office, state))
    return state.referral_id


async def start(office: Settings, state: ReferralState) -> None:
    client = await connect(office, identity="test")
    await client.start_workflow(
        names.REFERRAL,
        StartReferral(state=state),
        id=names.referral_id(state.referral_id),
        task_queue=names.REFERRAL_QUEUE,
    )


def claimed(gateway: Gateway, referral_id: UUID, claim: Any) -> Any:  # noqa: ANN401 - command and answer
    """Claim as a phone does: the same key until somebody has answered."""

    def asked() -> Any:  # noqa: ANN401 - the answer
        try:
            return gateway.make(referral_id, claim)
        except (ProcessAway, OutcomeUnknown):
            return None

    return eventually(asked, seconds=PATIENCE_SECONDS)
