"""The one timer of a process: armed for the next instant that matters, re-armed only when that changes."""

import asyncio
import hashlib
from datetime import datetime, timedelta

from temporalio import workflow

from workflows.kernel.options import GRACE

SHORTEST_WAIT = timedelta(milliseconds=1)
"""The server refuses a timer of nothing."""


class Deadline:
    """A single slot. Its instant is the contractual one; the wake-up comes a grace and a spread later.

    `is_left`: a timer that would fire too early is left alone and armed anew when it does. That is three
    events more in the end, but two fewer while somebody waits for the answer to what they race for.
    """

    def __init__(self, *, delay: timedelta = GRACE, is_left: bool = False) -> None:
        """Start unarmed."""
        self._delay = delay
        self._is_left = is_left
        self._due: datetime | None = None
        self._fires_for: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.has_fired = False

    def arm(self, due: datetime | None) -> None:
        """Wake up for `due` instead of whatever it was before; the same instant again costs no event."""
        if due == self._due:
            return
        self._due, self.has_fired = due, False
        if not (self._is_left and self._fires_before(due)):
            self._start()

    def _fires_before(self, due: datetime | None) -> bool:
        if self._timer is None or self._fires_for is None or due is None:
            return False
        return self._fires_for <= due

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._fires_for = None, self._due
        if self._due is None:
            return
        wait = max(self._due + self._delay - workflow.now(), SHORTEST_WAIT)
        self._timer = asyncio.get_running_loop().call_later(wait.total_seconds(), self._fire)

    def _fire(self) -> None:
        self._timer = None
        if self._fires_for == self._due:
            self.has_fired = True
        else:
            self._start()


def delay_of(workflow_id: str, spread: timedelta) -> timedelta:
    """How long after its instant this process wakes up: the same in every run, different for each process."""
    if not spread:
        return GRACE
    digest = hashlib.sha256(workflow_id.encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return GRACE + timedelta(milliseconds=round(share * spread / timedelta(milliseconds=1)))
