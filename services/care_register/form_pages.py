"""The plan's forms as downloads (附件1、附件3): filled in, in the layout as issued, each on record."""

from typing import Any
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from services.care_register.handlers import exporting
from services.care_register.office import desk, label
from services.care_register.rosters.official import (
    file_name,
    town_words,
    write_summary,
    write_survey,
)
from services.care_register.schemas.forms import SummaryFormSchema, SurveyFormSchema
from shared.contracts.access import Role
from shared.domain.codes import ExportPurpose
from shared.web import current
from shared.web.access import allow
from shared.web.forms import read_form
from shared.web.problems import InvalidFields
from shared.web.workbooks import printed_by, send_workbook

EXPORTING = (Role.CLERK, Role.COORDINATOR)
"""Who may reveal an ID number: it stands whole on both."""

blueprint = Blueprint("register_forms", __name__)


@blueprint.post("/forms/summary")
@allow(*EXPORTING)
def summary() -> ResponseReturnValue:
    """附件3 of one's own towns, a sheet for each."""
    asked = _asked(SummaryFormSchema())
    with current.begin() as work:
        found = exporting.summary(asked["town"], work, desk())
        content = write_summary(found, printed_by=_printed_by(asked["purpose"]))
        exporting.note_summary(found, content, asked["purpose"], work)
    towns = [town_words(found, code) for code in found.towns]
    of = towns[0] if len(towns) == 1 else ""
    return send_workbook(content, file_name(found.sheet, found.policy, of, found.on))


@blueprint.post("/entries/<uuid:enrolment_id>/survey")
@allow(*EXPORTING)
def survey(enrolment_id: UUID) -> ResponseReturnValue:
    """附件1 of one elder."""
    asked = _asked(SurveyFormSchema())
    with current.begin() as work:
        found = exporting.survey(enrolment_id, work, desk())
        content = write_survey(found, printed_by=_printed_by(asked["purpose"]))
        exporting.note_survey(found, content, asked["purpose"], work)
    return send_workbook(content, file_name(found.sheet, found.policy, found.line.person.name, found.on))


def purposes() -> list[tuple[str, str]]:
    """What a form may be made for, to choose from."""
    return [(each.value, label("export_purposes", each)) for each in ExportPurpose]


def _asked(schema: Schema) -> dict[str, Any]:
    form = read_form(schema)
    if not form.ok:
        raise InvalidFields(errors=form.errors)
    loaded: dict[str, Any] = form.loaded
    return loaded


def _printed_by(purpose: ExportPurpose) -> str:
    return printed_by(label("export_purposes", purpose))
