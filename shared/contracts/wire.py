"""How a contract dataclass becomes JSON and comes back, alike in the outbox and in Temporal's histories."""

from functools import cache
from threading import Lock
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_LEARNING = Lock()
"""The library hangs what it learns of a dataclass on the class before it is whole: two threads that learned
of one at the same moment ended the process (SIGSEGV)."""


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
    _reader(cast("Any", kind))
    return msgspec.convert(value, kind)


@cache
def _reader(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any annotation
    """How a type is read is learned once, not for each payload, and by one thread at a time."""
    with _LEARNING:
        return msgspec.json.Decoder(kind)
