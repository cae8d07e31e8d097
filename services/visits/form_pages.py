"""The plan's record of an elder's visits as a download (附件2、服务台账), each on record."""

from datetime import date
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate

from services.visits.api import READING
from services.visits.handlers import printing
from services.visits.mounted import desk
from services.visits.official import file_name, write_record
from services.visits.pages import words_of
from shared.domain.codes import ExportPurpose
from shared.web import current
from shared.web.access import allow
from shared.web.forms import read_form
from shared.web.problems import InvalidFields
from shared.web.schemas import KitSchema
from shared.web.workbooks import printed_by, send_workbook

A_MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"

blueprint = Blueprint("visit_forms", __name__)


class RecordFormSchema(KitSchema):
    """Of which month, and what for."""

    month = fields.String(required=True, validate=validate.Regexp(A_MONTH))
    purpose = fields.Enum(ExportPurpose, required=True, by_value=True)


@blueprint.post("/elders/<uuid:enrolment_id>/record-sheet")
@allow(*READING)
def record_sheet(enrolment_id: UUID) -> ResponseReturnValue:
    """The elder's form of one month."""
    form = read_form(RecordFormSchema())
    if not form.ok:
        raise InvalidFields(errors=form.errors)
    month, purpose = date.fromisoformat(f"{form.loaded['month']}-01"), form.loaded["purpose"]
    with current.begin() as work:
        found = printing.record_sheet(enrolment_id, month, work, desk())
        words = words_of(found.book.policy)
        by = printed_by(words.label("export_purposes", purpose))
        content = write_record(found, words, printed_by=by)
        printing.note_sheet(found, content, purpose, work)
    return send_workbook(content, file_name(found))
