"""From a failed update back to the domain error that the process raised, parameters in their types."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from temporalio.exceptions import ApplicationError

from shared.contracts.failures import ENDED, FailureType, Refusal
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from shared.temporal.errors import ProcessFault

ERRORS: Mapping[str, type[RuleBroken]] = MappingProxyType(
    {
        FailureType.CONFLICT: Conflict,
        FailureType.FORBIDDEN: Forbidden,
        FailureType.INVALID: Invalid,
        FailureType.NOT_FOUND: NotFound,
    }
)

TYPES: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"holder_id": UUID, "held_since": datetime.fromisoformat}
)
"""Parameters that are more than a code; JSON has made texts of them."""

ENDED_MEANWHILE = "AcceptedUpdateCompletedWorkflow"
"""The server's own type for an update that was still under way when its process ended."""


def error_of(cause: BaseException | None) -> Exception:
    """What the caller of an update is to meet: the rule's own error, or a fault."""
    if not isinstance(cause, ApplicationError):
        return ProcessFault(type(cause).__name__)
    if cause.type == ENDED_MEANWHILE:
        return ended()
    kind = ERRORS.get(cause.type or "")
    if kind is None:
        return ProcessFault(cause.type or "unknown")
    refusal = Refusal.of_text(cause.message)
    return kind(refusal.code, **{name: _typed(name, value) for name, value in refusal.params.items()})


def ended() -> Conflict:
    """The process is over: what was asked came too late."""
    return Conflict(ENDED)


def _typed(name: str, value: Any) -> object:  # noqa: ANN401 - JSON
    convert = TYPES.get(name)
    return convert(value) if convert and isinstance(value, str) else value
