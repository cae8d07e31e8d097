"""Putting a record right, for programs: voiding it, and adding what was left out."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.visits.api import VISITING
from services.visits.correcting_schemas import AdditionSchema, CompletedSchema, VoidedSchema, VoidSchema
from services.visits.handlers import completing, voiding
from services.visits.handlers.commands import CompleteRecord, RecordCompleted
from services.visits.handlers.voiding import ContactVoided, VoidContact
from services.visits.mounted import desk
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint

blueprint = ApiBlueprint("correcting", __name__)


@blueprint.route("/contacts/<uuid:contact_id>/void", methods=["PUT"])
@allow(*VISITING)
@blueprint.arguments(VoidSchema)
@blueprint.response(HTTPStatus.OK, VoidedSchema)
def void(body: dict[str, Any], contact_id: UUID) -> ContactVoided:
    """Strike a contact from the book; the original stays. The same again changes nothing."""
    with current.begin() as work:
        return voiding.void_contact(VoidContact(contact_id=contact_id, **body), work, desk())


@blueprint.route("/contacts/<uuid:contact_id>/additions/<uuid:addition_id>", methods=["PUT"])
@allow(*VISITING)
@blueprint.arguments(AdditionSchema)
@blueprint.response(HTTPStatus.OK, CompletedSchema)
def complete(body: dict[str, Any], contact_id: UUID, addition_id: UUID) -> RecordCompleted:
    """Add to a record what was left out at the door; sent again it gets the same answer."""
    command = CompleteRecord(addition_id=addition_id, contact_id=contact_id, **body)
    with current.begin() as work:
        return completing.complete_record(command, work, desk())
