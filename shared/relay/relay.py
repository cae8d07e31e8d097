"""The relay's loop: what is announced is delivered at once, many keys at a time, each key in order."""

import asyncio
import contextlib
from datetime import timedelta

import structlog
from psycopg import OperationalError
from temporalio.client import Client

from shared.platform.clock import Clock
from shared.relay.delivery import RefusedError, deliver
from shared.relay.outbox import Leased, OutboxRows, open_connection
from shared.temporal.errors import ProcessAway

AT_ONCE = 20
"""So many keys are served at the same time."""

POLL_SECONDS = 1.0
"""A notification wakes the relay at once; one that was lost costs this long."""

TRIES = 5
"""After so many refusals somebody has to look."""

AGAIN_AFTER = timedelta(seconds=1)
BACKOFF = timedelta(seconds=2)

log = structlog.get_logger(__name__)


class Relay:
    """Carries messages from the outbox to Temporal until told to stop."""

    def __init__(self, client: Client, *, url: str, clock: Clock) -> None:
        """Deliver with the client what the database at `url` holds."""
        self._client = client
        self._url = url
        self._clock = clock
        self._wake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver; while PostgreSQL is away, wait for it. Ends with what is under way."""
        stopped = asyncio.create_task(self._wake_when(stopping))
        while not stopping.is_set():
            try:
                await self._serve(stopping)
            except OperationalError as error:
                log.warning("database_away", error=type(error).__name__)
                # What was finished meanwhile has called for a look that nobody can take.
                self._wake.clear()
                await self._rest()
        await stopped

    async def _serve(self, stopping: asyncio.Event) -> None:
        async with contextlib.AsyncExitStack() as stack:
            rows = await OutboxRows.open(self._url)
            stack.push_async_callback(rows.close)
            listening = asyncio.create_task(self._listen())
            stack.push_async_callback(_cancelled, listening)
            stack.push_async_callback(self.finish)
            while not stopping.is_set():
                self._wake.clear()
                await self.send_due(rows)
                if listening.done():
                    listening.result()
                await self._rest()

    async def send_due(self, rows: OutboxRows) -> None:
        """Begin to deliver what is due, as far as there is room."""
        free = AT_ONCE - len(self._under_way)
        if not free:
            return
        for message in await rows.lease(most=free, now=self._clock.now()):
            task = asyncio.create_task(self._send(rows, message))
            self._under_way.add(task)
            task.add_done_callback(self._done)

    async def _send(self, rows: OutboxRows, message: Leased) -> None:
        try:
            outcome = await deliver(self._client, message)
        except ProcessAway:
            await rows.again(message, at=self._clock.now() + AGAIN_AFTER)
        except RefusedError as error:
            await self._refuse(rows, message, str(error))
        except Exception as error:
            # A message that breaks the relay itself must not stop the others, nor be tried for ever.
            log.exception("relay_failed", message_id=str(message.message_id))
            await self._refuse(rows, message, type(error).__name__)
        else:
            await rows.sent(message, outcome, now=self._clock.now())

    async def _refuse(self, rows: OutboxRows, message: Leased, error: str) -> None:
        tries = message.attempts + 1
        log.warning("message_refused", key=message.key, name=message.name, error=error, tries=tries)
        if tries >= TRIES:
            await rows.park(message, error=error, now=self._clock.now())
            return
        await rows.refused(message, error=error, again_at=self._clock.now() + BACKOFF * 2**message.attempts)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            # Its lease runs out and it is sent again.
            log.warning("outcome_not_stored", error=type(error).__name__)

    async def _listen(self) -> None:
        connection = await open_connection(self._url, listening=True)
        async with connection:
            async for _ in connection.notifies():
                self._wake.set()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)

    async def _wake_when(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self._wake.set()

    async def finish(self) -> None:
        """Wait for what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
