"""The JSON blueprint that every service's `api.py` builds on: flask-smorest, strict about unknown query fields too."""

from collections.abc import Mapping
from typing import ClassVar

from flask_smorest import Blueprint
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser


class StrictParser(FlaskParser):
    """A misspelt filter must not silently widen a list: unknown fields are refused wherever they come from."""

    DEFAULT_UNKNOWN_BY_LOCATION: ClassVar[Mapping[str, str | None]] = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "querystring": RAISE,
    }


class ApiBlueprint(Blueprint):
    """A group of JSON routes; `url_prefix` is relative to `<service prefix>/api`."""

    ARGUMENTS_PARSER = StrictParser()
