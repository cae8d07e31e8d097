"""Writing rows so that writing them again, or too late, changes nothing.

A worker may die after it has written and before history has kept the decision. What then happens instead
must win, whatever its number: rows are ordered by `task_at`, the workflow's own time, and by `seq` within it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, tuple_
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

Row = Mapping[str, Any]


def put(session: Session, table: Table, rows: Sequence[Row]) -> bool:
    """Insert the rows or replace older ones. Answers whether any was still of interest."""
    if not rows:
        return False
    statement = insert(table).values(rows)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    statement = statement.on_conflict_do_update(
        index_elements=keys, set_=changes, where=_is_not_older(statement, table)
    )
    return session.execute(statement.returning(table.c.seq)).first() is not None


def add(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows that are not there yet; one that is there stays as it is."""
    if rows:
        session.execute(insert(table).values(rows).on_conflict_do_nothing())


def _is_not_older(statement: Insert, table: Table) -> ColumnElement[bool]:
    fresh = tuple_(statement.excluded.task_at, statement.excluded.seq)
    return fresh >= tuple_(table.c.task_at, table.c.seq)
