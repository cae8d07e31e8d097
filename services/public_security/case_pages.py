"""Pages of a search for somebody missing (走失)."""

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
from services.public_security.handlers import missing
from services.public_security.handlers.missing import EndCase, OpenCase
from services.public_security.handlers.opening import opened
from services.public_security.repository.records import MissingPerson
from services.public_security.schemas import CaseFormSchema, EndCaseFormSchema
from shared.inbox.desk import Desk
from shared.inbox.ending import Ending
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form

blueprint = Blueprint("police_cases", __name__, url_prefix="/missing")


@blueprint.get("/new")
@allow(*STAFF)
def new() -> str:
    """The form."""
    typed = {"referral_id": request.args.get("referral_id", ""), "last_seen_at": wall(current.now())}
    return _form(Form(typed=typed))


@blueprint.post("/new")
@allow(*STAFF)
def create() -> ResponseReturnValue:
    """Open the case, and the urgent referral if it came without one."""
    return submit(
        CaseFormSchema(),
        _open,
        show=_form,
        done=lambda case_id: to("police_cases.one", "opened", case_id=case_id),
    )


@blueprint.get("/<uuid:case_id>")
@allow(*STAFF)
def one(case_id: UUID) -> str:
    """One case, and the form of its end."""
    return _page(case_id, None)


@blueprint.post("/<uuid:case_id>/end")
@allow(*STAFF)
def end(case_id: UUID) -> ResponseReturnValue:
    """Found, or not: with the reason; the referral ends with it."""
    return submit(
        EndCaseFormSchema(),
        lambda data, work, desk: missing.end_case(EndCase(case_id=case_id, **data), work, desk),
        show=lambda form: _page(case_id, form),
        done=lambda _: _ended(case_id),
    )


def _ended(case_id: UUID) -> ResponseReturnValue:
    found = asked(lambda work, desk: opened(work, desk, MissingPerson, case_id))
    case = found.record
    if case.referral_id is None:
        return to("police_cases.one", "ended", case_id=case_id)
    ending = Ending(
        referral_id=case.referral_id,
        outcome=case.end_code,
        text=found.words.get("end_note", ""),
        record=f"missing/{case_id}",
    )
    then = to("police_cases.one", "closed", case_id=case_id)
    return close(ending, show=lambda form: _page(case_id, form), then=then)


def _open(data: Loaded, work: UnitOfWork, desk: Desk) -> UUID:
    command = OpenCase(
        about=about(data, work, desk),
        last_seen_at=instant(data["last_seen_at"]) or work.now,
        last_seen_place=data["last_seen_place"],
        description=data["description"],
        contact=data["contact"],
        case_id=data["record_id"],
    )
    return missing.open_case(command, work, desk)


def _page(case_id: UUID, form: Form | None) -> str:
    found = asked(lambda work, desk: opened(work, desk, MissingPerson, case_id))
    parts = shared_parts(form, request.args.get("done", ""))
    ends = policy().kind(missing.KIND).outcomes
    return render_template(
        "police_case.html",
        **parts,
        case=found.record,
        words=found.words,
        whom=found.whom,
        voided=found.voided,
        ends=ends,
        is_left_open=asked(lambda work, _: is_left_open(work, found.record.referral_id)),
    )


def _form(form: Form) -> str:
    return render_template("police_case_new.html", **shared_parts(form, ""))
