"""Giving an elder to another visitor (换人), for good or for some days."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.visits import messages
from services.visits.api import ASSIGNING
from services.visits.forms import AssignFormSchema
from services.visits.handlers import assigning
from services.visits.handlers.commands import Assign
from services.visits.mounted import desk
from shared.contracts import places
from shared.domain.errors import RuleBroken
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import problem_of

blueprint = Blueprint("assignments", __name__)


@blueprint.get("/elders/<uuid:enrolment_id>/assignment")
@allow(*ASSIGNING)
def assignment_form(enrolment_id: UUID) -> str:
    """Who visits the elder, and who else could."""
    return _page(enrolment_id)


@blueprint.post("/elders/<uuid:enrolment_id>/assignment")
@allow(*ASSIGNING)
def assign(enrolment_id: UUID) -> ResponseReturnValue:
    """Give the elder to the visitor chosen."""
    form = read_form(AssignFormSchema())
    if not form.ok:
        return _page(enrolment_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    command = Assign(enrolment_ids=(enrolment_id,), **form.loaded)
    try:
        with current.begin() as work:
            assigning.assign(command, work)
    except RuleBroken as error:
        refused = Form(typed=form.typed, problem=words_for(problem_of(error)))
        return _page(enrolment_id, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("assignments.assignment_form", enrolment_id=enrolment_id), HTTPStatus.SEE_OTHER)


def _page(enrolment_id: UUID, form: Form | None = None) -> str:
    with current.begin() as work:
        found = assigning.choice(enrolment_id, work, desk())
    return render_template(
        "assignment.html",
        choice=found,
        form=form,
        kinds=[(kind, words) for kind, words in messages.ASSIGNMENT_KINDS.items()],
        labels=messages.FIELD_LABELS,
        back=places.elder(enrolment_id),
    )
