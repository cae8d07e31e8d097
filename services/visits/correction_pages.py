"""Putting a record right without rubbing anything out: voiding it (作废), adding what was left out (补充)."""

from http import HTTPStatus
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.visits import messages
from services.visits.api import VISITING
from services.visits.forms import (
    FINDING_PREFIX,
    UNCHANGED,
    CompletionFormSchema,
    VoidFormSchema,
    completion_of,
)
from services.visits.handlers import completing, voiding
from services.visits.handlers.completing import ToComplete
from services.visits.handlers.voiding import VoidContact
from services.visits.mounted import desk
from services.visits.pages import words_of
from services.visits.recording_pages import CONSENTS_GIVEN, recorded_page
from shared.domain.errors import RuleBroken
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import problem_of

blueprint = Blueprint("corrections", __name__)


@blueprint.post("/contacts/<uuid:contact_id>/void")
@allow(*VISITING)
def void(contact_id: UUID) -> ResponseReturnValue:
    """Strike the contact from the book; the page then says who did it, when and why."""
    form = read_form(VoidFormSchema())
    if not form.ok:
        return recorded_page(contact_id, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.begin() as work:
            voiding.void_contact(VoidContact(contact_id=contact_id, **form.loaded), work, desk())
    except RuleBroken as error:
        refused = Form(typed=form.typed, problem=words_for(problem_of(error)))
        return recorded_page(contact_id, form=refused), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("recording.recorded", contact_id=contact_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/contacts/<uuid:contact_id>/completion")
@allow(*VISITING)
def completion(contact_id: UUID) -> str:
    """What the record still lacks, and nothing of what it has."""
    with current.begin() as work:
        record = completing.to_complete(contact_id, work, desk())
    return _completion_page(record)


@blueprint.post("/contacts/<uuid:contact_id>/completion")
@allow(*VISITING)
def complete(contact_id: UUID) -> ResponseReturnValue:
    """Add what was left out at the door."""
    form = read_form(CompletionFormSchema())
    with current.begin() as work:
        record = completing.to_complete(contact_id, work, desk())
    if not form.ok:
        return _completion_page(record, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.begin() as work:
            completing.complete_record(completion_of(form.loaded, contact_id), work, desk())
    except RuleBroken as error:
        refused = Form(typed=form.typed, problem=words_for(problem_of(error)))
        return _completion_page(record, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("recording.recorded", contact_id=contact_id), HTTPStatus.SEE_OTHER)


def _completion_page(record: ToComplete, form: Form | None = None) -> str:
    return render_template(
        "completion.html",
        record=record,
        form=form,
        words=words_of(record.policy),
        asked=record.missing.questions,
        finding_prefix=FINDING_PREFIX,
        unchanged=UNCHANGED,
        consents=[(each, messages.CONSENTS[each]) for each in CONSENTS_GIVEN],
        labels=messages.FIELD_LABELS,
        addition_id=form.typed.get("addition_id") if form else uuid4(),
    )
