"""Every error leaves as a problem: JSON (RFC 9457) for programs, a page or a fragment for people."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

import structlog
from flask import Flask, Response, jsonify, make_response, render_template
from flask_smorest import Api
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from shared.platform.wording import Wording
from shared.web import current
from shared.web.layout import said
from shared.web.messages import FIELD_MESSAGES, FIELD_NAMES, NOTHING
from shared.web.problems import CATEGORIES, TREATMENTS, Category, InvalidFields, Problem, problem_of
from shared.web.requests import from_htmx, wants_page

_CATEGORY_OF_STATUS = {treatment.status: category for category, treatment in TREATMENTS.items()}
_TYPE = "urn:tanfang:problem:"
_HOW_TO_SIGN_IN = 'Bearer realm="tanfang"'
"""What RFC 9110 asks of every 401; browsers have no window of their own for it."""

_log = structlog.get_logger("tanfang.web")


class _Said(dict[str, str]):
    """Facts in words; a wording that names one too many must not turn a refusal into a fault."""

    def __missing__(self, name: str) -> str:
        return NOTHING


class ProblemApi(Api):  # type: ignore[misc] # flask-smorest ships no types
    """flask-smorest without its error handler, which answers in English and drops Allow on a 405."""

    def _register_error_handlers(self) -> None:
        """Leave errors to `install`."""


def install(app: Flask) -> None:
    """Turn every error of the app into a problem."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(ValidationError, _answer_invalid)
    app.register_error_handler(HTTPException, _answer_http_error)
    for known in CATEGORIES:
        app.register_error_handler(known, _answer_known)
    app.register_error_handler(Exception, _answer_unexpected)


def answer(problem: Problem) -> Response:
    """One problem as the caller can read it."""
    wording = words_for(problem)
    response = _as_page(problem, wording) if wants_page() else _as_json(problem, wording)
    response.status_code = problem.treatment.status
    response.headers.update(waiting(problem))
    if problem.category is Category.UNAUTHENTICATED:
        response.headers["WWW-Authenticate"] = _HOW_TO_SIGN_IN
    return response


def waiting(problem: Problem) -> dict[str, str]:
    """The header that says when to try again, if ever."""
    pause = problem.retry_after
    return {"Retry-After": str(max(1, round(pause.total_seconds())))} if pause is not None else {}


def words_for(problem: Problem) -> Wording:
    """The words for a problem's code, else those of its category, with the facts filled in."""
    wordings = current.kit().wordings
    wording = wordings.get(problem.code) or wordings[problem.category.value]
    facts = _Said((name, said(fact)) for name, fact in problem.facts.items())
    return Wording(
        title=wording.title.format_map(facts),
        detail=wording.detail.format_map(facts),
        what_now=tuple(line.format_map(facts) for line in wording.what_now),
    )


def body_of(problem: Problem, wording: Wording) -> dict[str, object]:
    """The problem as programs read it, alone or as one answer of many."""
    return {
        "type": f"{_TYPE}{problem.code}",
        "code": problem.code,
        "title": wording.title,
        "status": problem.treatment.status,
        "detail": wording.detail,
        "what_now": list(wording.what_now),
        "retryable": problem.retry_after is not None,
        "errors": problem.errors,
        "facts": {name: _plain(fact) for name, fact in problem.facts.items()},
        "request_id": current.request_id(),
    }


def flat_field_errors(messages: object, path: str = "") -> dict[str, list[str]]:
    """Nested messages of marshmallow as `{"items.0.mode": ["必填"]}`."""
    if isinstance(messages, Mapping):
        merged: dict[str, list[str]] = {}
        for key, value in messages.items():
            merged |= flat_field_errors(value, f"{path}.{key}" if path else str(key))
        return merged
    if isinstance(messages, str):
        return {path: [FIELD_MESSAGES.get(messages, messages)]}
    if isinstance(messages, list):
        return {path: [FIELD_MESSAGES.get(str(message), str(message)) for message in messages]}
    return {}


def _answer_invalid(error: ValidationError) -> Response:
    return answer(InvalidFields(errors=flat_field_errors(error.messages)))


def _answer_http_error(error: HTTPException) -> BaseResponse:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # A redirect raised by the router.
    response = answer(Problem(category=_category(error), errors=_errors_of_parser(error)))
    response.status_code = error.code
    _keep_headers(error, response)
    return response


def _answer_known(error: Exception) -> Response:
    problem = problem_of(error)
    if problem.treatment.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error(problem.code, request_id=current.request_id(), error=type(error).__name__)
    return answer(problem)


def _answer_unexpected(error: Exception) -> Response:
    # The type and place alone: a message may quote the values of a row.
    _log.error("unexpected", request_id=current.request_id(), error=type(error).__name__, at=_place(error))
    return answer(Problem())


def _as_json(problem: Problem, wording: Wording) -> Response:
    response = jsonify(body_of(problem, wording))
    response.mimetype = "application/problem+json"
    return response


def _as_page(problem: Problem, wording: Wording) -> Response:
    template = "problem_fragment.html" if from_htmx() else "problem.html"
    response = make_response(
        render_template(
            template,
            problem=problem,
            wording=wording,
            field_names=FIELD_NAMES,
            request_id=current.request_id(),
        )
    )
    if from_htmx():
        response.headers["HX-Retarget"] = "#problems"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _plain(fact: object) -> str:
    return fact.isoformat() if isinstance(fact, date) else str(fact)


def _category(error: HTTPException) -> Category:
    return _CATEGORY_OF_STATUS.get(HTTPStatus(error.code or 500), Category.UNEXPECTED)


def _errors_of_parser(error: HTTPException) -> dict[str, list[str]]:
    # webargs nests the messages under the place they came from: {"json": {"mode": [...]}}.
    by_location = getattr(error, "data", {}).get("messages", {})
    merged: dict[str, list[str]] = {}
    for messages in by_location.values():
        merged |= flat_field_errors(messages)
    return merged


def _keep_headers(error: HTTPException, response: Response) -> None:
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"
