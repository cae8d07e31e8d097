"""How a contract dataclass is written as JSON, the same in the outbox and in Temporal's histories."""

import dataclasses
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID


def default(value: object) -> object:
    """What JSON lacks: instants and days in ISO form, durations in seconds, ids as text."""
    kind: Any = type(value)
    return _writer(kind)(value)


def encode(payload: object) -> str:
    """One payload as JSON text; no personal data may be in it (ids, codes and instants only)."""
    return json.dumps(payload, default=default, ensure_ascii=False, separators=(",", ":"))


@cache
def _writer(kind: type[Any]) -> Callable[[Any], object]:
    """How values of the type are written, found once: asking each value costs most inside a sandbox."""
    if issubclass(kind, datetime | date):
        return kind.isoformat
    if issubclass(kind, timedelta):
        return kind.total_seconds
    if issubclass(kind, UUID):
        return str
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        # One level: JSON asks again for what is inside. `asdict` would copy everything first.
        return lambda value: {name: getattr(value, name) for name in names}
    raise TypeError(f"{kind.__name__} does not cross a process boundary")
