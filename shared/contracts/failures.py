"""How a process refuses a command: a type that a caller may branch on, and a code with parameters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shared.contracts.wire import encode


class FailureType(StrEnum):
    """Failure types a caller may meet; `shared.temporal.gateway` turns them back into domain errors."""

    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    NOT_FOUND = "not_found"
    INTERNAL = "internal"


REFUSALS = frozenset(FailureType) - {FailureType.INTERNAL}
"""Failures by a rule, as opposed to a bug: their message is a `Refusal`."""

ENDED = "process_ended"
"""The code of a refusal by a process that has ended: whatever it was asked, it is too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a refused command says: the rule's code; ids, codes and instants of it in their wire form.

    It travels as the text of the failure, legible: each payload beside it costs the worker as much as the
    rule does, and of fifty who claim at once 49 wait for a refusal.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The code, and what it is about."""
        return f"{self.code} {encode(self.params)}" if self.params else self.code

    @classmethod
    def of_text(cls, text: str) -> "Refusal":
        """The refusal that `text` wrote."""
        code, _, params = text.partition(" ")
        return cls(code=code, params=json.loads(params) if params else {})
