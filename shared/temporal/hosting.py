"""Hosting workers: connect, serve until told to stop, and hand unfinished work back in good order."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from shared.platform.settings import Settings
from shared.temporal.client import connect
from shared.temporal.errors import ProcessAway

GRACEFUL = timedelta(seconds=20)
"""How long running activities may take to end; a killed worker would stall its processes for ten seconds."""

RETRY_SECONDS = 1.0

log = structlog.get_logger(__name__)

MakeWorkers = Callable[[Client], Sequence[Worker]]
Prepare = Callable[[Client], Awaitable[None]]


async def serve(
    settings: Settings, *, identity: str, make: MakeWorkers, prepare: Prepare | None = None
) -> None:
    """Serve until SIGTERM or Ctrl-C, after `prepare` has been done.

    A worker that fails for good ends the process: its supervisor starts it again.
    """
    stopping = stop_on_signals()
    client = await connected(settings, identity=identity, stopping=stopping)
    if client is None:
        return
    if prepare is not None:
        await prepare(client)
    async with contextlib.AsyncExitStack() as stack:
        for worker in make(client):
            await stack.enter_async_context(worker)
            log.info("worker_started", queue=worker.task_queue)
        _spare_what_is_loaded()
        await stopping.wait()
        log.info("worker_stopping")


def _spare_what_is_loaded() -> None:
    """A collection that looks at every module again holds up who claims just then, by a tenth of a second."""
    gc.collect()
    gc.freeze()


async def connected(settings: Settings, *, identity: str, stopping: asyncio.Event) -> Client | None:
    """A client as soon as the server is there, or None if we are told to stop before."""
    while not stopping.is_set():
        try:
            return await connect(settings, identity=identity)
        except ProcessAway:
            log.warning("temporal_away", server=settings.temporal_address)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), RETRY_SECONDS)
    return None


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and Ctrl-C set, from now on."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping
