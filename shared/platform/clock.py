"""The clock: the one module that reads the time. Everybody else receives an instant."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

SHIFT_READ_EVERY_SECONDS = 0.2


class Clock(Protocol):
    """Tells the present instant, aware and in UTC."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock plus a shift that a test over the whole stack moves.

    `read_shift` fetches the stored shift (`kit.clock_shift`); it is asked at most every 0.2 s, so that
    a page does not pay a query for each look at the clock. Made only by `persistence.clock_shift.clock_for`,
    and there only under test settings.
    """

    def __init__(self, read_shift: Callable[[], timedelta]) -> None:
        """Start without a shift; the first look reads it."""
        self._read_shift = read_shift
        self._shift = timedelta()
        self._read_again_at = 0.0

    def now(self) -> datetime:
        """The shifted instant in UTC."""
        if time.monotonic() >= self._read_again_at:
            self._shift = self._read_shift()
            self._read_again_at = time.monotonic() + SHIFT_READ_EVERY_SECONDS
        return datetime.now(UTC) + self._shift
