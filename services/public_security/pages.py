"""The station's front page: what is under way, and the way to everything it keeps (本单位台账)."""

from flask import Blueprint, render_template, request

from services.public_security.acting import STAFF, asked, shared_parts
from services.public_security.handlers import beats, changes, fraud, missing, welfare
from services.public_security.messages import ARRIVALS, CHANGE_STATES
from shared.domain.welfare_check import arrival
from shared.web import current
from shared.web.access import allow

blueprint = Blueprint("police", __name__, url_prefix="/records")


@blueprint.get("")
@allow(*STAFF)
def overview() -> str:
    """What is under way, newest first."""
    shown = asked(
        lambda work, _: {
            "checks": welfare.checks(work),
            "cases": missing.cases(work),
            "changes": changes.changes(work),
            "talks": fraud.talks(work),
            "vacant": [line for line in beats.table(work) if not line.officer],
        }
    )
    return render_template(
        "police.html",
        **shared_parts(None, request.args.get("done", "")),
        **shown,
        arrival=lambda check: ARRIVALS[arrival(check.arrive_by, check.arrived_at, current.now())],
        change_states=CHANGE_STATES,
    )
