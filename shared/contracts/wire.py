"""How a contract dataclass becomes JSON and comes back, alike in the outbox and in Temporal's histories."""

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")


def written(payload: object) -> bytes:
    """One payload as JSON; no personal data may be in it (ids, codes and instants only).

    Instants and days in ISO form, ids as text. Raises TypeError for what does not cross a process boundary.
    """
    return msgspec.json.encode(payload)


def encode(payload: object) -> str:
    """The same as text."""
    return written(payload).decode()


def read(kind: type[T], text: bytes) -> T:
    """What was written, as `kind`; fields that it does not know pass. Raises ValueError for anything else."""
    found: T = _reader(cast("Any", kind)).decode(text)
    return found


def read_parsed(kind: type[T], value: object) -> T:
    """As `read`, of JSON that something else has parsed already: PostgreSQL's."""
    return msgspec.convert(value, kind)


@cache
def _reader(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any annotation
    """How a type is read is worked out once, not for each payload."""
    return msgspec.json.Decoder(kind)
