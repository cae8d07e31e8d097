"""SQL for all rows of a decision in one statement, so that writing again, or too late, changes nothing.

A worker may die after it has written and before history has kept the decision. What then happens instead
must win, whatever its number: rows are ordered by `task_at`, the workflow's own time, and by `seq` within it.

The rows come as one JSON document, a list for each table: one round trip, and a statement put together once.
Its parts are `given`, the document, and `won`, the current row, which the others wait for: nothing of a
decision is written if a later one has been.
"""

from collections.abc import Sequence

from sqlalchemy import Table


def one_statement(won: str, **others: str) -> str:
    """The parts as one statement for the driver: given `rows`, it answers whether the decision is written."""
    parts = {"given": "SELECT CAST(%(rows)s AS jsonb) AS rows", "won": won, **others}
    written = ", ".join(f"{name} AS ({part})" for name, part in parts.items())
    return f"WITH {written} SELECT EXISTS (SELECT FROM won)"  # noqa: S608 - parts of our own


def put(table: Table, *, if_won: bool = False) -> str:
    """Insert the rows of the table, or replace those that are not later."""
    keys = [column.name for column in table.primary_key]
    columns = [column.name for column in table.columns]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    return (
        f"{_insert(table, columns, if_won=if_won)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
        " WHERE (excluded.task_at, excluded.seq) >= (t.task_at, t.seq)"
    )


def add(table: Table, columns: Sequence[str] = ()) -> str:
    """Insert the rows that are not there yet; `columns` where not all of them are the writer's."""
    names = columns or [column.name for column in table.columns]
    return f"{_insert(table, names, if_won=True)} ON CONFLICT DO NOTHING"


def _insert(table: Table, columns: Sequence[str], *, if_won: bool) -> str:
    names = ", ".join(columns)
    rows = f"jsonb_populate_recordset(NULL::{table.fullname}, given.rows -> '{table.name}')"
    condition = " WHERE EXISTS (SELECT FROM won)" if if_won else ""
    # Only names of our own tables and columns are put together here; values come in the document.
    return f"INSERT INTO {table.fullname} AS t ({names}) SELECT {names} FROM given, {rows}{condition}"  # noqa: S608
