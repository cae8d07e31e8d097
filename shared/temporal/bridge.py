"""From threads to Temporal's event loop: how a synchronous web service asks a process.

The client belongs to one process and one loop and refuses to be used across a fork. So each process makes
its own on first use: one daemon thread with a loop, one client on it, shared by all request threads.
"""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio.client import Client

T = TypeVar("T")

SLACK_SECONDS = 1.0
"""The thread waits this much longer than the loop, which is the one to give up."""


class Bridge:
    """One loop and one client per process, made on first use."""

    def __init__(self, connect: Callable[[], Awaitable[Client]]) -> None:
        """Connect to nothing yet."""
        self._connect = connect
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def call(self, ask: Callable[[Client], Awaitable[T]], *, seconds: float) -> T:
        """Ask on the loop and wait for the answer.

        Raises what `connect` and `ask` raise, and TimeoutError after `seconds`.
        """
        asked = asyncio.run_coroutine_threadsafe(self._ask(ask, seconds), self._running_loop())
        return asked.result(seconds + SLACK_SECONDS)

    def _forget(self) -> None:
        """A forked child has neither the thread nor the connection, and the lock may be held by nobody."""
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="temporal", daemon=True).start()
            return self._loop

    async def _ask(self, ask: Callable[[Client], Awaitable[T]], seconds: float) -> T:
        async with asyncio.timeout(seconds):
            return await ask(await self._connected())

    async def _connected(self) -> Client:
        async with self._connecting:
            if self._client is None:
                self._client = await self._connect()
            return self._client
