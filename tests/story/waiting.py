"""Waiting for what another process does, never longer than stated and never by hoping."""

import time
from collections.abc import Callable
from typing import TypeVar

POLL_SECONDS = 0.05

Found = TypeVar("Found")


def eventually(look: Callable[[], Found | None], *, seconds: float = 20.0) -> Found:
    """What `look` finds as soon as it finds anything. Fails after so many seconds."""
    give_up = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < give_up, f"not within {seconds} s"
        time.sleep(POLL_SECONDS)
