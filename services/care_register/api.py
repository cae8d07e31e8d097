"""The care register for programs: the same handlers as the pages, every write under an Idempotency-Key."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.care_register.forms import corrected_facts, overridden
from services.care_register.handlers import (
    classifying,
    consenting,
    correcting,
    exceptions,
    overriding,
    placing,
    population,
    reading,
    removing,
    states,
)
from services.care_register.handlers import entry as entries
from services.care_register.handlers.reading import EntryLine
from services.care_register.office import desk
from services.care_register.pages import READERS, after_of, keys_of
from services.care_register.schemas.answers import DecisionSchema, DoneSchema, IdSchema
from services.care_register.schemas.changes import (
    AssignAreaSchema,
    CorrectFactsSchema,
    OverrideClassSchema,
    RecordConsentSchema,
    RequestRemovalSchema,
)
from services.care_register.schemas.reading import (
    EntryPageSchema,
    EntryQuerySchema,
    IdNumberSchema,
    ReasonSchema,
    entry_filter,
)
from services.care_register.schemas.states import (
    ApproveExceptionSchema,
    ReportStateSchema,
    StateChangedSchema,
)
from services.care_register.state_pages import KEEPERS, REPORTERS
from shared.contracts.access import Role
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint
from shared.web.paging import Page, page_of

DONE = {"is_done": True}

blueprint = ApiBlueprint("care_register", __name__)


@blueprint.route("/entries", methods=["GET"])
@allow(*READERS)
@blueprint.arguments(EntryQuerySchema, location="query")
@blueprint.response(HTTPStatus.OK, EntryPageSchema)
def entries_page(query: dict[str, Any]) -> Page[EntryLine]:
    """Who is enrolled in the caller's territory, masked."""
    with current.begin() as work:
        wanted = entry_filter(query)
        if query["q"]:
            wanted = reading.found(query["q"], wanted, work, desk())
        rows = reading.list_entries(
            wanted, work, desk(), after=after_of(query["after"]), limit=query["limit"]
        )
    return page_of(rows, limit=query["limit"], keys=keys_of)


@blueprint.route("/entries/<uuid:enrolment_id>/states", methods=["POST"])
@allow(*REPORTERS)
@blueprint.arguments(ReportStateSchema)
@blueprint.once(StateChangedSchema, status=HTTPStatus.CREATED)
def report_state(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> states.StateChanged:
    """Report 住院, 外出 or another state; it acts at once."""
    return states.report_state(states.ReportState(enrolment_id=enrolment_id, **data), work, desk())


@blueprint.route("/states/<uuid:state_id>/decision", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(DecisionSchema)
@blueprint.once(StateChangedSchema)
def decide_state(work: UnitOfWork, data: dict[str, Any], state_id: UUID) -> states.StateChanged:
    """Confirm or refuse what another person reported."""
    return states.decide_state(states.DecideState(state_id=state_id, **data), work)


@blueprint.route("/states/<uuid:state_id>/end", methods=["POST"])
@allow(*READERS)
@blueprint.once(StateChangedSchema)
def end_state(work: UnitOfWork, state_id: UUID) -> states.StateChanged:
    """End a state; a return check is owed."""
    return states.end_state(states.EndState(state_id=state_id), work)


@blueprint.route("/entries/<uuid:enrolment_id>/exceptions", methods=["POST"])
@allow(Role.COORDINATOR, Role.UNIT_LEAD)
@blueprint.arguments(ApproveExceptionSchema)
@blueprint.once(IdSchema, status=HTTPStatus.CREATED)
def approve_exception(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, UUID]:
    """Approve an exception."""
    command = exceptions.ApproveException(enrolment_id=enrolment_id, **data)
    return {"id": exceptions.approve_exception(command, work, desk())}


@blueprint.route("/entries/<uuid:enrolment_id>/facts", methods=["PUT"])
@allow(*READERS)
@blueprint.arguments(CorrectFactsSchema)
@blueprint.once(IdSchema)
def correct_facts(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, UUID | None]:
    """Store all facts; the id of the class proposed because of them, if any."""
    command = corrected_facts(enrolment_id, data, work, desk())
    return {"id": correcting.correct_facts(command, work, desk())}


@blueprint.route("/entries/<uuid:enrolment_id>/class", methods=["POST"])
@allow(*KEEPERS)
@blueprint.arguments(OverrideClassSchema)
@blueprint.once(IdSchema, status=HTTPStatus.CREATED)
def override_class(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, UUID]:
    """Ask for another class than the rules say; it stands once a second person has confirmed it."""
    return {"id": overriding.override_class(overridden(enrolment_id, data), work, desk())}


@blueprint.route("/classifications/<uuid:classification_id>/decision", methods=["POST"])
@allow(*KEEPERS)
@blueprint.arguments(DecisionSchema)
@blueprint.once(DoneSchema)
def decide_class(work: UnitOfWork, data: dict[str, Any], classification_id: UUID) -> dict[str, bool]:
    """Confirm a proposed class, or keep the one that stands."""
    command = classifying.DecideClassification(classification_id=classification_id, **data)
    classifying.decide_classification(command, work, desk())
    return DONE


@blueprint.route("/entries/<uuid:enrolment_id>/consents", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(RecordConsentSchema)
@blueprint.once(IdSchema, status=HTTPStatus.CREATED)
def record_consent(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, UUID]:
    """Record a consent or its withdrawal."""
    command = consenting.RecordConsent(enrolment_id=enrolment_id, **data)
    return {"id": consenting.record_consent(command, work, desk())}


@blueprint.route("/entries/<uuid:enrolment_id>/area", methods=["PUT"])
@allow(*KEEPERS)
@blueprint.arguments(AssignAreaSchema)
@blueprint.once(DoneSchema)
def assign_area(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, bool]:
    """Place an elder."""
    placing.check_area(data["area_code"], work)
    placing.assign_area(placing.AssignArea(enrolment_id=enrolment_id, **data), work, desk())
    return DONE


@blueprint.route("/entries/<uuid:enrolment_id>/removal", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(RequestRemovalSchema)
@blueprint.once(DoneSchema)
def request_removal(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, bool]:
    """Ask that an elder leave the register."""
    removing.request_removal(removing.RequestRemoval(enrolment_id=enrolment_id, **data), work, desk())
    return DONE


@blueprint.route("/entries/<uuid:enrolment_id>/removal/decision", methods=["POST"])
@allow(*KEEPERS)
@blueprint.arguments(DecisionSchema)
@blueprint.once(DoneSchema)
def decide_removal(work: UnitOfWork, data: dict[str, Any], enrolment_id: UUID) -> dict[str, bool]:
    """Confirm or refuse a removal that another person asked for."""
    removing.decide_removal(removing.DecideRemoval(enrolment_id=enrolment_id, **data), work)
    return DONE


@blueprint.route("/news/<uuid:change_id>/decision", methods=["POST"])
@allow(*KEEPERS)
@blueprint.arguments(DecisionSchema)
@blueprint.once(DoneSchema)
def decide_news(work: UnitOfWork, data: dict[str, Any], change_id: UUID) -> dict[str, bool]:
    """Carry out what the police have told of an elder, or find that it is not so."""
    population.decide_news(population.DecideNews(change_id=change_id, **data), work, desk())
    return DONE


@blueprint.route("/entries/<uuid:enrolment_id>/id-number", methods=["POST"])
@allow(*KEEPERS)
@blueprint.arguments(ReasonSchema)
@blueprint.response(HTTPStatus.OK, IdNumberSchema)
def reveal(data: dict[str, Any], enrolment_id: UUID) -> dict[str, str]:
    """The whole ID number; each call is recorded with its reason, so it is never answered from memory."""
    with current.begin() as work:
        command = entries.RevealIdNumber(enrolment_id=enrolment_id, **data)
        return {"id_number": entries.reveal_id_number(command, work, desk())}
