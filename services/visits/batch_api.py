"""集中登记 for programs: many contacts in one request, each judged and answered for itself."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from services.visits.api import VISITING
from services.visits.handlers import batches
from services.visits.handlers.batches import MOST_LINES, BatchLine
from services.visits.handlers.commands import ContactRecorded, RecordContact
from services.visits.mounted import desk
from services.visits.schemas import ContactRecordedSchema, RecordContactSchema
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint
from shared.web.errors import words_for
from shared.web.problems import problem_of
from shared.web.schemas import KitSchema

blueprint = ApiBlueprint("batches_api", __name__)


class BatchRowSchema(RecordContactSchema):
    """One contact of the batch, with its own id."""

    contact_id = fields.UUID(required=True)


class RecordBatchSchema(KitSchema):
    """Contacts that were typed in at once."""

    rows = fields.List(
        fields.Nested(BatchRowSchema), required=True, validate=validate.Length(min=1, max=MOST_LINES)
    )


class RefusalSchema(KitSchema):
    """Why one row was not stored."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    detail = fields.String(required=True)


class BatchLineSchema(KitSchema):
    """What became of one row: exactly one of the two is there."""

    contact_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    recorded = fields.Nested(ContactRecordedSchema, required=True, allow_none=True)
    refused = fields.Nested(RefusalSchema, required=True, allow_none=True)


class BatchSchema(KitSchema):
    """What became of the batch, row by row."""

    batch_id = fields.UUID(required=True)
    rows = fields.List(fields.Nested(BatchLineSchema), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal in words."""

    code: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row's answer."""

    contact_id: UUID
    enrolment_id: UUID
    recorded: ContactRecorded | None
    refused: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The batch's answer."""

    batch_id: UUID
    rows: tuple[Row, ...]


@blueprint.route("/batches/<uuid:batch_id>", methods=["PUT"])
@allow(*VISITING)
@blueprint.arguments(RecordBatchSchema)
@blueprint.response(HTTPStatus.OK, BatchSchema)
def record_batch(body: dict[str, Any], batch_id: UUID) -> Answer:
    """Record each row for itself; sent again, those stored get the same answer and are not stored twice."""
    commands = [_command(row, batch_id) for row in body["rows"]]
    lines = batches.record_batch(commands, current.begin, desk())
    return Answer(batch_id=batch_id, rows=tuple(_row(line) for line in lines))


def _command(row: dict[str, Any], batch_id: UUID) -> RecordContact:
    lists = {name: tuple(row[name]) for name in ("service_items", "red_flags")}
    return RecordContact(**{**row, **lists, "batch_id": batch_id})


def _row(line: BatchLine) -> Row:
    return Row(
        contact_id=line.contact_id,
        enrolment_id=line.enrolment_id,
        recorded=line.recorded,
        refused=_refusal(line.refused) if line.refused else None,
    )


def _refusal(error: Exception) -> Refusal:
    problem = problem_of(error)
    words = words_for(problem)
    return Refusal(code=problem.code, title=words.title, detail=words.detail)
