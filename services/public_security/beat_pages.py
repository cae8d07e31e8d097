"""Pages of the table of beats (社区民警责任区, J-72); who leads the station keeps it."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.public_security.acting import STAFF, asked, shared_parts, submit, to
from services.public_security.codes import BeatKind
from services.public_security.handlers import beats
from services.public_security.handlers.beats import BeatOf, PutBeat
from services.public_security.messages import BEAT_KINDS
from services.public_security.schemas import AddressFormSchema, BeatFormSchema, OfficerFormSchema
from shared.contracts.access import Role
from shared.web.access import allow
from shared.web.forms import Form, read_form

blueprint = Blueprint("police_beats", __name__, url_prefix="/beats")


@blueprint.get("")
@allow(*STAFF)
def overview() -> str:
    """The table, vacancies first."""
    return _page(None)


@blueprint.post("")
@allow(Role.UNIT_LEAD)
def put() -> ResponseReturnValue:
    """Add a row."""
    return submit(
        BeatFormSchema(),
        lambda data, work, desk: beats.put_beat(PutBeat(**data), work, desk),
        show=_page,
        done=lambda _: to("police_beats.overview", "beat_put"),
    )


@blueprint.post("/whose")
@allow(*STAFF)
def whose() -> ResponseReturnValue:
    """Whose an address is, or that nobody has it."""
    form = read_form(AddressFormSchema())
    if not form.ok:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    address = form.loaded["address"]
    return _page(form, asked(lambda work, _: beats.beat_of(address, beats.table(work))))


@blueprint.post("/<uuid:beat_id>/officer")
@allow(Role.UNIT_LEAD)
def give(beat_id: UUID) -> ResponseReturnValue:
    """Give a beat to somebody of the station, or to nobody."""
    form = read_form(OfficerFormSchema())
    if not form.ok:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    asked(lambda work, _: beats.give_beat(beat_id, form.loaded["officer_id"], work))
    return to("police_beats.overview", "beat_given")


@blueprint.post("/<uuid:beat_id>/remove")
@allow(Role.UNIT_LEAD)
def drop(beat_id: UUID) -> ResponseReturnValue:
    """Take a row out."""
    asked(lambda work, _: beats.drop_beat(beat_id, work))
    return to("police_beats.overview", "beat_dropped")


def _page(form: Form | None, found: BeatOf | None = None) -> str:
    lines, officers = asked(lambda work, _: (beats.table(work), beats.officers(work)))
    return render_template(
        "police_beats.html",
        **shared_parts(form, request.args.get("done", "")),
        lines=lines,
        found=found,
        officers=list(officers.items()),
        kinds=[(kind, BEAT_KINDS[kind]) for kind in BeatKind],
    )
