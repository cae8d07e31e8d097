"""Pages that correct what the register knows of an elder: facts, person, consent, area, leaving."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.care_register.forms import corrected_facts, corrected_person
from services.care_register.handlers import consenting, correcting, personal, placing, removing
from services.care_register.handlers import entry as entries
from services.care_register.handlers.desk import Desk
from services.care_register.messages import FIELD_LABELS
from services.care_register.office import desk, policy
from services.care_register.pages import READERS, entry_page
from services.care_register.schemas.changes import (
    AssignAreaSchema,
    CorrectFactsSchema,
    CorrectPersonSchema,
    RecordConsentSchema,
    RequestRemovalSchema,
)
from services.care_register.submitting import decide, submit, to_entry
from shared.contracts.access import Role
from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.facts import Hardship
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form

blueprint = Blueprint("register_changes", __name__)


@blueprint.get("/entries/<uuid:enrolment_id>/facts")
@allow(*READERS)
def facts(enrolment_id: UUID) -> str:
    """The form of all facts."""
    return _facts_page(enrolment_id, None)


@blueprint.post("/entries/<uuid:enrolment_id>/facts")
@allow(*READERS)
def correct_facts(enrolment_id: UUID) -> ResponseReturnValue:
    """Store the facts as they are now."""
    return submit(
        CorrectFactsSchema(),
        lambda data, work, at: correcting.correct_facts(
            corrected_facts(enrolment_id, data, work, at), work, at
        ),
        show=lambda form: _facts_page(enrolment_id, form),
        done=lambda _: to_entry(enrolment_id, "facts_corrected"),
    )


@blueprint.post("/entries/<uuid:enrolment_id>/person")
@allow(Role.CLERK, Role.COORDINATOR)
def correct_person(enrolment_id: UUID) -> ResponseReturnValue:
    """Correct what names the person."""
    return submit(
        CorrectPersonSchema(),
        lambda data, work, at: personal.correct_person(
            corrected_person(enrolment_id, data, work, at), work, at
        ),
        show=lambda form: entry_page(enrolment_id, form=form),
        done=lambda _: to_entry(enrolment_id, "person_corrected"),
    )


@blueprint.post("/entries/<uuid:enrolment_id>/consents")
@allow(*READERS)
def record_consent(enrolment_id: UUID) -> ResponseReturnValue:
    """Record a consent or its withdrawal."""
    return submit(
        RecordConsentSchema(),
        lambda data, work, at: consenting.record_consent(
            consenting.RecordConsent(enrolment_id=enrolment_id, **data), work, at
        ),
        show=lambda form: entry_page(enrolment_id, form=form),
        done=lambda _: to_entry(enrolment_id, "consent_recorded"),
    )


@blueprint.post("/entries/<uuid:enrolment_id>/wish")
@allow(*READERS)
def settle_wish(enrolment_id: UUID) -> ResponseReturnValue:
    """The elder wants to be visited: 意愿待核 becomes 在册."""
    command = consenting.SettleWish(enrolment_id=enrolment_id)
    decide(lambda work, _: consenting.settle_wish(command, work))
    return to_entry(enrolment_id, "wish_settled")


@blueprint.post("/entries/<uuid:enrolment_id>/removal")
@allow(*READERS)
def request_removal(enrolment_id: UUID) -> ResponseReturnValue:
    """Ask that the elder leave."""
    return submit(
        RequestRemovalSchema(),
        lambda data, work, at: removing.request_removal(
            removing.RequestRemoval(enrolment_id=enrolment_id, **data), work, at
        ),
        show=lambda form: entry_page(enrolment_id, form=form),
        done=lambda _: to_entry(enrolment_id, "removal_requested"),
    )


@blueprint.post("/entries/<uuid:enrolment_id>/area")
@allow(Role.CLERK, Role.COORDINATOR)
def assign_area(enrolment_id: UUID) -> ResponseReturnValue:
    """Place the elder."""

    def placed(data: dict[str, Any], work: UnitOfWork, at: Desk) -> None:
        placing.check_area(data["area_code"], work)
        placing.assign_area(placing.AssignArea(enrolment_id=enrolment_id, **data), work, at)

    return submit(
        AssignAreaSchema(),
        placed,
        show=lambda form: entry_page(enrolment_id, form=form),
        done=lambda _: to_entry(enrolment_id, "area_assigned"),
    )


def _facts_page(enrolment_id: UUID, form: Form | None) -> str:
    with current.begin() as work:
        shown = entries.entry(enrolment_id, work, desk())
    return render_template(
        "facts.html",
        entry=shown,
        form=form,
        circumstances=policy().circumstances,
        asks_youngest=Circumstance.ELDERS_ONLY_HOUSEHOLD in policy().circumstances,
        abilities=Ability,
        mobilities=Mobility,
        healths=Health,
        hardships=Hardship,
        labels=FIELD_LABELS,
    )
