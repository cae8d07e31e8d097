"""Moving the clock of the running stack: the services' by its stored shift, each process's with it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import create_engine
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from shared.contracts.names import referral_id, visit_cycle_id
from shared.persistence.clock_shift import read_shift, store_shift
from shared.platform.clock import SHIFT_READ_EVERY_SECONDS
from tests.story.office import DATABASE, Office
from tests.story.waiting import eventually

SETTLED = timedelta(seconds=60)
"""Beyond any grace and spread: what was due this long ago has happened."""

NEAR = timedelta(seconds=5)
"""A process this close to the clock needs no moving."""

AT_ONCE = 6
MOST_SECONDS = 150.0
"""For every process to pass a week: where three tests share a slow machine it has taken over sixty."""

OPEN_CYCLES = "SELECT enrolment_id AS id, next_wake_at FROM process.visit_cycle WHERE NOT is_closed"
OPEN_REFERRALS = "SELECT referral_id AS id, next_wake_at FROM process.referral WHERE closed_at IS NULL"
UNDER_WAY = """
SELECT count(*) FROM kit.outbox AS message
WHERE parked_at IS NULL AND (sent_at IS NULL OR verb = 'start' AND name <> 'Aftermath' AND NOT EXISTS (
    SELECT FROM process.visit_cycle WHERE 'visit-cycle/' || enrolment_id = message.key
    UNION ALL SELECT FROM process.referral WHERE 'referral/' || referral_id = message.key
))
"""
"""Messages on their way, and processes that have not written their first row; an aftermath writes none."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An open process and when it wants to wake up."""

    workflow_id: str
    next_wake_at: datetime | None


class StackClock:
    """The clock of a stack that was started for tests. It only goes forward."""

    def __init__(self, office: Office) -> None:
        self._office = office
        url = office.stack.postgres.url(DATABASE).replace("postgresql://", "postgresql+psycopg://")
        self._engine = create_engine(url)

    def now(self) -> datetime:
        """The present instant of every service."""
        return datetime.now(UTC) + read_shift(self._engine)

    def advance_to(self, moment: datetime) -> None:
        """Let time pass until what is due at `moment` has happened, for everybody and every process.

        Processes go in order of their next wake-up. What they start on the way is started by the relay, which
        has the machine's clock, and then taken along; until nothing new comes.
        """
        shift = moment + SETTLED - datetime.now(UTC)
        assert shift >= read_shift(self._engine), "time does not run backwards"
        store_shift(self._engine, shift)
        # Each service looks at the shift that often.
        read_again = datetime.now(UTC) + timedelta(seconds=SHIFT_READ_EVERY_SECONDS)
        self.catch_up()
        eventually(lambda: datetime.now(UTC) > read_again)

    def catch_up(self) -> None:
        """Take along the processes that were started since."""
        asyncio.run(asyncio.wait_for(self._catch_up(), MOST_SECONDS))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    async def _catch_up(self) -> None:
        client = await Client.connect(self._office.stack.temporal.address)
        config = TimeSkippingConfig(enabled=False, max_session_skip_count=100_000)
        skipper = TimeSkipper(client, config=config)
        moved: set[str] = set()
        while behind := [each for each in self._running() if each.workflow_id not in moved]:
            await gathered([partial(self._move, skipper, each.workflow_id) for each in behind])
            moved |= {each.workflow_id for each in behind}
            await asyncio.to_thread(self._wait_for_relay)

    async def _move(self, skipper: TimeSkipper, workflow_id: str) -> None:
        handle: WorkflowHandle[Any, Any] = skipper.client.get_workflow_handle(workflow_id)
        try:
            ahead = self.now() - await skipper.get_current_time(handle)
            if ahead > NEAR:
                await skipper.fast_forward(handle, ahead)
        except RPCError as error:
            # It has ended meanwhile, which is its right.
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    def _running(self) -> list[Running]:
        """Every open process, the next to wake first."""
        found = [
            Running(workflow_id=name(row["id"]), next_wake_at=row["next_wake_at"])
            for name, statement in ((visit_cycle_id, OPEN_CYCLES), (referral_id, OPEN_REFERRALS))
            for row in self._office.rows(statement)
        ]
        return sorted(found, key=lambda each: each.next_wake_at or datetime.max.replace(tzinfo=UTC))

    def _wait_for_relay(self) -> None:
        eventually(lambda: self._office.count(UNDER_WAY) == 0)


async def gathered(calls: Iterable[Callable[[], Awaitable[Result]]]) -> list[Result]:
    """Do them in order, a few at a time."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(call: Callable[[], Awaitable[Result]]) -> Result:
        async with places:
            return await call()

    return list(await asyncio.gather(*(one(call) for call in calls)))
