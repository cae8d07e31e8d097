"""How a contract dataclass is written as JSON, the same in the outbox and in Temporal's histories."""

import dataclasses
import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID


def default(value: object) -> object:
    """What JSON lacks: instants and days in ISO form, durations in seconds, ids as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, UUID):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # One level: JSON asks again for what is inside. `asdict` would copy everything first.
        return {name: getattr(value, name) for name in _fields(type(value))}
    raise TypeError(f"{type(value).__name__} does not cross a process boundary")


def encode(payload: object) -> str:
    """One payload as JSON text; no personal data may be in it (ids, codes and instants only)."""
    return json.dumps(payload, default=default, ensure_ascii=False, separators=(",", ":"))


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
