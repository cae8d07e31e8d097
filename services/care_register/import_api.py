"""Rosters for programs: upload, look, choose, go on; the same file is the same batch."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.care_register.handlers import batches, importing, taking_in
from services.care_register.handlers.importing import ChooseRows
from services.care_register.handlers.taking_in import Progress
from services.care_register.import_pages import ROWS_AT_ONCE, uploaded_roster
from services.care_register.office import desk
from services.care_register.rosters.phrases import say, say_unread
from services.care_register.schemas.answers import DoneSchema
from services.care_register.schemas.imports import (
    ChooseRowsSchema,
    ImportRowSchema,
    ProgressSchema,
    UploadedSchema,
)
from shared.contracts.access import Role
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint

blueprint = ApiBlueprint("care_register_imports", __name__, url_prefix="/imports")


@blueprint.route("", methods=["POST"])
@allow(Role.CLERK)
@blueprint.response(HTTPStatus.CREATED, UploadedSchema)
def upload() -> dict[str, Any]:
    """Upload a roster as the multipart field `file`."""
    command = uploaded_roster()
    with current.begin() as work:
        uploaded = importing.upload(command, work, desk())
        line = batches.batch_line(uploaded.batch_id, work)
    return {
        "batch_id": uploaded.batch_id,
        "is_new": uploaded.is_new,
        "unread": line.unread,
        "unread_text": say_unread(line.unread),
    }


@blueprint.route("/<uuid:batch_id>/rows", methods=["GET"])
@allow(Role.CLERK)
@blueprint.response(HTTPStatus.OK, ImportRowSchema(many=True))
def rows(batch_id: UUID) -> Sequence[dict[str, Any]]:
    """Each row with its verdict, its findings and what became of it."""
    with current.begin() as work:
        shown = batches.batch_rows(batch_id, work, desk())
    return [
        {
            "row": each.reading.row,
            "verdict": each.verdict,
            "outcome": each.outcome,
            "failure": each.failure,
            "enrolment_id": each.enrolment_id,
            "findings": [
                {"code": one.code, "cell": one.cell, "params": dict(one.params), "text": say(one)}
                for one in each.reading.findings
            ],
        }
        for each in shown
    ]


@blueprint.route("/<uuid:batch_id>/choice", methods=["POST"])
@allow(Role.CLERK)
@blueprint.arguments(ChooseRowsSchema)
@blueprint.once(DoneSchema)
def choose(work: UnitOfWork, data: dict[str, Any], batch_id: UUID) -> dict[str, bool]:
    """Choose rows to be taken in; refused ones are passed over."""
    positions = data["rows"]
    command = ChooseRows(
        batch_id=batch_id,
        verdicts=tuple(data["verdicts"]),
        positions=tuple(positions) if positions is not None else None,
    )
    importing.choose_rows(command, work)
    return {"is_done": True}


@blueprint.route("/<uuid:batch_id>/continue", methods=["POST"])
@allow(Role.CLERK)
@blueprint.response(HTTPStatus.OK, ProgressSchema)
def go_on(batch_id: UUID) -> Progress:
    """Take in the next chosen rows; call again until nothing is left."""
    return taking_in.take_in(batch_id, current.begin, desk(), most=ROWS_AT_ONCE)
