"""The forms of the centre: a contract, a follow-up, a step of a home bed, the elder's word, an outcome."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.health import messages
from services.health.commands import (
    ApplyForBed,
    CloseReferral,
    MoveBed,
    RecordFollowUp,
    RecordKind,
    ReferSigns,
    SignContract,
    VoidRecord,
)
from services.health.handlers import closing, following_up, home_beds, referring, signing, voiding
from services.health.handlers import person as people
from services.health.handlers.centre import Centre, own_centre
from services.health.office import WORKING, follows, policy, submitted
from services.health.pages import to_elder
from services.health.schemas import asked
from shared.domain.errors import NotFound
from shared.domain.health.codes import BedMove, FollowUpResult, FollowUpWay
from shared.inbox.explain import explained
from shared.inbox.mounted import desk
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import Problem

NOTHING_MORE: Mapping[str, object] = {}
blueprint = Blueprint("health_forms", __name__, url_prefix="/elders/<uuid:enrolment_id>")


@blueprint.get("/contract")
@allow(*WORKING)
def contract_form(enrolment_id: UUID) -> str:
    """Sign, or renew."""
    return _page("contract.html", enrolment_id)


@blueprint.post("/contract")
@allow(*WORKING)
def contract(enrolment_id: UUID) -> ResponseReturnValue:
    """Put the contract on record."""

    def do(values: dict[str, Any], centre: Centre) -> None:
        lists = {"programmes": tuple(values["programmes"])}
        signing.sign(SignContract(**{**values, **lists}, enrolment_id=enrolment_id), centre)

    form = submitted(asked.SignContractSchema(), do)
    return to_elder(enrolment_id, done="signed") if form.ok else _again("contract.html", enrolment_id, form)


@blueprint.get("/follow-up")
@allow(*WORKING)
def follow_up_form(enrolment_id: UUID) -> str:
    """What was found at a follow-up."""
    return _page("follow_up.html", enrolment_id)


@blueprint.post("/follow-up")
@allow(*WORKING)
def follow_up(enrolment_id: UUID) -> ResponseReturnValue:
    """Put the follow-up on record."""

    def do(values: dict[str, Any], centre: Centre) -> None:
        following_up.record_follow_up(RecordFollowUp(**values, enrolment_id=enrolment_id), centre)

    form = submitted(asked.FollowUpSchema(), do)
    if form.ok:
        return to_elder(enrolment_id, done="followed_up")
    return _again("follow_up.html", enrolment_id, form)


@blueprint.get("/void/<kind>/<uuid:record_id>")
@allow(*WORKING)
def void_form(enrolment_id: UUID, kind: str, record_id: UUID) -> str:
    """Why a record is struck out."""
    return _page("void.html", enrolment_id, more={"kind": _kind(kind), "record_id": record_id})


@blueprint.post("/void/<kind>/<uuid:record_id>")
@allow(*WORKING)
def void(enrolment_id: UUID, kind: str, record_id: UUID) -> ResponseReturnValue:
    """Strike it out."""
    what = _kind(kind)

    def do(values: dict[str, Any], centre: Centre) -> None:
        voiding.void_record(VoidRecord(**values, kind=what, record_id=record_id), centre)

    form = submitted(asked.VoidSchema(), do)
    if form.ok:
        return to_elder(enrolment_id, done="voided")
    return _again("void.html", enrolment_id, form, more={"kind": what, "record_id": record_id})


@blueprint.post("/signs")
@allow(*WORKING)
def refer(enrolment_id: UUID) -> ResponseReturnValue:
    """What the elder says to being referred."""
    said: list[str] = []

    def do(values: dict[str, Any], centre: Centre) -> None:
        said.append(referring.refer_signs(ReferSigns(**values, enrolment_id=enrolment_id), centre))

    form = submitted(asked.ReferSignsSchema(), do)
    if form.ok:
        return to_elder(enrolment_id, done=said[0])
    return _again("refused.html", enrolment_id, form)


@blueprint.get("/home-bed/<move>")
@allow(*WORKING)
def bed_form(enrolment_id: UUID, move: str) -> str:
    """The application, or the next step."""
    return _page("bed.html", enrolment_id, more={"move": _move(move), "follows": follows(_move(move))})


@blueprint.post("/home-bed/<move>")
@allow(*WORKING)
def bed(enrolment_id: UUID, move: str) -> ResponseReturnValue:
    """Put the step on record."""
    step = _move(move)
    if step is BedMove.APPLY:
        form = submitted(asked.ApplyForBedSchema(), _applying(enrolment_id))
    else:
        form = submitted(asked.MoveBedSchema(), _moving(step))
    if form.ok:
        return to_elder(enrolment_id, done="moved")
    return _again("bed.html", enrolment_id, form, more={"move": step, "follows": follows(step)})


@blueprint.get("/referrals/<uuid:referral_id>/closing")
@allow(*WORKING)
def closing_form(enrolment_id: UUID, referral_id: UUID) -> str:
    """How the referral ends."""
    return _page("closing.html", enrolment_id, more=_closing(enrolment_id, referral_id))


@blueprint.post("/referrals/<uuid:referral_id>/closing")
@allow(*WORKING)
def close(enrolment_id: UUID, referral_id: UUID) -> ResponseReturnValue:
    """Report the referral as done; if that is refused, the page says what is possible now."""
    form = read_form(asked.CloseReferralSchema())
    if form.ok:
        form = _closed(CloseReferral(enrolment_id=enrolment_id, referral_id=referral_id, **form.loaded), form)
    if form.ok:
        return to_elder(enrolment_id, done="closed")
    return _again("closing.html", enrolment_id, form, more=_closing(enrolment_id, referral_id))


def _closed(command: CloseReferral, form: Form) -> Form:
    person, now = current.principal(), current.now()
    try:
        with explained(desk(), person, now, command.referral_id):
            closing.close_referral(command, desk(), person=person, at=now)
    except Problem as problem:
        return replace(form, problem=words_for(problem))
    return form


def _closing(enrolment_id: UUID, referral_id: UUID) -> dict[str, object]:
    """The referral, if it is work about this elder. Raises NotFound otherwise."""
    with current.begin() as work:
        at_hand = referring.work_at_hand(enrolment_id, own_centre(work, desk()))
    row = next((each for each in at_hand if each.referral_id == referral_id), None)
    if row is None:
        raise NotFound("referral_not_found")
    outcomes = policy().kind(row.kind).outcomes
    return {
        "row": row,
        "outcomes": [(code, policy().label("outcomes", code)) for code in outcomes],
        "key": uuid4().hex,
    }


def _applying(enrolment_id: UUID) -> Callable[[dict[str, Any], Centre], None]:
    def do(values: dict[str, Any], centre: Centre) -> None:
        home_beds.apply_for_bed(ApplyForBed(**values, enrolment_id=enrolment_id), centre)

    return do


def _moving(move: BedMove) -> Callable[[dict[str, Any], Centre], None]:
    bed_id = request.args.get("bed", None, type=_id)
    if bed_id is None:
        raise NotFound("bed_unknown")

    def do(values: dict[str, Any], centre: Centre) -> None:
        home_beds.move_bed(MoveBed(**values, bed_id=bed_id, move=move), centre)

    return do


def _id(written: str) -> UUID:
    """An id as an address has it."""
    return UUID(written)


def _move(name: str) -> BedMove:
    if name not in set(BedMove):
        raise NotFound("bed_unknown")
    return BedMove(name)


def _kind(name: str) -> RecordKind:
    if name not in set(RecordKind):
        raise NotFound("record_unknown")
    return RecordKind(name)


def _again(
    template: str, enrolment_id: UUID, form: Form, more: Mapping[str, object] = NOTHING_MORE
) -> tuple[str, HTTPStatus]:
    return _page(template, enrolment_id, form, more), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(
    template: str,
    enrolment_id: UUID,
    form: Form | None = None,
    more: Mapping[str, object] = NOTHING_MORE,
) -> str:
    with current.begin() as work:
        found = people.person(enrolment_id, own_centre(work, desk()))
    label, rules = policy().label, policy().health_care
    shown = {
        "person": found,
        "form": form,
        "label": label,
        "labels": messages.FIELD_LABELS,
        "programmes": [(each.code, label("programmes", each.code)) for each in rules.programmes],
        "ways": [(way.value, label("follow_up_ways", way)) for way in FollowUpWay],
        "results": [(result.value, label("follow_up_results", result)) for result in FollowUpResult],
        "rules": rules,
        "referral": request.args.get("referral", ""),
    }
    return render_template(template, **shown, **more)
