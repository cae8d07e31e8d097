"""From a broken rule to a failure that a caller can tell from a bug: by type, with a code and parameters."""

from temporalio.exceptions import ApplicationError

from shared.contracts.failures import ENDED, FailureType, Refusal
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken

TYPES: dict[type[RuleBroken], FailureType] = {
    Conflict: FailureType.CONFLICT,
    Forbidden: FailureType.FORBIDDEN,
    Invalid: FailureType.INVALID,
    NotFound: FailureType.NOT_FOUND,
}


def refused(error: RuleBroken) -> ApplicationError:
    """A rule says no; nothing has changed."""
    kind = TYPES.get(type(error), FailureType.CONFLICT)
    return _failure(kind, Refusal(code=error.code, params=dict(error.params)))


def malformed(what: str) -> ApplicationError:
    """A command without its shape; refused before it enters the history."""
    return _failure(FailureType.INVALID, Refusal(code="malformed_command", params={"missing": what}))


def ended() -> ApplicationError:
    """The process is over; refused before it enters the history."""
    return _failure(FailureType.CONFLICT, Refusal(code=ENDED))


def internal(error: Exception) -> ApplicationError:
    """A bug. It fails this command alone, or else every later command would wait behind it for ever."""
    return _failure(FailureType.INTERNAL, Refusal(code="internal", params={"error": type(error).__name__}))


def _failure(kind: FailureType, refusal: Refusal) -> ApplicationError:
    return ApplicationError(refusal.text, type=kind.value, non_retryable=True)
