"""The referral's file for programs: the same handlers as its forms."""

import hashlib
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response

from shared.domain.periods import local_day
from shared.inbox import mounted
from shared.inbox.acting import READERS, WORKERS
from shared.inbox.filing.attachments import Upload, attach, attachment_id_of
from shared.inbox.filing.field_requests import AnswerFields, AskFields, answer_fields, ask_fields
from shared.inbox.filing.filed import Filed, as_party, party_row, read_attachment, read_filed, remark
from shared.inbox.filing.pages import download
from shared.inbox.filing.schemas import (
    AnswerFieldsSchema,
    AskFieldsSchema,
    AttachSchema,
    FiledSchema,
    MadeSchema,
    RemarkSchema,
)
from shared.inbox.filing.unfounded import say_unfounded
from shared.inbox.filing.watching import stop_watching, watch
from shared.inbox.reading import read_referral
from shared.persistence.idempotency import Answer, claim, keep
from shared.persistence.unit_of_work import UnitOfWork
from shared.web.access import allow
from shared.web.api import ApiBlueprint
from shared.web.idempotent import idempotency_key

blueprint = ApiBlueprint("inbox_file_api", __name__, url_prefix="/referrals/<uuid:referral_id>")


@blueprint.route("/file")
@allow(*READERS)
@blueprint.response(HTTPStatus.OK, FiledSchema)
def show(referral_id: UUID) -> Filed:
    """Remarks, attachments, watchers, questions about fields."""
    desk, reader = mounted.desk(), mounted.reader()
    with desk.database.begin(reader.person, reader.now) as work:
        page = read_referral(work.session, desk, referral_id, reader)
        return read_filed(work.session, page, reader, desk)


@blueprint.route("/remarks", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(RemarkSchema)
@blueprint.once(MadeSchema, status=HTTPStatus.CREATED)
def say(work: UnitOfWork, body: dict[str, Any], referral_id: UUID) -> dict[str, UUID]:
    """留言; also when the work is done."""
    row, key = party_row(work, referral_id), idempotency_key()
    return {"id": remark(work, row, text=body["text"], key=key, desk=mounted.desk())}


@blueprint.route("/unfounded", methods=["POST"])
@allow(*WORKERS)
@blueprint.arguments(RemarkSchema)
@blueprint.once(MadeSchema, status=HTTPStatus.CREATED)
def unfounded(work: UnitOfWork, body: dict[str, Any], referral_id: UUID) -> dict[str, UUID]:
    """经核查不属于: said of a report that was made; two persons of two units make it so."""
    row, desk = party_row(work, referral_id), mounted.desk()
    return {"id": say_unfounded(work, row, text=body["text"], desk=desk, reader=mounted.reader())}


@blueprint.route("/attachments", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(AttachSchema, location="files")
@blueprint.response(HTTPStatus.CREATED, MadeSchema)
@blueprint.keyed
def add_attachment(files: dict[str, Any], referral_id: UUID) -> dict[str, UUID]:
    """Attach a file (multipart `file`): JPEG, PNG or PDF by its content, within the limits of the policy."""
    desk, reader, key = mounted.desk(), mounted.reader(), idempotency_key()
    name, content = files["file"].filename or "", files["file"].stream.read()
    question = f"{referral_id}/attach/{hashlib.sha256(content).hexdigest()}".encode()
    with as_party(desk, reader, referral_id) as (work, row):
        if claim(work, key=key, body=question) is None:
            rules = reader.words_for(row).policy.handling.attachments
            attach(work, row, Upload(name=name, content=content, key=key), vault=desk.vault, rules=rules)
            keep(work, key=key, body=question, answer=Answer(status=HTTPStatus.CREATED, body={}))
        return {"id": attachment_id_of(row, reader.person, key)}


@blueprint.route("/attachments/<uuid:attachment_id>")
@allow(*READERS)
@blueprint.response(HTTPStatus.OK, description="the file as a download")
def attachment(referral_id: UUID, attachment_id: UUID) -> Response:
    """One attachment; who opened it is on record."""
    return download(read_attachment(mounted.desk(), mounted.reader(), referral_id, attachment_id))


@blueprint.route("/watchers/<uuid:account_id>", methods=["PUT"])
@allow(*READERS)
@blueprint.response(HTTPStatus.NO_CONTENT)
def add_watcher(referral_id: UUID, account_id: UUID) -> None:
    """抄送: somebody of a party is told of each step; again changes nothing."""
    reader = mounted.reader()
    day = local_day(reader.now, reader.policy.jurisdiction.zone)
    with as_party(mounted.desk(), reader, referral_id) as (work, row):
        watch(work, row, account_id, day=day)


@blueprint.route("/watchers/<uuid:account_id>", methods=["DELETE"])
@allow(*READERS)
@blueprint.response(HTTPStatus.NO_CONTENT)
def end_watching(referral_id: UUID, account_id: UUID) -> None:
    """No longer told: by who watches, or who asked for it."""
    with as_party(mounted.desk(), mounted.reader(), referral_id) as (work, _):
        stop_watching(work, referral_id, account_id)


@blueprint.route("/field-requests", methods=["POST"])
@allow(*WORKERS)
@blueprint.arguments(AskFieldsSchema)
@blueprint.once(MadeSchema, status=HTTPStatus.CREATED)
def ask(work: UnitOfWork, body: dict[str, Any], referral_id: UUID) -> dict[str, UUID]:
    """Ask the requesting unit for more fields of the elder."""
    asked = AskFields(fields=tuple(body["wanted"]), reason=body["reason"], key=idempotency_key())
    row = party_row(work, referral_id)
    return {"id": ask_fields(work, row, asked, vault=mounted.desk().vault)}


@blueprint.route("/field-requests/<uuid:request_id>/answer", methods=["PUT"])
@allow(*READERS)
@blueprint.arguments(AnswerFieldsSchema)
@blueprint.response(HTTPStatus.NO_CONTENT)
def answer(body: dict[str, Any], referral_id: UUID, request_id: UUID) -> None:
    """Grant or refuse; the first answer stays, the same again changes nothing."""
    desk = mounted.desk()
    said = AnswerFields(request_id=request_id, is_granted=body["granted"], reason=body["reason"])
    with as_party(desk, mounted.reader(), referral_id) as (work, row):
        answer_fields(work, row, said, vault=desk.vault)
