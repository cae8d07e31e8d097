"""The page of a person's notices, and 确认."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from shared.inbox import mounted
from shared.inbox.notices import acknowledge, mark_read, read_notices
from shared.inbox.reader import Reader
from shared.web import current
from shared.web.access import signed_in

blueprint = Blueprint("inbox_notices", __name__, url_prefix="/inbox/notices")


@blueprint.get("")
@signed_in
def listing() -> str:
    """What the person has been told, what is to be acknowledged first."""
    desk, person, now = mounted.desk(), current.principal(), current.now()
    policy = Reader(person=person, now=now, book=desk.book).policy
    with current.begin() as work:
        lines = read_notices(work.session, person, now=now, policy=policy)
        mark_read(work)
    return render_template("inbox/notices.html", lines=lines)


@blueprint.post("/acknowledge")
@signed_in
def acknowledge_all() -> ResponseReturnValue:
    """Acknowledge everything that is due."""
    with current.begin() as work:
        acknowledge(work)
    return redirect(url_for("inbox_notices.listing"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:notice_id>/acknowledge")
@signed_in
def acknowledge_one(notice_id: UUID) -> ResponseReturnValue:
    """Acknowledge one."""
    with current.begin() as work:
        acknowledge(work, notice_id)
    return redirect(url_for("inbox_notices.listing"), HTTPStatus.SEE_OTHER)
