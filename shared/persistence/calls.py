"""Calls of the kit's own functions, as many as there are in one round trip.

They are sent to the driver as they stand: a recorded contact pays for each statement that the kit adds to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from psycopg import Cursor

MOST_IN_ONE_STATEMENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One function of schema `kit` with its arguments; `%s` stands for each."""

    sql: str
    arguments: tuple[Any, ...]


def run_calls(cursor: Cursor[Any], calls: Sequence[Call]) -> None:
    """Run the calls in their order; what they return is not wanted."""
    for start in range(0, len(calls), MOST_IN_ONE_STATEMENT):
        part = calls[start : start + MOST_IN_ONE_STATEMENT]
        statement = "SELECT " + ", ".join(call.sql for call in part)
        cursor.execute(statement, tuple(chain.from_iterable(call.arguments for call in part)))
