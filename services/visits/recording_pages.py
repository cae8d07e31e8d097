"""Recording a contact on a phone: one tap says how it went, the next page asks only what that calls for."""

from http import HTTPStatus
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.visits import messages
from services.visits.api import READING, VISITING
from services.visits.codes import EntryConsent
from services.visits.forms import FINDING_PREFIX, UNCHANGED, ContactFormSchema, checked, command_of
from services.visits.handlers import recording
from services.visits.handlers.aftermath import aftermath
from services.visits.handlers.door import AtDoor, Way, at_door
from services.visits.handlers.judging import questions
from services.visits.handlers.reporting import may_report
from services.visits.mounted import desk
from services.visits.pages import words_of
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form, read_form

CONSENTS_GIVEN = (EntryConsent.ORAL, EntryConsent.SUPPORTER, EntryConsent.STANDING)
CONSENTS_OFFERED = (*CONSENTS_GIVEN, EntryConsent.MISSING)

blueprint = Blueprint("recording", __name__)


@blueprint.get("/elders/<uuid:enrolment_id>/contact")
@allow(*VISITING)
def contact_form(enrolment_id: UUID) -> str:
    """First how it went; once that is in the address, the details."""
    with current.begin() as work:
        door = at_door(enrolment_id, work, desk())
    way = _way(door)
    if way is None:
        return render_template("how.html", door=door, words=words_of(door.policy))
    return _details(door, way, form=None)


@blueprint.post("/elders/<uuid:enrolment_id>/contact")
@allow(*VISITING)
def record(enrolment_id: UUID) -> ResponseReturnValue:
    """Put the contact on record, then say what it is worth."""
    form = read_form(ContactFormSchema())
    with current.begin() as work:
        door = at_door(enrolment_id, work, desk())
        form = checked(form, door, received_at=work.now)
        if form.ok:
            recording.record_contact(command_of(form.loaded, door), work, desk())
    if form.ok:
        return redirect(
            url_for("recording.recorded", contact_id=form.loaded["contact_id"]), HTTPStatus.SEE_OTHER
        )
    way = _way(door)
    if way is None:
        return redirect(url_for("recording.contact_form", enrolment_id=enrolment_id), HTTPStatus.SEE_OTHER)
    return _details(door, way, form=form), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/contacts/<uuid:contact_id>")
@allow(*READING)
def recorded(contact_id: UUID) -> str:
    """What a contact is worth, in words with reason and clause, and what to do next."""
    return recorded_page(contact_id)


def recorded_page(contact_id: UUID, *, form: Form | None = None) -> str:
    """The page of one contact; `form` is what was typed on it and could not be done."""
    with current.begin() as work:
        found = aftermath(contact_id, work, desk())
    return render_template(
        "recorded.html",
        after=found,
        form=form,
        words=words_of(found.policy),
        labels=messages.FIELD_LABELS,
        gaps=messages.GAPS,
        lateness=messages.LATENESS,
        clock_off=messages.CLOCK_OFF,
    )


def _way(door: AtDoor) -> Way | None:
    """How the contact went, if the request says so."""
    said = (request.values.get("mode", ""), request.values.get("reach", ""))
    return next((way for way in door.ways if (way.mode.value, way.reach.value) == said), None)


def _details(door: AtDoor, way: Way, *, form: Form | None) -> str:
    asked = questions(door.policy)
    return render_template(
        "contact.html",
        door=door,
        way=way,
        form=form,
        words=words_of(door.policy),
        asked=asked,
        unchanged_words=messages.UNCHANGED_ALL.format(count=messages.COUNTED.get(len(asked), len(asked))),
        finding_prefix=FINDING_PREFIX,
        has_findings=any(name.startswith(FINDING_PREFIX) for name in (form.typed if form else ())),
        unchanged=UNCHANGED,
        consents=[(each, messages.CONSENTS[each]) for each in CONSENTS_OFFERED],
        labels=messages.FIELD_LABELS,
        may_report=may_report(current.principal()),
        contact_id=form.typed.get("contact_id") if form else uuid4(),
    )
