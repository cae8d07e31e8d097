"""Coordination's JSON API: the board's figures, one elder's standing, an extra visit."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.coordination import handlers, parts
from services.coordination.board import read_board
from services.coordination.commands import AddVisit
from services.coordination.schemas import AddVisitSchema, BoardSchema, DoneSchema, ElderSchema
from services.coordination.story import read_story
from shared.contracts.access import Role
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint

blueprint = ApiBlueprint("coordination_api", __name__)

WATCHERS = (Role.COORDINATOR, Role.DUTY_OFFICER, Role.AUDITOR, Role.UNIT_LEAD)


@blueprint.route("/board")
@allow(*WATCHERS)
@blueprint.response(HTTPStatus.OK, BoardSchema)
def board() -> object:
    """Today's concerns, how everybody stands, and the rates, each with the enrolments behind it."""
    with current.begin() as work:
        return read_board(work, parts.policy())


@blueprint.route("/elders/<uuid:enrolment_id>")
@allow(*WATCHERS, Role.CADRE, Role.VISITOR)
@blueprint.response(HTTPStatus.OK, ElderSchema)
def elder(enrolment_id: UUID) -> object:
    """How one elder stands and what happens next."""
    with current.begin() as work:
        return read_story(work, enrolment_id, policy=parts.policy(), cards=parts.desk().cards)


@blueprint.route("/elders/<uuid:enrolment_id>/extra-visits", methods=["POST"])
@allow(Role.COORDINATOR, Role.UNIT_LEAD)
@blueprint.arguments(AddVisitSchema)
@blueprint.once(DoneSchema, status=HTTPStatus.CREATED)
def add_visit(work: UnitOfWork, body: dict[str, Any], enrolment_id: UUID) -> dict[str, UUID]:
    """加访: owe the elder one more visit."""
    handlers.add_visit(AddVisit(enrolment_id=enrolment_id, **body), work, parts.policy())
    return {"extra_id": body["extra_id"]}
