"""Problems: what can go wrong in front of a person or a program, and how HTTP says it.

A handler raises one of `shared.domain.errors` with a stable code and never hears of HTTP. Two tables do the
rest: `CATEGORIES` says what kind of refusal an exception is, `TREATMENTS` which status it gets and when the
same request may be tried again, if ever. The code chooses the Chinese words (`messages.py` of the kit or the
service); nothing ever branches on words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus

from sqlalchemy.exc import DataError, OperationalError

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.temporal.errors import OutcomeUnknown, ProcessAway


class Category(StrEnum):
    """The kinds of refusal that a caller has to tell apart."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_ACCEPTABLE = "not_acceptable"
    CONFLICT = "conflict"
    PRECONDITION_FAILED = "precondition_failed"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA = "unsupported_media"
    INVALID = "invalid"
    PRECONDITION_REQUIRED = "precondition_required"
    THROTTLED = "throttled"
    UNEXPECTED = "unexpected"
    UNAVAILABLE = "unavailable"
    OUTCOME_UNKNOWN = "outcome_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """How one category travels: with `retry_after` the same request, sent again then, may succeed."""

    status: HTTPStatus
    retry_after: timedelta | None = None


TREATMENTS: Mapping[Category, Treatment] = {
    Category.MALFORMED: Treatment(status=HTTPStatus.BAD_REQUEST),
    Category.UNAUTHENTICATED: Treatment(status=HTTPStatus.UNAUTHORIZED),
    Category.FORBIDDEN: Treatment(status=HTTPStatus.FORBIDDEN),
    Category.NOT_FOUND: Treatment(status=HTTPStatus.NOT_FOUND),
    Category.METHOD_NOT_ALLOWED: Treatment(status=HTTPStatus.METHOD_NOT_ALLOWED),
    Category.NOT_ACCEPTABLE: Treatment(status=HTTPStatus.NOT_ACCEPTABLE),
    Category.CONFLICT: Treatment(status=HTTPStatus.CONFLICT),
    Category.PRECONDITION_FAILED: Treatment(status=HTTPStatus.PRECONDITION_FAILED),
    Category.TOO_LARGE: Treatment(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    Category.UNSUPPORTED_MEDIA: Treatment(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    Category.INVALID: Treatment(status=HTTPStatus.UNPROCESSABLE_ENTITY),
    Category.PRECONDITION_REQUIRED: Treatment(status=HTTPStatus.PRECONDITION_REQUIRED),
    Category.THROTTLED: Treatment(status=HTTPStatus.TOO_MANY_REQUESTS, retry_after=timedelta(minutes=1)),
    Category.UNEXPECTED: Treatment(status=HTTPStatus.INTERNAL_SERVER_ERROR),
    Category.UNAVAILABLE: Treatment(status=HTTPStatus.SERVICE_UNAVAILABLE, retry_after=timedelta(seconds=5)),
    Category.OUTCOME_UNKNOWN: Treatment(status=HTTPStatus.GATEWAY_TIMEOUT, retry_after=timedelta(seconds=2)),
}


CATEGORIES: Mapping[type[Exception], Category] = {
    Conflict: Category.CONFLICT,
    Forbidden: Category.FORBIDDEN,
    Invalid: Category.INVALID,
    NotFound: Category.NOT_FOUND,
    IdempotencyMismatchError: Category.INVALID,
    DataError: Category.INVALID,
    OperationalError: Category.UNAVAILABLE,
    ProcessAway: Category.UNAVAILABLE,
    OutcomeUnknown: Category.OUTCOME_UNKNOWN,
}

_CODES: Mapping[type[Exception], str] = {IdempotencyMismatchError: "idempotency_key_mismatch"}


class Problem(Exception):
    """A refusal as the caller meets it; the subclasses are those that the web layer itself raises.

    `code` is stable and defaults to the category. `facts` fill the words and are shown to programs: ids,
    codes, instants and names of staff, never anything of an elder. `errors` says per field what is wrong.
    """

    category: Category = Category.UNEXPECTED

    def __init__(
        self,
        code: str | None = None,
        *,
        category: Category | None = None,
        errors: Mapping[str, list[str]] | None = None,
        retry_after: timedelta | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        self.category = category or self.category
        self.code = code or self.category.value
        self.errors = dict(errors or {})
        self.retry_after = retry_after or self.treatment.retry_after
        self.facts = dict(facts or {})
        super().__init__(self.code)

    @property
    def treatment(self) -> Treatment:
        """Status and when to try again, from the table."""
        return TREATMENTS[self.category]


class Unauthenticated(Problem):
    """Nobody is signed in."""

    category = Category.UNAUTHENTICATED


class Refused(Problem):
    """This person, or this form, may not do this."""

    category = Category.FORBIDDEN


class InvalidFields(Problem):
    """Some fields cannot be right; `errors` names them."""

    category = Category.INVALID


class PreconditionFailed(Problem):
    """What is being saved is older than what is stored."""

    category = Category.PRECONDITION_FAILED


class PreconditionRequired(Problem):
    """A header that protects against doubles or overwriting is missing: the fact `header` names it."""

    category = Category.PRECONDITION_REQUIRED


class Throttled(Problem):
    """Too many tries; `retry_after` says when to come back."""

    category = Category.THROTTLED


def problem_of(error: Exception) -> Problem:
    """Any exception as a problem; one that no table knows is unexpected and tells nothing of itself."""
    if isinstance(error, Problem):
        return error
    kind = next((known for known in type(error).__mro__ if known in CATEGORIES), None)
    if kind is None:
        return Problem()
    category = CATEGORIES[kind]
    if isinstance(error, RuleBroken):
        return Problem(error.code, category=category, facts=error.params)
    return Problem(_CODES.get(kind), category=category)
