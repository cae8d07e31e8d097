"""集中登记 (X-31): a day's sheet typed in at once, one tap a line, and the sheet to be signed (签到单)."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from services.visits import messages
from services.visits.api import READING, VISITING
from services.visits.batch_forms import (
    EVERYBODY,
    WAY_CODES,
    BatchFormSchema,
    SheetQuerySchema,
    checked,
    commands_of,
)
from services.visits.forms import UNCHANGED
from services.visits.handlers import batches
from services.visits.handlers.batches import BatchLine, Sheet, Wanted
from services.visits.handlers.door import WAYS
from services.visits.mounted import desk
from services.visits.pages import words_of
from services.visits.recording_pages import CONSENTS_GIVEN
from services.visits.words import Words
from shared.domain.codes import Force
from shared.web import current
from shared.web.access import allow
from shared.web.errors import flat_field_errors, words_for
from shared.web.forms import Form, read_form
from shared.web.problems import InvalidFields, problem_of

blueprint = Blueprint("batches", __name__)


@blueprint.get("/batch")
@allow(*VISITING)
def batch_form() -> str:
    """The sheet of a day, to be ticked."""
    chosen = _chosen()
    return _page(_sheet(chosen, chosen["on"], chosen["visitor_id"]), chosen)


@blueprint.post("/batch")
@allow(*VISITING)
def record() -> ResponseReturnValue:
    """Record every line that was ticked; one that is refused comes back with its reason."""
    form, chosen = read_form(BatchFormSchema()), _chosen()
    loaded = form.loaded or {}
    page = _sheet(chosen, loaded.get("on"), loaded.get("visitor_id"))
    form = checked(form, page, received_at=current.now())
    if not form.ok:
        return _page(page, chosen, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    commands = commands_of(form.loaded, page, current.principal())
    lines = batches.record_batch(commands, current.begin, desk())
    if all(line.recorded for line in lines):
        return redirect(url_for("batches.batch", batch_id=form.loaded["batch_id"]), HTTPStatus.SEE_OTHER)
    return _page(page, chosen, form=form, lines=lines), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/batches/<uuid:batch_id>")
@allow(*READING)
def batch(batch_id: UUID) -> str:
    """What was typed in at once: who typed, who had been there, and what each contact is worth."""
    with current.begin() as work:
        found = batches.batch(batch_id, work, desk())
    return render_template("batch.html", batch=found, words=words_of(found.policy))


@blueprint.get("/batch/sheet")
@allow(*VISITING)
def signing_sheet() -> str:
    """The sheet to be printed and signed at the doors."""
    chosen = _chosen()
    page = _sheet(chosen, chosen["on"], chosen["visitor_id"])
    return render_template("signing_sheet.html", sheet=page, words=words_of(page.policy))


def _chosen() -> dict[str, Any]:
    given = {name: value for name, value in request.args.items() if value}
    try:
        chosen: dict[str, Any] = SheetQuerySchema().load(given)
    except ValidationError as error:
        raise InvalidFields(errors=flat_field_errors(error.messages)) from None
    return chosen


def _sheet(chosen: Mapping[str, Any], on: date | None, visitor_id: UUID | None) -> Sheet:
    everybody = chosen["scope"] == EVERYBODY
    wanted = Wanted(on=on, visitor_id=visitor_id, everybody=everybody)
    with current.begin() as work:
        return batches.sheet(wanted, work, desk())


def _page(
    page: Sheet, chosen: Mapping[str, Any], *, form: Form | None = None, lines: Sequence[BatchLine] = ()
) -> str:
    words = words_of(page.policy)
    return render_template(
        "batch_form.html",
        sheet=page,
        chosen=chosen,
        form=form,
        typed=form.typed if form else {},
        words=words,
        ways=[(code, words.how(*way)) for code, way in zip(WAY_CODES, WAYS, strict=True)],
        forces=_forces(words),
        consents=[(each, messages.CONSENTS[each]) for each in CONSENTS_GIVEN],
        labels=messages.FIELD_LABELS,
        unchanged=UNCHANGED,
        done={line.enrolment_id: line.contact_id for line in lines if line.recorded},
        refused={line.enrolment_id: words_for(problem_of(line.refused)) for line in lines if line.refused},
        new_id=uuid4,
    )


def _forces(words: Words) -> list[tuple[Force, str]]:
    return [(each, words.label("forces", each)) for each in Force]
