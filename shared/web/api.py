"""The JSON blueprint that every service's `api.py` builds on: flask-smorest, typed and strict."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser

View = TypeVar("View", bound=Callable[..., Any])


class StrictParser(FlaskParser):
    """A misspelt filter must not silently widen a list: unknown fields are refused everywhere."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 - webargs declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }


class ApiBlueprint(Blueprint):  # type: ignore[misc] # flask-smorest ships no types; ours are below
    """A group of JSON routes; `url_prefix` is relative to `<service prefix>/api`."""

    ARGUMENTS_PARSER = StrictParser()

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
