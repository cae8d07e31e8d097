"""The page on which one elder is enrolled by hand, found by a visitor or a neighbour (应纳尽纳, Z-02)."""

from uuid import UUID, uuid4

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.care_register.codes import Sex
from services.care_register.forms import enrolled_by_hand
from services.care_register.handlers import enrolling, reading
from services.care_register.messages import FIELD_LABELS
from services.care_register.office import policy
from services.care_register.schemas.changes import EnrolFormSchema
from services.care_register.submitting import submit, to_entry
from shared.contracts.access import Role
from shared.domain.codes import Circumstance
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form

ENROLLERS = (Role.CLERK, Role.COORDINATOR, Role.CADRE)

blueprint = Blueprint("register_enrolling", __name__)


@blueprint.get("/entries/new")
@allow(*ENROLLERS)
def new() -> str:
    """The form for one elder."""
    return _form_page(None)


@blueprint.post("/entries/new")
@allow(*ENROLLERS)
def enrol() -> ResponseReturnValue:
    """Enrol the elder; visits are owed from now on."""
    enrolment_id: UUID = uuid4()
    return submit(
        EnrolFormSchema(),
        lambda data, work, at: enrolling.enrol(enrolled_by_hand(enrolment_id, data, work, at), work, at),
        show=_form_page,
        done=lambda _: to_entry(enrolment_id, "enrolled"),
    )


def _form_page(form: Form | None) -> str:
    with current.begin() as work:
        areas = reading.areas(work)
    return render_template(
        "entry_new.html",
        form=form,
        areas=[(area.area_code, area.name) for area in areas],
        circumstances=[each for each in policy().circumstances if each is not Circumstance.OTHER],
        sexes=[Sex.FEMALE, Sex.MALE],
        labels=FIELD_LABELS,
    )
