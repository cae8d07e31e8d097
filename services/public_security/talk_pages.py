"""Pages of talks about fraud (反诈宣传、劝阻)."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.public_security.acting import (
    STAFF,
    Loaded,
    about_anybody,
    asked,
    close,
    instant,
    policy,
    shared_parts,
    submit,
    to,
    wall,
)
from services.public_security.handlers import fraud
from services.public_security.handlers.fraud import WARNING, PutTalk
from services.public_security.handlers.opening import opened
from services.public_security.repository.records import FraudTalk
from services.public_security.schemas import TalkFormSchema
from shared.inbox.desk import Desk
from shared.inbox.ending import Ending
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form

blueprint = Blueprint("police_talks", __name__, url_prefix="/fraud-talks")


@blueprint.get("/new")
@allow(*STAFF)
def new() -> str:
    """The form; from a referral 涉诈劝阻 it asks what came of it."""
    typed = {"referral_id": request.args.get("referral_id", ""), "held_at": wall(current.now())}
    return _form(Form(typed=typed))


@blueprint.post("/new")
@allow(*STAFF)
def create() -> ResponseReturnValue:
    """Put the talk on record; a suspicion goes on at once, a dissuasion ends its referral."""
    return submit(TalkFormSchema(), _put, show=_form, done=_done)


@blueprint.get("/<uuid:talk_id>")
@allow(*STAFF)
def one(talk_id: UUID) -> str:
    """One talk."""
    return _page(talk_id, None)


def _put(data: Loaded, work: UnitOfWork, desk: Desk) -> tuple[PutTalk, UUID | None]:
    command = PutTalk(
        about=about_anybody(data, work, desk),
        topic=data["topic"],
        way=data["way"],
        held_at=instant(data["held_at"]) or work.now,
        people=data["people"],
        note=data["note"],
        result=data["result"],
        suspicion=data["suspicion"],
        talk_id=data["record_id"],
    )
    return command, fraud.put_talk(command, work, desk)


def _done(put: tuple[PutTalk, UUID | None]) -> ResponseReturnValue:
    command, warning = put
    if warning is not None:
        return to("police_talks.one", "warned", talk_id=command.talk_id)
    if command.about.kind != WARNING or command.about.referral_id is None or not command.result:
        return to("police_talks.one", "kept", talk_id=command.talk_id)
    ending = Ending(
        referral_id=command.about.referral_id,
        outcome=command.result,
        text=command.note,
        record=f"talk/{command.talk_id}",
    )
    then = to("police_talks.one", "closed", talk_id=command.talk_id)
    return close(ending, show=lambda form: _page(command.talk_id, form), then=then)


def _page(talk_id: UUID, form: Form | None) -> str:
    found = asked(lambda work, desk: opened(work, desk, FraudTalk, talk_id))
    parts = shared_parts(form, request.args.get("done", ""))
    return render_template(
        "police_talk.html",
        **parts,
        talk=found.record,
        words=found.words,
        whom=found.whom,
        voided=found.voided,
    )


def _form(form: Form) -> str:
    rules = policy().policing
    return render_template(
        "police_talk_new.html",
        **shared_parts(form, ""),
        topics=rules.topics,
        ways=rules.ways,
        results=policy().kind(WARNING).outcomes if form.typed.get("referral_id") else (),
    )
