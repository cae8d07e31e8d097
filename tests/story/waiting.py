"""Waiting for what another process does, never longer than stated and never by hoping."""

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

from shared.platform.logins import Login
from shared.platform.settings import Settings

POLL_SECONDS = 0.05
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"

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


def until_somebody_waits(settings: Settings) -> None:
    """Until a transaction waits for another one to end."""
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as owner:
        eventually(lambda: owner.execute(WAITING).fetchone() != (0,))
