"""A synchronous service asks processes from any thread, and from whichever process gunicorn has made."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from shared.contracts import names
from shared.contracts.referral import StartReferral
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralAnswer
from shared.domain.referral.state import ReferralState
from shared.platform.settings import Settings
from shared.temporal.client import connect
from shared.temporal.errors import OutcomeUnknown, ProcessAway, ProcessNotFound
from shared.temporal.gateway import Gateway
from tests.builders import JUSTICE, OFFICE, a_move, a_referral, a_ruling, an_officer, an_outcome
from tests.fakes import RowsInMemory
from tests.servers import ROOT
from workflows.referral.activities import ReferralActivities
from workflows.referral.workflow import Referral
from workflows.worker.sandbox import sandboxed

NOBODY_LISTENS = "127.0.0.1:1"


@pytest.fixture(scope="module")
def office(temporal_env: WorkflowEnvironment) -> Settings:
    """Settings that name the test's server."""
    return replace(Settings(), temporal_address=temporal_env.client.service_client.config.target_host)


@pytest.fixture(scope="module")
def gateway(office: Settings) -> Gateway:
    """What a service asks with."""
    return Gateway.from_settings(office, identity="test")


@pytest.fixture
async def client(office: Settings) -> Client:
    """A client with the encryption of the settings."""
    return await connect(office, identity="test")


@pytest.fixture
async def worked(client: Client) -> AsyncIterator[str]:
    """A queue that a worker serves."""
    queue = f"test-{uuid4()}"
    with ThreadPoolExecutor(2) as threads:
        worker = Worker(
            client,
            task_queue=queue,
            workflows=[Referral],
            activities=[ReferralActivities(RowsInMemory()).project_referral],
            activity_executor=threads,
            workflow_runner=sandboxed(),
        )
        async with worker:
            yield queue


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


async def offered(client: Client, queue: str) -> ReferralState:
    """A referral under way."""
    state = a_referral(offered_at=now())
    await client.start_workflow(
        names.REFERRAL,
        StartReferral(state=state),
        id=names.referral_id(state.referral_id),
        task_queue=queue,
        execution_timeout=timedelta(minutes=5),
    )
    return state


async def test_moves_are_answered_and_refusals_come_back_as_the_rules_own_errors(
    gateway: Gateway, client: Client, worked: str
) -> None:
    state, officer = await offered(client, worked), an_officer(JUSTICE)
    referral_id = state.referral_id

    ruled = await asyncio.to_thread(gateway.appoint, referral_id, a_ruling(now(), JUSTICE))
    claimed = await asyncio.to_thread(gateway.make, referral_id, a_move(Move.ACCEPT, officer, now()))
    with pytest.raises(Conflict, match="taken_already"):
        await asyncio.to_thread(gateway.make, referral_id, a_move(Move.ACCEPT, an_officer(), now()))
    with pytest.raises(Forbidden, match="move_not_permitted"):
        await asyncio.to_thread(gateway.complete, referral_id, an_outcome(an_officer(OFFICE), now()))
    with pytest.raises(Invalid, match="unknown_outcome") as refused:
        await asyncio.to_thread(gateway.complete, referral_id, an_outcome(officer, now(), "no_such"))

    assert (ruled.status, claimed.status) == (Status.OFFERED, Status.ACCEPTED)
    assert await asyncio.to_thread(gateway.explain_referral, referral_id) == claimed
    assert refused.value.params["outcomes"] == list(state.kind.outcomes)


async def test_the_same_request_gets_the_same_answer(gateway: Gateway, client: Client, worked: str) -> None:
    state = await offered(client, worked)
    claim = a_move(Move.ACCEPT, an_officer(), now())

    answers: list[ReferralAnswer] = [
        await asyncio.to_thread(gateway.make, state.referral_id, claim) for _ in range(2)
    ]

    assert answers[0] == answers[1]


async def test_without_a_worker_the_outcome_is_unknown(gateway: Gateway, client: Client) -> None:
    """504: the claim may still be carried out, and the same key asks again."""
    state = await offered(client, f"nobody-serves-{uuid4()}")

    with pytest.raises(OutcomeUnknown):
        await asyncio.to_thread(gateway.make, state.referral_id, a_move(Move.NOTE, an_officer(), now()))


async def test_what_is_not_there_is_told_from_a_server_that_is_away(
    gateway: Gateway, office: Settings
) -> None:
    away = Gateway.from_settings(replace(office, temporal_address=NOBODY_LISTENS), identity="test")

    with pytest.raises(ProcessNotFound):
        await asyncio.to_thread(gateway.make, uuid4(), a_move(Move.NOTE, an_officer(), now()))
    with pytest.raises(ProcessAway):
        await asyncio.to_thread(away.make, uuid4(), a_move(Move.NOTE, an_officer(), now()))


def test_a_gateway_works_on_both_sides_of_a_fork(office: Settings) -> None:
    """gunicorn may have loaded and used the application before it forks."""
    asked = subprocess.run(
        [sys.executable, "-m", "tests.temporal.asking", office.temporal_address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.stdout.split() == ["True", "True", "True"], asked.stderr
