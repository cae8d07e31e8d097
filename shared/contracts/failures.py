"""How a process refuses a command: a type that a caller may branch on, and a code with parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FailureType(StrEnum):
    """Failure types a caller may meet; `shared.temporal.gateway` turns them back into domain errors."""

    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    NOT_FOUND = "not_found"
    INTERNAL = "internal"


REFUSALS = frozenset(FailureType) - {FailureType.INTERNAL}
"""Failures by a rule, as opposed to a bug: their message is a code."""

ENDED = "process_ended"
"""The code of a refusal by a process that has ended: whatever it was asked, it is too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a refused command carries: the rule's code; ids, codes and instants of it in their wire form."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
