"""Pages for sheets of follow-ups: upload, what became of each row, an empty sheet."""

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.health import messages
from services.health.handlers.centre import own_centre
from services.health.handlers.importing import SheetDone, import_follow_ups
from services.health.office import WORKING, policy, refused
from services.health.sheets import empty_sheet, rows_of
from shared.domain.errors import Invalid
from shared.domain.health.sheet import Column, Fault
from shared.inbox.mounted import desk
from shared.policies.messages import LIST_MARK
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form
from shared.web.workbooks import send_workbook

blueprint = Blueprint("health_import", __name__, url_prefix="/follow-ups")


@blueprint.get("/import")
@allow(*WORKING)
def form() -> str:
    """The upload form."""
    return _page()


@blueprint.post("/import")
@allow(*WORKING)
def upload() -> ResponseReturnValue:
    """Take the sheet in, and say of each faulty row what to do."""
    sent = request.files.get("file")
    try:
        rows = rows_of(sent.read() if sent else b"")
        with current.begin() as work:
            done = import_follow_ups(rows, own_centre(work, desk()))
    except Invalid as error:
        return _page(refused(Form(), error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(done=done)


@blueprint.get("/template.xlsx")
@allow(*WORKING)
def template() -> ResponseReturnValue:
    """The empty sheet."""
    columns = [policy().label("follow_up_columns", column) for column in Column]
    return send_workbook(empty_sheet(columns), "follow-ups.xlsx")


def say(fault: Fault) -> str:
    """What is wrong in a row, and what to do."""
    column = policy().label("follow_up_columns", fault.column)
    return messages.FAULTS[fault.code].format(column=column, known=LIST_MARK.join(fault.known))


def _page(form: Form | None = None, done: SheetDone | None = None) -> str:
    rules, label = policy().health_care, policy().label
    return render_template(
        "import_follow_ups.html",
        form=form,
        done=done,
        say=say,
        labels=messages.FIELD_LABELS,
        columns=[label("follow_up_columns", column) for column in Column],
        programmes=[label("programmes", each.code) for each in rules.programmes],
    )
