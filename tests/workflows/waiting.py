"""Waiting for what other processes do."""

import asyncio
from collections.abc import Callable

PATIENCE_SECONDS = 30.0


async def eventually(holds: Callable[[], bool]) -> None:
    """Return as soon as it holds. Raises TimeoutError if it never does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 - other processes do it, and they share no event with us
            await asyncio.sleep(0.02)
