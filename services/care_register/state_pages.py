"""Pages for states, exceptions and everything that a second person decides."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from services.care_register.codes import SaidBy
from services.care_register.forms import approved, overridden, reported
from services.care_register.handlers import (
    classifying,
    correcting,
    exceptions,
    overriding,
    population,
    removing,
    states,
)
from services.care_register.handlers import entry as entries
from services.care_register.messages import FIELD_LABELS
from services.care_register.office import desk, policy
from services.care_register.pages import READERS, entry_page
from services.care_register.schemas.changes import ClassificationsSchema, OverrideClassFormSchema
from services.care_register.schemas.states import ApproveExceptionFormSchema, ReportStateFormSchema
from services.care_register.submitting import decide, own_path, submit, to_entry, to_queue
from shared.contracts import places
from shared.contracts.access import Role
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form, read_form

KEEPERS = (Role.CLERK, Role.COORDINATOR)
REPORTERS = (*READERS, Role.VISITOR, Role.DUTY_OFFICER)
"""Who may say that an elder is in a state: whoever may meet or telephone the elder."""

blueprint = Blueprint("register_states", __name__)


@blueprint.get("/entries/<uuid:enrolment_id>/states/new")
@allow(*REPORTERS)
def new_state(enrolment_id: UUID) -> str:
    """The short form for 住院, 外出 and the like; a failed contact leads here with its id."""
    return _form_page(enrolment_id, Form(typed=request.args.to_dict()))


@blueprint.post("/entries/<uuid:enrolment_id>/states/new")
@allow(*REPORTERS)
def report_state(enrolment_id: UUID) -> ResponseReturnValue:
    """Register the state."""
    return submit(
        ReportStateFormSchema(),
        lambda data, work, at: states.report_state(reported(enrolment_id, data, work, at), work, at),
        show=lambda form: _form_page(enrolment_id, form),
        done=lambda data: _after_report(enrolment_id, data["next"]),
    )


@blueprint.post("/entries/<uuid:enrolment_id>/states/<uuid:state_id>/<any(confirm,refuse):verdict>")
@allow(*READERS)
def decide_state(enrolment_id: UUID, state_id: UUID, verdict: str) -> ResponseReturnValue:
    """A second person confirms the state, or refuses it."""
    command = states.DecideState(state_id=state_id, is_confirmed=verdict == "confirm")
    decide(lambda work, _: states.decide_state(command, work))
    return to_entry(enrolment_id, "state_confirmed" if command.is_confirmed else "state_refused")


@blueprint.post("/entries/<uuid:enrolment_id>/states/<uuid:state_id>/end")
@allow(*READERS)
def end_state(enrolment_id: UUID, state_id: UUID) -> ResponseReturnValue:
    """The state is over."""
    decide(lambda work, _: states.end_state(states.EndState(state_id=state_id), work))
    return to_entry(enrolment_id, "state_ended")


@blueprint.post("/entries/<uuid:enrolment_id>/exceptions")
@allow(Role.COORDINATOR, Role.UNIT_LEAD)
def approve(enrolment_id: UUID) -> ResponseReturnValue:
    """Approve an exception."""
    return submit(
        ApproveExceptionFormSchema(),
        lambda data, work, at: exceptions.approve_exception(approved(enrolment_id, data, work), work, at),
        show=lambda form: entry_page(enrolment_id, form=form),
        done=lambda _: to_entry(enrolment_id, "exception_approved"),
    )


@blueprint.post("/entries/<uuid:enrolment_id>/removal/<any(confirm,refuse):verdict>")
@allow(*KEEPERS)
def decide_removal(enrolment_id: UUID, verdict: str) -> ResponseReturnValue:
    """A second person confirms the removal, or refuses it."""
    command = removing.DecideRemoval(enrolment_id=enrolment_id, is_confirmed=verdict == "confirm")
    decide(lambda work, _: removing.decide_removal(command, work))
    return to_entry(enrolment_id, "removal_confirmed" if command.is_confirmed else "removal_refused")


@blueprint.post("/news/<uuid:change_id>/<any(confirm,refuse):verdict>")
@allow(*KEEPERS)
def decide_news(change_id: UUID, verdict: str) -> ResponseReturnValue:
    """Carry out what the police have told of an elder, or find that it is not so."""
    command = population.DecideNews(change_id=change_id, is_confirmed=verdict == "confirm")
    decide(lambda work, at: population.decide_news(command, work, at))
    return to_queue("news_confirmed" if command.is_confirmed else "news_refused")


@blueprint.post("/classifications/<uuid:classification_id>/<any(confirm,refuse):verdict>")
@allow(*KEEPERS)
def decide_class(classification_id: UUID, verdict: str) -> ResponseReturnValue:
    """Confirm a proposed class, or keep the one that stands."""
    command = classifying.DecideClassification(
        classification_id=classification_id, is_confirmed=verdict == "confirm"
    )
    decide(lambda work, at: classifying.decide_classification(command, work, at))
    return to_queue("classification_confirmed" if command.is_confirmed else "classification_refused")


@blueprint.post("/entries/<uuid:enrolment_id>/class")
@allow(*KEEPERS)
def override_class(enrolment_id: UUID) -> ResponseReturnValue:
    """Ask for another class than the rules say; a second person decides."""
    return submit(
        OverrideClassFormSchema(),
        lambda data, work, at: overriding.override_class(overridden(enrolment_id, data), work, at),
        show=lambda form: entry_page(enrolment_id, form=form),
        done=lambda _: to_entry(enrolment_id, "class_override_asked"),
    )


@blueprint.post("/classifications/confirm")
@allow(*KEEPERS)
def confirm_classes() -> ResponseReturnValue:
    """Confirm all classes that the page showed; each is its own transaction."""
    form = read_form(ClassificationsSchema())
    for classification_id in form.loaded["classification_ids"] if form.ok else ():
        command = classifying.DecideClassification(classification_id=classification_id, is_confirmed=True)
        with current.begin() as work:
            classifying.confirm_if_waiting(command, work, desk())
    return to_queue("classifications_confirmed")


@blueprint.post("/changes/<uuid:proposal_id>/<any(confirm,refuse):verdict>")
@allow(*KEEPERS)
def decide_change(proposal_id: UUID, verdict: str) -> ResponseReturnValue:
    """Take over what another list says, or keep what stands."""
    command = correcting.DecideChange(proposal_id=proposal_id, is_confirmed=verdict == "confirm")
    decide(lambda work, at: correcting.decide_change(command, work, at))
    return to_queue("change_confirmed" if command.is_confirmed else "change_refused")


def _form_page(enrolment_id: UUID, form: Form) -> str:
    with current.begin() as work:
        shown = entries.brief(enrolment_id, work, desk())
        today = desk().today(work.principal.jurisdiction_id, work.now)
    return render_template(
        "state_new.html",
        elder=shown,
        form=form,
        today=today,
        rules=policy().states,
        said_by=[each for each in SaidBy if each is not SaidBy.ROSTER],
        labels=FIELD_LABELS,
    )


def _after_report(enrolment_id: UUID, wanted: str) -> ResponseReturnValue:
    """Back to where the form was called from, else to the page of the elder that this person may read."""
    if address := own_path(wanted):
        return redirect(address, HTTPStatus.SEE_OTHER)
    if current.principal().plays(*READERS):
        return to_entry(enrolment_id, "state_reported")
    return redirect(places.elder(enrolment_id), HTTPStatus.SEE_OTHER)
