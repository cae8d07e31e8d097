"""The shift of the test clock, stored in one row so that every process of a story moves together."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select

from shared.persistence.engine import Database
from shared.persistence.tables import ClockShift
from shared.platform.clock import Clock, ShiftedClock, SystemClock
from shared.platform.settings import Environment, Settings

SHIFT = select(ClockShift.shift)


def clock_for(settings: Settings, database: Database) -> Clock:
    """The clock of a process: the machine's, except under test settings, where it is shifted."""
    if settings.environment is not Environment.TEST or not settings.test_clock:
        return SystemClock()
    return ShiftedClock(lambda: _shift_of(database.read_one(SHIFT)))


def read_shift(engine: Engine) -> timedelta:
    """The stored shift; none stored is none."""
    with engine.connect() as connection:
        return _shift_of(connection.execute(SHIFT).one_or_none())


def store_shift(engine: Engine, shift: timedelta) -> None:
    """Move the clock of every process under test settings; the engine is the owner's."""
    with engine.begin() as connection:
        connection.execute(delete(ClockShift))
        connection.execute(insert(ClockShift).values(shift=shift))


def _shift_of(row: Row[Any] | None) -> timedelta:
    shift: timedelta = row.shift if row else timedelta()
    return shift
