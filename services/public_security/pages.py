"""The station's front page, each list of what it keeps (本单位台账), and voiding one of it (作废)."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.public_security.acting import STAFF, asked, shared_parts, submit, to
from services.public_security.handlers import beats
from services.public_security.handlers.listing import MOST_SHOWN, Listed, all_of, newest_of, one_of
from services.public_security.handlers.voiding import VoidRecord, void_record
from services.public_security.messages import ARRIVALS, CHANGE_STATES, LISTS, OUTCOME_VOIDED
from services.public_security.repository.records import (
    IDS,
    Change,
    FraudTalk,
    MissingPerson,
    Record,
    WelfareCheck,
)
from services.public_security.schemas import VoidFormSchema
from shared.domain.errors import NotFound
from shared.domain.welfare_check import arrival
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form
from shared.web.paging import instant_and_id, page_of

blueprint = Blueprint("police", __name__, url_prefix="/records")

KINDS: Mapping[str, type[Record]] = {
    "checks": WelfareCheck,
    "missing": MissingPerson,
    "changes": Change,
    "fraud-talks": FraudTalk,
}
"""What lies in which list, in the order of the front page."""

ONE: Mapping[str, tuple[str, str]] = {
    "checks": ("police_checks.one", "voided"),
    "missing": ("police_cases.one", "voided"),
    "changes": ("police_changes.one", "change_voided"),
    "fraud-talks": ("police_talks.one", "voided"),
}
"""The page of one record of a list, and what it says once that has been voided."""


@blueprint.get("")
@allow(*STAFF)
def overview() -> str:
    """What is under way, and the newest of each list."""
    vacant = asked(lambda work, _: [line for line in beats.table(work) if not line.officer])
    found = asked(lambda work, desk: [newest_of(kind, work, desk) for kind in KINDS.values()])
    sections = [
        {"folder": folder, "records": listed.items} for folder, listed in zip(KINDS, found, strict=True)
    ]
    return render_template(
        "police.html",
        **_parts(None, *found),
        sections=sections,
        vacant=vacant,
    )


@blueprint.get("/<string:folder>")
@allow(*STAFF)
def listing(folder: str) -> str:
    """Every record of one list, page by page; what was voided stays in it."""
    kind, after = _kind(folder), instant_and_id(request.args.get("after"))
    listed = asked(lambda work, desk: all_of(kind, after, work, desk))
    name = IDS[kind]
    page = page_of(
        listed.items,
        limit=MOST_SHOWN,
        keys=lambda row: (row.recorded_at.isoformat(), str(getattr(row, name))),
    )
    return render_template(
        "police_list.html", **_parts(None, listed), folder=folder, page=page, is_later=after is not None
    )


@blueprint.get("/<string:folder>/<uuid:record_id>/void")
@allow(*STAFF)
def void_form(folder: str, record_id: UUID) -> str:
    """Why a record is voided."""
    return _void_page(folder, record_id, None)


@blueprint.post("/<string:folder>/<uuid:record_id>/void")
@allow(*STAFF)
def void(folder: str, record_id: UUID) -> ResponseReturnValue:
    """Void the record (作废)."""
    kind = _kind(folder)
    endpoint, done = ONE[folder]
    return submit(
        VoidFormSchema(),
        lambda data, work, desk: void_record(
            VoidRecord(kind=kind, record_id=record_id, reason=data["void_reason"], beside=OUTCOME_VOIDED),
            work,
            desk,
        ),
        show=lambda form: _void_page(folder, record_id, form),
        done=lambda _: to(endpoint, done, **{IDS[kind]: record_id}),
    )


def _void_page(folder: str, record_id: UUID, form: Form | None) -> str:
    kind = _kind(folder)
    listed = asked(lambda work, desk: one_of(kind, record_id, work, desk))
    return render_template("police_void.html", **_parts(form, listed), folder=folder, record=listed.items[0])


def _parts(form: Form | None, *found: Listed) -> dict[str, object]:
    return {
        **shared_parts(form, request.args.get("done", "")),
        "whom": {key: whom for listed in found for key, whom in listed.whom.items()},
        "states": {key: state for listed in found for key, state in listed.states.items()},
        "arrival": lambda check: ARRIVALS[arrival(check.arrive_by, check.arrived_at, current.now())],
        "change_states": CHANGE_STATES,
        "lists": LISTS,
    }


def _kind(folder: str) -> type[Record]:
    if folder not in KINDS:
        raise NotFound("record_not_found")
    return KINDS[folder]
