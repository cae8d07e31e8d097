"""The JSON blueprint that every service's `api.py` builds on: flask-smorest, typed and strict."""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Concatenate, TypeVar

from flask import Request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields
from webargs.core import is_json
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from shared.persistence.unit_of_work import UnitOfWork
from shared.web.idempotent import HEADER, LONGEST_KEY, once
from shared.web.schemas import ProblemSchema

View = TypeVar("View", bound=Callable[..., Any])


class StrictParser(FlaskParser):
    """A misspelt filter must not silently widen a list: unknown fields are refused everywhere.

    Nor must a body that cannot be read pass for an empty one, or for a fault of ours.
    """

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 - webargs declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }

    def _raw_load_json(self, req: Request) -> object:
        if req.content_length and not is_json(req.mimetype):
            raise UnsupportedMediaType
        try:
            body = super()._raw_load_json(req)
            json.dumps(body, ensure_ascii=False, default=str).encode()
        except (ValueError, RecursionError):
            # Too deep, a number without end, half a character: what nobody writes, and no text can hold.
            self._handle_invalid_json_error(json.JSONDecodeError("unreadable", "", 0), req)
        return body


WALL_TIME = "%Y-%m-%dT%H:%M"
WALL_TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"

READ_REFUSALS = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
WRITE_REFUSALS = (
    *READ_REFUSALS,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.PRECONDITION_REQUIRED,
)
"""How any route may refuse, each as a problem; a route that refuses otherwise names it itself."""


KEY = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "description": "names this request: sent again under the same key it acts once and answers the same",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "the ETag that was read: if the state has changed since, nothing is done",
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string"},
    "description": "the ETag that was read: 304 and no body while nothing has changed since",
}
BEARER = {"type": "http", "scheme": "bearer"}
"""What programs present; a route that is open to everybody says so itself."""


class ApiBlueprint(Blueprint):  # type: ignore[misc] # flask-smorest ships no types; ours are below
    """A group of JSON routes; `url_prefix` is relative to `<service prefix>/api`."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.append(_name_refusals)

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Register a view, as Flask does, and document it."""
        decorator: Callable[[View], View] = super().route(rule, **options)
        return decorator

    def arguments(
        self, schema: Schema | type[Schema], *, location: str = "json"
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Load the body (`json`) or the query (`query`) and hand it to the view before the path's values."""
        # webargs would make a class anew at every request, with all its fields.
        made = schema() if isinstance(schema, type) else schema
        decorator: Callable[[Callable[..., Any]], Callable[..., Any]] = super().arguments(
            made, location=location
        )
        return decorator

    def response(
        self, status: HTTPStatus, schema: Schema | type[Schema] | None = None, *, description: str = ""
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Dump what the view returns, and document it."""
        decorator: Callable[[Callable[..., Any]], Callable[..., Any]] = super().response(
            status, schema, description=description or None
        )
        return decorator

    def may_time_out(self, view: View) -> View:
        """Document that the view asks a process, which may not answer in time."""
        documented: View = self.alt_response(HTTPStatus.GATEWAY_TIMEOUT, schema=ProblemSchema)(view)
        return documented

    def revalidated(self, view: View) -> View:
        """Document that what was read before need not be sent again."""
        unchanged = self.alt_response(HTTPStatus.NOT_MODIFIED, description="as it was read before")(view)
        documented: View = self.doc(parameters=[IF_NONE_MATCH])(unchanged)
        return documented

    def keyed(self, view: View, *more: Mapping[str, object]) -> View:
        """Document that the view asks for an `Idempotency-Key`, and for more of the headers above."""
        documented: View = self.doc(parameters=[KEY, *more])(view)
        return documented

    def open(self, view: View) -> View:
        """Document that nobody need be signed in, and that who tries too often is told to wait."""
        throttled = self.alt_response(HTTPStatus.TOO_MANY_REQUESTS, schema=ProblemSchema)(view)
        documented: View = self.doc(security=[])(throttled)
        return documented

    def once(
        self, schema: type[Schema], *, status: HTTPStatus = HTTPStatus.OK
    ) -> Callable[[Callable[Concatenate[UnitOfWork, ...], object]], Callable[..., Any]]:
        """Run the view once per `Idempotency-Key`, dump what it returns, and document it; goes last."""

        def decorate(view: Callable[Concatenate[UnitOfWork, ...], object]) -> Callable[..., Any]:
            return self.keyed(self.response(status, schema)(once(schema(), status=status)(view)))

        return decorate


def described_wall_time(_: object, field: object, **__: object) -> dict[str, str]:
    """A day and time on the wall, as browsers send it: apispec would describe its format by a null."""
    is_wall_time = isinstance(field, fields.DateTime) and field.format == WALL_TIME
    return {"format": "local-date-time", "pattern": WALL_TIME_PATTERN} if is_wall_time else {}


def _name_refusals(described: dict[str, Any], _info: object, *, method: str, **_: object) -> dict[str, Any]:
    """Name each refusal instead of flask-smorest's `default`, which would promise anything."""
    responses = described.setdefault("responses", {})
    responses.pop("default", None)
    for status in READ_REFUSALS if method == "get" else WRITE_REFUSALS:
        problem = {"application/problem+json": {"schema": ProblemSchema}}
        responses.setdefault(status, {"description": status.phrase, "content": problem})
    return described
