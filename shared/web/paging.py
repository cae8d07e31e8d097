"""Keyset paging: `?after=…&limit=…`; stable while rows come and go, and nothing is counted."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from marshmallow import fields, validate

from shared.web.messages import BAD_CURSOR
from shared.web.problems import InvalidFields
from shared.web.schemas import KitSchema, WholeNumber

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200

Row = TypeVar("Row")
Key = TypeVar("Key")


class PageQuerySchema(KitSchema):
    """The query fields of a paged list; inherit from it to add filters."""

    after = fields.String(load_default=None, metadata={"description": "`next` of the page before"})
    limit = WholeNumber(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=LARGEST_LIMIT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows and, if there are more, the cursor of the next page."""

    items: Sequence[Row]
    next: str | None


def encode_cursor(*keys: str) -> str:
    """The sort keys of the last row shown, as text for a URL."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, size: int) -> tuple[str, ...]:
    """The sort keys inside a cursor.

    Raises:
        InvalidFields: it is not one of ours.
    """
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        keys = None
    if not isinstance(keys, list) or len(keys) != size or not all(isinstance(key, str) for key in keys):
        raise InvalidFields(errors={"after": [BAD_CURSOR]})
    return tuple(keys)


def instant_and_id(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The instant and the id behind which a page begins that is sorted by them; None for the first page.

    Raises InvalidFields for a cursor that is not one of ours.
    """
    return _key_and_id(cursor, lambda at: datetime.fromisoformat(at).astimezone(UTC))


def day_and_id(cursor: str | None) -> tuple[date, UUID] | None:
    """The same of a page that is sorted by a day. Raises InvalidFields."""
    return _key_and_id(cursor, date.fromisoformat)


def _key_and_id(cursor: str | None, read: Callable[[str], Key]) -> tuple[Key, UUID] | None:
    if cursor is None:
        return None
    key, row_id = decode_cursor(cursor, size=2)
    try:
        return read(key), UUID(row_id)
    except (ValueError, OverflowError) as error:
        raise InvalidFields(errors={"after": [BAD_CURSOR]}) from error


def page_of(rows: Sequence[Row], *, limit: int, keys: Callable[[Row], Sequence[str]]) -> Page[Row]:
    """One page from a query that asked for `limit + 1` rows."""
    shown = rows[:limit]
    return Page(items=shown, next=encode_cursor(*keys(shown[-1])) if len(rows) > limit else None)
