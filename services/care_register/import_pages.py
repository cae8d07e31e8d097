"""Pages for rosters: upload, look at each row, take in, download what became of it."""

import hashlib
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.care_register.codes import RowOutcome
from services.care_register.handlers import batches, importing, taking_in
from services.care_register.handlers.importing import ChooseRows, UploadRoster
from services.care_register.office import desk, policy
from services.care_register.rosters.messages import OUTCOMES, VERDICTS
from services.care_register.rosters.phrases import say_all, say_outcome, say_unread
from services.care_register.rosters.reports import write_report
from services.care_register.rosters.words import words_for
from services.care_register.schemas.imports import ChooseRowsFormSchema
from shared.contracts.access import Role
from shared.domain.errors import Invalid, RuleBroken
from shared.domain.roster.findings import Verdict
from shared.domain.roster.sheet import the_roster_in
from shared.platform.workbooks import read_sheets
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for as wording_of
from shared.web.forms import Form, read_form
from shared.web.problems import problem_of
from shared.web.workbooks import send_workbook

ROWS_AT_ONCE = 40
"""So many rows are taken in per request: each page answers within a second or two, and the next goes on."""

blueprint = Blueprint("register_imports", __name__, url_prefix="/imports")


@blueprint.get("/")
@allow(Role.CLERK)
def overview() -> str:
    """The upload form, and the rosters of before."""
    return _overview_page(None)


@blueprint.post("/")
@allow(Role.CLERK)
def upload() -> ResponseReturnValue:
    """Read the file and show what was found."""
    try:
        command = uploaded_roster()
        with current.begin() as work:
            batch_id = importing.upload(command, work, desk()).batch_id
    except RuleBroken as error:
        problem = problem_of(error)
        return _overview_page(Form(problem=wording_of(problem))), problem.treatment.status
    return _to_batch(batch_id)


@blueprint.get("/<uuid:batch_id>")
@allow(Role.CLERK)
def batch(batch_id: UUID) -> str:
    """Each row with what was found, the cell and what to do."""
    shown = request.args.get("show", "")
    with current.begin() as work:
        line = batches.batch_line(batch_id, work)
        rows = batches.batch_rows(batch_id, work, desk())
    return render_template(
        "import.html",
        batch=line,
        rows=[row for row in rows if shown in {"", row.verdict}],
        shown=shown,
        verdicts=VERDICTS,
        outcomes=OUTCOMES,
        say_all=say_all,
        say_outcome=say_outcome,
        unread=say_unread(line.unread),
        left=line.outcomes[RowOutcome.CHOSEN],
    )


@blueprint.post("/<uuid:batch_id>/confirm")
@allow(Role.CLERK)
def confirm(batch_id: UUID) -> ResponseReturnValue:
    """Choose rows and begin to take them in."""
    form = read_form(ChooseRowsFormSchema())
    if not form.ok:
        return _to_batch(batch_id)
    with current.begin() as work:
        importing.choose_rows(_choice(batch_id, form.loaded["which"], form.loaded["rows"]), work)
    return go_on(batch_id)


@blueprint.post("/<uuid:batch_id>/continue")
@allow(Role.CLERK)
def go_on(batch_id: UUID) -> ResponseReturnValue:
    """Take in the next chosen rows; after an interruption this is where it goes on."""
    taking_in.take_in(batch_id, current.begin, desk(), most=ROWS_AT_ONCE)
    return _to_batch(batch_id)


@blueprint.get("/<uuid:batch_id>/report.xlsx")
@allow(Role.CLERK)
def report(batch_id: UUID) -> ResponseReturnValue:
    """What was found in each row and what became of it."""
    with current.begin() as work:
        line = batches.batch_line(batch_id, work)
        rows = batches.batch_rows(batch_id, work, desk())
    return send_workbook(write_report(rows, line.unread), f"{line.file_name.rsplit('.', 1)[0]}-report.xlsx")


def uploaded_roster() -> UploadRoster:
    """The file of this request, read. Raises Invalid as `read_sheets` and `the_roster_in` do."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("not_a_workbook")
    content, words = sent.read(), words_for(policy())
    return UploadRoster(
        file_name=sent.filename,
        file_hash=hashlib.sha256(content).digest(),
        sheet=the_roster_in(read_sheets(content), words),
        words=words,
    )


def _choice(batch_id: UUID, which: str, positions: list[int]) -> ChooseRows:
    if which == "rows":
        return ChooseRows(batch_id=batch_id, positions=tuple(positions))
    if which == "accepted":
        return ChooseRows(batch_id=batch_id, verdicts=(Verdict.ACCEPTED,))
    return ChooseRows(batch_id=batch_id)


def _to_batch(batch_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("register_imports.batch", batch_id=batch_id), HTTPStatus.SEE_OTHER)


def _overview_page(form: Form | None) -> str:
    with current.begin() as work:
        lines = batches.list_batches(work)
    return render_template(
        "imports.html", form=form, batches=lines, verdicts=VERDICTS, outcomes=OUTCOMES, done=RowOutcome
    )
