"""Giving an elder to another visitor (换人), for good or for some days."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.visits import messages
from services.visits.api import ASSIGNING
from services.visits.codes import AssignmentKind
from services.visits.forms import AssignFormSchema
from services.visits.handlers import assigning
from services.visits.handlers.commands import Assign, HandOver
from services.visits.mounted import desk
from services.visits.pages import words_of
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
            assigning.assign(command, work, desk())
    except RuleBroken as error:
        refused = Form(typed=form.typed, problem=words_for(problem_of(error)))
        return _page(enrolment_id, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("assignments.assignment_form", enrolment_id=enrolment_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/visitors/<uuid:account_id>/hand-over")
@allow(*ASSIGNING)
def hand_over_form(account_id: UUID) -> str:
    """A visitor's whole round, and who could take it over."""
    return _hand_over_page(account_id)


@blueprint.post("/visitors/<uuid:account_id>/hand-over")
@allow(*ASSIGNING)
def hand_over(account_id: UUID) -> ResponseReturnValue:
    """Hand the round over in one step (请假)."""
    form = read_form(AssignFormSchema())
    if not form.ok:
        return _hand_over_page(account_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.begin() as work:
            done = assigning.hand_over(HandOver(leaving_id=account_id, **form.loaded), work, desk())
    except RuleBroken as error:
        refused = Form(typed=form.typed, problem=words_for(problem_of(error)))
        return _hand_over_page(account_id, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    done_here = url_for("assignments.hand_over_form", account_id=account_id, done=len(done.enrolment_ids))
    return redirect(done_here, HTTPStatus.SEE_OTHER)


def _hand_over_page(account_id: UUID, form: Form | None = None) -> str:
    with current.begin() as work:
        found = assigning.round_to_hand_over(account_id, work, desk())
    return render_template(
        "hand_over.html",
        choice=found,
        form=form,
        done=request.args.get("done", 0, type=int),
        kinds=[(kind, messages.ASSIGNMENT_KINDS[kind]) for kind in reversed(AssignmentKind)],
        labels=messages.FIELD_LABELS,
    )


def _page(enrolment_id: UUID, form: Form | None = None) -> str:
    with current.begin() as work:
        found = assigning.choice(enrolment_id, work, desk())
    return render_template(
        "assignment.html",
        choice=found,
        words=words_of(found.policy),
        form=form,
        kinds=[(kind, words) for kind, words in messages.ASSIGNMENT_KINDS.items()],
        labels=messages.FIELD_LABELS,
        back=places.elder(enrolment_id),
    )
