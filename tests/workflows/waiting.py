"""Waiting for what other processes do."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.05


async def eventually(holds: Callable[[], bool]) -> None:
    """Return as soon as it holds. Raises TimeoutError if it never does."""

    async def asked() -> bool:
        return holds()

    await eventually_async(asked)


async def eventually_async(holds: Callable[[], Awaitable[bool]]) -> None:
    """The same for a question that has to be awaited."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await holds():  # noqa: ASYNC110 - others do it, and they share no event with us
            await asyncio.sleep(LOOK_EVERY_SECONDS)
