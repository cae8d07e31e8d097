"""The forms of a referral's file: remarks with attachments, watchers, questions about fields, drafts."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from shared.domain.periods import local_day
from shared.inbox import mounted
from shared.inbox.acting import READERS, WORKERS
from shared.inbox.explain import explained
from shared.inbox.filing.attachments import Upload, attach
from shared.inbox.filing.drafts import save_draft
from shared.inbox.filing.field_requests import AnswerFields, AskFields, answer_fields, ask_fields
from shared.inbox.filing.filed import as_party, read_attachment, remark
from shared.inbox.filing.safe_files import MEDIA_TYPES, SafeFile
from shared.inbox.filing.schemas import (
    AnswerFieldsSchema,
    AskFieldsSchema,
    DraftSchema,
    RemarkSchema,
    WatcherFormSchema,
)
from shared.inbox.filing.unfounded import say_unfounded
from shared.inbox.filing.watching import stop_watching, watch
from shared.inbox.pages import refused
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import Problem
from shared.web.requests import from_htmx

blueprint = Blueprint("inbox_file", __name__, url_prefix="/inbox/<uuid:referral_id>")

Doing = Callable[[UnitOfWork, Referral], object]


@blueprint.post("/remarks")
@allow(*READERS)
def say(referral_id: UUID) -> ResponseReturnValue:
    """留言, perhaps with files; files alone will do."""
    sent = [file for file in request.files.getlist("files") if file.filename]
    form = read_form(RemarkSchema()) if request.form.get("text", "").strip() or not sent else Form(loaded={})
    desk, reader, key = mounted.desk(), mounted.reader(), mounted.form_key()

    def doing(work: UnitOfWork, row: Referral) -> None:
        rules = reader.words_for(row).policy.handling.attachments
        for number, file in enumerate(sent):
            upload = Upload(name=file.filename or "", content=file.stream.read(), key=f"{key}/{number}")
            attach(work, row, upload, vault=desk.vault, rules=rules)
        if form.loaded:
            remark(work, row, text=form.loaded["text"], key=key, desk=desk)

    return _done(referral_id, form, "remark", doing)


@blueprint.get("/attachments/<uuid:attachment_id>")
@allow(*READERS)
def attachment(referral_id: UUID, attachment_id: UUID) -> Response:
    """One attachment as a download, never shown inside a page; who opened it is on record."""
    return download(read_attachment(mounted.desk(), mounted.reader(), referral_id, attachment_id))


@blueprint.post("/watchers")
@allow(*READERS)
def add_watcher(referral_id: UUID) -> ResponseReturnValue:
    """抄送: somebody of a party is told of each step."""
    reader, form = mounted.reader(), read_form(WatcherFormSchema())
    day = local_day(reader.now, reader.policy.jurisdiction.zone)
    return _done(
        referral_id, form, "watch", lambda work, row: watch(work, row, form.loaded["account_id"], day=day)
    )


@blueprint.post("/watchers/<uuid:account_id>/end")
@allow(*READERS)
def end_watching(referral_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """No longer told."""
    return _done(
        referral_id, Form(), "unwatch", lambda work, row: stop_watching(work, row.referral_id, account_id)
    )


@blueprint.post("/fields")
@allow(*WORKERS)
def ask(referral_id: UUID) -> ResponseReturnValue:
    """申请补充信息."""
    desk, form, key = mounted.desk(), read_form(AskFieldsSchema()), mounted.form_key()

    def doing(work: UnitOfWork, row: Referral) -> None:
        asked = AskFields(fields=tuple(form.loaded["wanted"]), reason=form.loaded["reason"], key=key)
        ask_fields(work, row, asked, vault=desk.vault)

    return _done(referral_id, form, "ask_fields", doing)


@blueprint.post("/fields/<uuid:request_id>/answer")
@allow(*READERS)
def answer(referral_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Grant or refuse."""
    desk, form = mounted.desk(), read_form(AnswerFieldsSchema())

    def doing(work: UnitOfWork, row: Referral) -> None:
        said = AnswerFields(
            request_id=request_id, is_granted=form.loaded["granted"], reason=form.loaded["reason"]
        )
        answer_fields(work, row, said, vault=desk.vault)

    return _done(referral_id, form, "answer_fields", doing)


@blueprint.post("/draft")
@allow(*WORKERS)
def draft(referral_id: UUID) -> ResponseReturnValue:
    """Keep what is written of an outcome; a page that saves by itself gets one line back."""
    desk, form = mounted.desk(), read_form(DraftSchema())

    def doing(work: UnitOfWork, row: Referral) -> None:
        said = form.loaded
        save_draft(work, row, outcome=said.code, level=said.level, text=said.text, vault=desk.vault)

    answered = _done(referral_id, form, "draft", doing)
    return render_template("inbox/draft_kept.html") if from_htmx() and form.ok else answered


def download(found: SafeFile) -> Response:
    """A file as a download with a type that its content has; `nosniff` is on every answer already."""
    # Names are Chinese, and headers are not: this names the file in the way that every browser understands.
    response = send_file(
        BytesIO(found.content),
        mimetype=MEDIA_TYPES[found.kind],
        as_attachment=True,
        download_name=found.name,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/unfounded")
@allow(*WORKERS)
def unfounded(referral_id: UUID) -> ResponseReturnValue:
    """经核查不属于: the second of two voices makes it so."""
    form, desk, reader = read_form(RemarkSchema()), mounted.desk(), mounted.reader()
    return _done(
        referral_id,
        form,
        "unfounded",
        lambda work, row: say_unfounded(work, row, text=form.loaded["text"], desk=desk, reader=reader),
    )


def _done(referral_id: UUID, form: Form, what: str, doing: Doing) -> ResponseReturnValue:
    """Do it as a party and go back to the page; a refusal comes back with its reason and what was typed."""
    desk, reader = mounted.desk(), mounted.reader()
    if not form.ok:
        return refused(referral_id, form, what, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with explained(desk, reader.person, reader.now), as_party(desk, reader, referral_id) as (work, row):
            doing(work, row)
    except Problem as problem:
        told = replace(form, problem=words_for(problem))
        return refused(referral_id, told, what, problem.treatment.status, problem)
    return redirect(url_for("inbox.one", referral_id=referral_id, done=what), HTTPStatus.SEE_OTHER)
