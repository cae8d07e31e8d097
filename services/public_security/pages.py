"""The station's front page: what is under way, and the way to everything it keeps (本单位台账)."""

from flask import Blueprint, render_template, request

from services.public_security.acting import STAFF, asked, shared_parts
from services.public_security.handlers import beats, changes, fraud, missing, welfare
from services.public_security.handlers.office import whom
from services.public_security.messages import ARRIVALS, CHANGE_STATES
from shared.domain.welfare_check import arrival
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow

blueprint = Blueprint("police", __name__, url_prefix="/records")


@blueprint.get("")
@allow(*STAFF)
def overview() -> str:
    """What is under way, newest first."""
    shown = asked(_under_way)
    return render_template(
        "police.html",
        **shared_parts(None, request.args.get("done", "")),
        **shown,
        arrival=lambda check: ARRIVALS[arrival(check.arrive_by, check.arrived_at, current.now())],
        change_states=CHANGE_STATES,
    )


def _under_way(work: UnitOfWork, desk: Desk) -> dict[str, object]:
    checks, cases, told, talks = (
        welfare.checks(work),
        missing.cases(work),
        changes.changes(work),
        fraud.talks(work),
    )
    return {
        "checks": checks,
        "cases": cases,
        "changes": told,
        "talks": talks,
        "whom": whom(work, desk, [*checks, *cases, *(line.change for line in told), *talks]),
        "vacant": [line for line in beats.table(work) if not line.officer],
    }
