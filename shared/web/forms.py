"""Reading an HTML form with a schema: the same schemas, the same words, and nothing typed is lost."""

from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError, fields

from shared.platform.wording import Wording
from shared.web.errors import flat_field_errors
from shared.web.signin import FORM_FIELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A submitted form: what the schema loaded, or what is wrong and what was typed.

    `errors` belong to fields; `problem` is the refusal of a rule, in words (`words_for(problem_of(error))`).
    """

    loaded: Any = None
    typed: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    problem: Wording | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.errors and self.problem is None


def read_form(schema: Schema) -> Form:
    """Load the submitted form; on errors render the page again with this form, and status 422.

    An empty field counts as absent, because a browser always sends it. A list field takes every value sent.
    """
    typed = _typed(schema)
    try:
        return Form(loaded=schema.load(typed), typed=typed)
    except ValidationError as error:
        return Form(typed=typed, errors=flat_field_errors(error.messages))


def _typed(schema: Schema) -> dict[str, Any]:
    many = {name for name, one in schema.fields.items() if isinstance(one, fields.List)}
    typed: dict[str, Any] = {}
    for name in request.form:
        if name == FORM_FIELD:
            continue
        values = [value for value in request.form.getlist(name) if value.strip()]
        if values:
            typed[name] = values if name in many else values[-1]
    return typed
