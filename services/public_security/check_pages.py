"""Pages of a welfare check (入户查看): begin, arrive, and say what was found."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.public_security.acting import (
    STAFF,
    Loaded,
    about,
    asked,
    close,
    instant,
    is_left_open,
    policy,
    shared_parts,
    submit,
    to,
    wall,
)
from services.public_security.handlers import welfare
from services.public_security.handlers.opening import opened
from services.public_security.handlers.welfare import FinishCheck, StartCheck
from services.public_security.messages import ARRIVALS
from services.public_security.repository.records import WelfareCheck
from services.public_security.schemas import ArrivalFormSchema, CheckFormSchema, FinishFormSchema
from shared.domain.welfare_check import Entry, arrival
from shared.inbox.desk import Desk
from shared.inbox.ending import Ending
from shared.inbox.handlers import visible_referral
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form

blueprint = Blueprint("police_checks", __name__, url_prefix="/checks")


@blueprint.get("/new")
@allow(*STAFF)
def new() -> str:
    """The form; from a referral the call is when it was offered."""
    referral_id = request.args.get("referral_id", type=UUID)
    called_at = asked(lambda work, _: _called_at(work, referral_id))
    typed = {"referral_id": str(referral_id or ""), "called_at": wall(called_at)}
    return _form(Form(typed=typed))


@blueprint.post("/new")
@allow(*STAFF)
def create() -> ResponseReturnValue:
    """Start the clock of the way there."""
    return submit(
        CheckFormSchema(),
        _start,
        show=_form,
        done=lambda check_id: to("police_checks.one", "started", check_id=check_id),
    )


@blueprint.get("/<uuid:check_id>")
@allow(*STAFF)
def one(check_id: UUID) -> str:
    """The check as it stands, and what can be done now."""
    return _page(check_id, None)


@blueprint.post("/<uuid:check_id>/arrival")
@allow(*STAFF)
def arrive(check_id: UUID) -> ResponseReturnValue:
    """Somebody is at the door; without a time, now."""
    return submit(
        ArrivalFormSchema(),
        lambda data, work, desk: welfare.arrive(
            check_id, instant(data["arrived_at"]) or current.now(), work, desk
        ),
        show=lambda form: _page(check_id, form),
        done=lambda _: to("police_checks.one", "arrived", check_id=check_id),
    )


@blueprint.post("/<uuid:check_id>/end")
@allow(*STAFF)
def finish(check_id: UUID) -> ResponseReturnValue:
    """Say what was found; a referral 上门查看 ends with it."""
    return submit(
        FinishFormSchema(),
        lambda data, work, desk: welfare.finish_check(_finish(check_id, data), work, desk),
        show=lambda form: _page(check_id, form),
        done=lambda _: _ended(check_id),
    )


def _ended(check_id: UUID) -> ResponseReturnValue:
    found = asked(lambda work, desk: opened(work, desk, WelfareCheck, check_id))
    check = found.record
    kind = asked(lambda work, _: _kind_of(work, check.referral_id))
    if check.referral_id is None or kind != welfare.KIND:
        return to("police_checks.one", "ended", check_id=check_id)
    ending = Ending(
        referral_id=check.referral_id,
        outcome=check.found,
        text=found.words.get("note", ""),
        record=f"check/{check_id}",
    )
    then = to("police_checks.one", "closed", check_id=check_id)
    return close(ending, show=lambda form: _page(check_id, form), then=then)


def _page(check_id: UUID, form: Form | None) -> str:
    found = asked(lambda work, desk: opened(work, desk, WelfareCheck, check_id))
    check = found.record
    kind = asked(lambda work, _: _kind_of(work, check.referral_id))
    rules = policy().policing
    return render_template(
        "police_check.html",
        **shared_parts(form, request.args.get("done", "")),
        check=check,
        words=found.words,
        whom=found.whom,
        voided=found.voided,
        entries=rules.entries,
        decided=rules.decided,
        outcomes=policy().kind(welfare.KIND).outcomes,
        arrival=ARRIVALS[arrival(check.arrive_by, check.arrived_at, current.now())],
        is_left_open=asked(lambda work, _: is_left_open(work, check.referral_id)),
        closes=kind == welfare.KIND,
    )


def _form(form: Form) -> str:
    return render_template("police_check_new.html", **shared_parts(form, ""))


def _start(data: Loaded, work: UnitOfWork, desk: Desk) -> UUID:
    command = StartCheck(
        about=about(data, work, desk),
        called_at=instant(data["called_at"]) or work.now,
        caller=data["caller"],
        check_id=data["record_id"],
    )
    return welfare.start_check(command, work, desk)


def _finish(check_id: UUID, data: Loaded) -> FinishCheck:
    entry = Entry(
        way=data["entry"],
        entered_at=instant(data["entered_at"]),
        decided_by=data["decided_by"],
        reason=data["reason"],
        witnesses=data["witnesses"],
    )
    return FinishCheck(check_id=check_id, entry=entry, found=data["found"], note=data["note"])


def _called_at(work: UnitOfWork, referral_id: UUID | None) -> datetime:
    return visible_referral(work.session, referral_id).offered_at if referral_id else work.now


def _kind_of(work: UnitOfWork, referral_id: UUID | None) -> str:
    return visible_referral(work.session, referral_id).kind if referral_id else ""
