"""One row in every table of Tanfang, made from the models: something for a wrong login to see."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Enum, insert, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from deploy.migrations.models import metadata
from shared.persistence.base import Instant
from tests.persistence.conftest import CLERK, NOW

VILLAGE = "370302115201"
BY_NAME = {"jurisdiction_id": CLERK.jurisdiction_id, "area_code": VILLAGE, "id": 1}
BY_TYPE: dict[type, Any] = {
    UUID: UUID(int=9),
    # Digits, so that a text which must be a code or a prefix of one is one.
    str: VILLAGE,
    bytes: bytes(32),
    int: 1,
    bool: True,
    date: NOW.date(),
    timedelta: timedelta(0),
}
BY_COLUMN_TYPE: dict[type, Any] = {ARRAY: [], Instant: NOW, JSONB: []}

WITHOUT_CHECKS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
WHERE c.contype = 'c' AND t.relowner = current_user::regrole
"""


def fill_every_table(connection: Connection) -> None:
    """Insert the row of each table; every id is the same, so every reference finds its row.

    What may be empty is: an open row is the one that a view shows. Rules between columns are not what these
    rows are for, so the checks go first; the database belongs to the calling test module alone.
    """
    for statement in connection.execute(text(WITHOUT_CHECKS)).scalars().all():
        connection.execute(text(statement))
    for table in metadata().sorted_tables:
        row = {column.name: _value(column) for column in table.columns if not column.identity}
        connection.execute(insert(table).values(row))


def _value(column: Column[Any]) -> object:
    if column.name in BY_NAME:
        return BY_NAME[column.name]
    if column.nullable:
        return None
    if isinstance(column.type, Enum):
        return (
            column.type.enum_class(column.type.enums[0]) if column.type.enum_class else column.type.enums[0]
        )
    for kind, value in BY_COLUMN_TYPE.items():
        if isinstance(column.type, kind):
            return value
    return BY_TYPE[column.type.python_type]
