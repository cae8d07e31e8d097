"""The centre's own pages: the work of the day, and one elder."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from services.health import messages
from services.health.commands import EndPlan
from services.health.handlers import person as people
from services.health.handlers import signing
from services.health.handlers.centre import own_centre
from services.health.handlers.families import looks_after_families
from services.health.handlers.working import work_list
from services.health.office import WORKING, policy
from services.health.schemas.asked import WorkQuerySchema
from shared.inbox.mounted import desk
from shared.web import current
from shared.web.access import allow

blueprint = Blueprint("health_pages", __name__)


@blueprint.get("/work")
@allow(*WORKING)
def work() -> str:
    """What the centre has to do, one list at a time."""
    query = WorkQuerySchema().load({name: value for name, value in request.args.items() if value})
    with current.begin() as unit_of_work:
        centre = own_centre(unit_of_work, desk())
        found = work_list(centre, query["section"], page=query["page"])
        keeps_families = looks_after_families(centre)
    return render_template(
        "work.html",
        found=found,
        keeps_families=keeps_families,
        sections=messages.SECTIONS,
        late=messages.LATE,
        empty=messages.EMPTY,
        label=policy().label,
    )


@blueprint.get("/elders/<uuid:enrolment_id>")
@allow(*WORKING)
def elder(enrolment_id: UUID) -> str:
    """Everything that the centre has about one elder."""
    with current.begin() as unit_of_work:
        found = people.person(enrolment_id, own_centre(unit_of_work, desk()))
    return render_template(
        "person.html",
        person=found,
        me=current.principal().account_id,
        label=policy().label,
        thresholds=policy().health_care.thresholds,
        clause=policy().clause,
        referral=request.args.get("referral", ""),
        done=messages.DONE.get(request.args.get("done", ""), ""),
        section=messages.SECTIONS,
    )


@blueprint.post("/elders/<uuid:enrolment_id>/plans/<programme>/end")
@allow(*WORKING)
def end_plan(enrolment_id: UUID, programme: str) -> ResponseReturnValue:
    """Stop following the elder up in one programme."""
    with current.begin() as unit_of_work:
        command = EndPlan(enrolment_id=enrolment_id, programme=programme)
        signing.end_plan(command, own_centre(unit_of_work, desk()))
    return to_elder(enrolment_id, done="plan_ended")


def to_elder(enrolment_id: UUID, *, done: str) -> Response:
    """Back to the elder's page, which says what was done."""
    referral = request.args.get("referral") or None
    address = url_for("health_pages.elder", enrolment_id=enrolment_id, done=done, referral=referral)
    return redirect(address, HTTPStatus.SEE_OTHER)
