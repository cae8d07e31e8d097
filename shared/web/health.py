"""Health: `/healthz` says the process lives, `/readyz` that it can work now."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shared.web import current
from shared.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def live() -> Response:
    """Answer as long as the process can; it looks at nothing else: a restart would mend nothing else."""
    return jsonify(status="ok", service=current.kit().service)


@blueprint.get("/readyz")
@public
def ready() -> tuple[Response, HTTPStatus]:
    """Answer 200 if every part this service needs answers, else 503 naming the parts that are away."""
    kit = current.kit()
    parts = {"database": _database_answers()} | {name: check() for name, check in kit.ready_checks.items()}
    status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ready" if status == HTTPStatus.OK else "away", parts=parts), status


def _database_answers() -> bool:
    try:
        with current.kit().database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError:
        return False
    return True
