"""批量办理: the ticked rows of a list, one move, and a page that says what came of each."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from shared.inbox import messages, mounted
from shared.inbox.acting import READERS
from shared.inbox.bulk import Bulk, BulkAnswer, perform_all
from shared.inbox.bulk_schemas import BulkSchema
from shared.inbox.items import InboxItem, items_of
from shared.inbox.queries import read_these
from shared.inbox.words import Words
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for

blueprint = Blueprint("inbox_bulk", __name__, url_prefix="/inbox/bulk")


@blueprint.post("")
@allow(*READERS)
def make() -> ResponseReturnValue:
    """Make one move on the ticked rows; each is judged for itself and shown with its answer."""
    sent = {"move": request.form.get("move"), "ids": request.form.getlist("ids"), "reason": _reason()}
    try:
        wish: Bulk = BulkSchema().load({name: value for name, value in sent.items() if value})
    except ValidationError:
        return _render([], move=str(sent["move"] or ""))
    answers = perform_all(
        mounted.desk(), wish, person=mounted.person(), at=current.now(), key=mounted.form_key()
    )
    return _render(answers, move=wish.move)


def key_of_form(items: Sequence[InboxItem]) -> str:
    """The key of a list's form: the same as long as its rows are, so that a polled list stays unchanged."""
    shown = " ".join(f"{item.referral_id.hex}.{item.seq}" for item in items)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _reason() -> str:
    return request.form.get("reason", "") if request.form.get("move") == "withdraw" else ""


def _render(answers: Sequence[BulkAnswer], *, move: str) -> str:
    reader, desk = mounted.reader(), mounted.desk()
    with desk.database.begin(reader.person, reader.now) as work:
        found = read_these(work.session, [each.referral_id for each in answers], desk)
    items: dict[UUID, InboxItem] = {item.referral_id: item for item in items_of(found, reader)}
    return render_template(
        "inbox/bulk.html",
        lines=[(each, items.get(each.referral_id), _refusal(each)) for each in answers],
        done=sum(each.answer is not None for each in answers),
        move=Words(policy=reader.policy).move(move),
        done_words=messages.DONE_WORDS.get(move, ""),
    )


def _refusal(answer: BulkAnswer) -> object:
    return words_for(answer.problem) if answer.problem else None
