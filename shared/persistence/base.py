"""What every table starts from: names of constraints, instants with a zone, codes with their check."""

from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped


def _checked(constraint: CheckConstraint, _table: Table) -> str:
    """A check's own name; that of codes is the column's, because two columns may hold the same codes."""
    if isinstance(constraint.name, str) and not constraint._type_bound:  # noqa: SLF001 - nothing public tells
        return constraint.name
    return "_".join(column.name for column in constraint.columns)


NAMES_OF_CONSTRAINTS: dict[str, Any] = {
    "own_constraint_name": _checked,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(own_constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


CODE_LENGTH = 40


class NaiveInstantError(ValueError):
    """An instant without a zone was about to be stored."""


class Instant(TypeDecorator[datetime]):
    """An aware instant; PostgreSQL keeps it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a naive datetime: it would be read as the server's local time."""
        if value is not None and value.tzinfo is None:
            raise NaiveInstantError(f"{value.isoformat()} has no zone")
        return value


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def codes_of(kind: type[StrEnum]) -> Enum:
    """A column type for a finite set of codes: text with a check, never a native enum (those cannot shrink).

    A column annotated with a StrEnum gets this type by itself.
    """
    return Enum(kind, native_enum=False, create_constraint=True, values_callable=_values, length=CODE_LENGTH)


class Base(DeclarativeBase):
    """The declarative base of every table; each names its schema in `__table_args__`."""

    metadata = MetaData(naming_convention=NAMES_OF_CONSTRAINTS)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own contract for the name
        datetime: Instant(),
        str: Text(),
        bytes: LargeBinary(),
        UUID: Uuid(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
        StrEnum: codes_of(StrEnum),
    }


def table_of(model: type[Base]) -> Table:
    """The table of a model, for plain statements: an insert needs no identity map."""
    return cast("Table", model.__table__)


class Located:
    """Mixed into every row about an elder: where it belongs. Row policies read these two columns."""

    jurisdiction_id: Mapped[str]
    area_code: Mapped[str]
