"""API writes that may be sent twice: the same `Idempotency-Key` acts once and answers the same.

The key is one all the way: the kit's row, the id of a workflow Update, the process's memory of requests.
"""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from flask import Response, jsonify, request
from marshmallow import Schema

from shared.persistence.idempotency import Answer, claim, keep
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.problems import PreconditionRequired

HEADER = "Idempotency-Key"
LONGEST_KEY = 200

Arguments = ParamSpec("Arguments")


def once(
    schema: Schema, *, status: HTTPStatus = HTTPStatus.OK
) -> Callable[[Callable[Concatenate[UnitOfWork, Arguments], object]], Callable[Arguments, Response]]:
    """Run a view once per key, in one transaction that the view receives as its first argument.

    What the view returns is dumped with `schema`, stored under the key and answered; a repetition gets the
    stored answer. Goes last, directly above the function.
    """

    def decorate(view: Callable[Concatenate[UnitOfWork, Arguments], object]) -> Callable[Arguments, Response]:
        @wraps(view)
        def answered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
            key, body = idempotency_key(), body_to_compare()
            with current.begin() as work:
                answer = claim(work, key=key, body=body)
                if answer is None:
                    answer = Answer(status=status, body=schema.dump(view(work, *args, **kwargs)))
                    keep(work, key=key, body=body, answer=answer)
            return as_response(answer)

        return answered

    return decorate


def idempotency_key() -> str:
    """The key of this request.

    Raises:
        PreconditionRequired: there is none, or it is longer than 200 characters.
    """
    key = request.headers.get(HEADER, "").strip()
    if not key or len(key) > LONGEST_KEY:
        raise PreconditionRequired(facts={"header": HEADER})
    return key


def body_to_compare() -> bytes:
    """What makes two requests the same one: where they go and what they say."""
    sent = {"to": f"{request.method} {request.path}", "body": request.get_json(silent=True)}
    return json.dumps(sent).encode()


def as_response(answer: Answer) -> Response:
    """A stored answer as it was given the first time."""
    response = jsonify(answer.body)
    response.status_code = answer.status
    return response
