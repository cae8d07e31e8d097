"""Putting a record right without rubbing anything out: striking a contact from the book (作废)."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from services.visits.api import VISITING
from services.visits.forms import VoidFormSchema
from services.visits.handlers import voiding
from services.visits.handlers.voiding import VoidContact
from services.visits.mounted import desk
from services.visits.recording_pages import recorded_page
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
