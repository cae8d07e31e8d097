"""How a contract dataclass is written as JSON, the same in the outbox and in Temporal's histories."""

from datetime import timedelta

import orjson


def written(payload: object) -> bytes:
    """One payload as JSON; no personal data may be in it (ids, codes and instants only).

    Instants and days in ISO form, durations in seconds, ids as text. Raises TypeError for what is none of it.
    """
    return orjson.dumps(payload, default=_in_seconds, option=orjson.OPT_NON_STR_KEYS)


def encode(payload: object) -> str:
    """The same as text."""
    return written(payload).decode()


def _in_seconds(value: object) -> float:
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"{type(value).__name__} does not cross a process boundary")
