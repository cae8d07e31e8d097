"""The station for programs: changes of population in, and where each of them stands."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.public_security.acting import STAFF, asked
from services.public_security.change_pages import reading_of
from services.public_security.handlers import changes
from services.public_security.schemas import ChangesAnswerSchema, ChangesSchema, ChangeStateSchema
from shared.domain.news_feed import ChangeReading
from shared.inbox import mounted
from shared.persistence.unit_of_work import UnitOfWork
from shared.web.access import allow
from shared.web.api import ApiBlueprint

SENT = "sent"
blueprint = ApiBlueprint("police_api", __name__)


@blueprint.route("/population-changes", methods=["POST"])
@allow(*STAFF)
@blueprint.arguments(ChangesSchema)
@blueprint.once(ChangesAnswerSchema)
def tell(work: UnitOfWork, data: dict[str, Any]) -> dict[str, object]:
    """Tell the register of changes, with an answer for each; the same change again is the same change."""
    readings = [reading_of(item) for item in data["changes"]]
    return {"changes": [_told(each, work, position) for position, each in enumerate(readings, start=1)]}


@blueprint.route("/population-changes/<uuid:change_id>")
@allow(*STAFF)
@blueprint.response(HTTPStatus.OK, ChangeStateSchema)
def where(change_id: UUID) -> dict[str, object]:
    """Where one change stands at the register."""
    line = asked(lambda work, desk: changes.change_page(change_id, work, desk)).line
    state = line.state
    return {
        "change_id": change_id,
        "status": state.status if state else SENT,
        "confirm_by": state.confirm_by if state else None,
        "decided_at": state.decided_at if state else None,
    }


def _told(reading: ChangeReading, work: UnitOfWork, position: int) -> dict[str, object]:
    if reading.faults:
        return {"position": position, "faults": reading.faults, "in_register": False, "change_id": None}
    told = changes.report_change(reading, work, mounted.desk())
    return {
        "position": position,
        "faults": (),
        "in_register": told.in_register,
        "change_id": told.change_id,
    }
