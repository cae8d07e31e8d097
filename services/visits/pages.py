"""The visitor's pages: today's round, an elder's visit book, one's own notices."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.visits import messages
from services.visits.api import READING, VISITING, cursor_of, position_of
from services.visits.handlers import book, printing, rounds
from services.visits.mounted import desk
from services.visits.words import Words
from shared.contracts.access import Role
from shared.domain.codes import ExportPurpose
from shared.inbox import notices
from shared.policies.model import Policy
from shared.web import current
from shared.web.access import allow, signed_in

LINES_ON_A_PAGE = 30

blueprint = Blueprint("rounds", __name__)


@blueprint.get("/")
@allow(Role.VISITOR, Role.CADRE)
def todays_round() -> str:
    """Today's round (今日探访): where to go first, and what has been done."""
    with current.begin() as work:
        found = rounds.todays_round(work, desk())
        unread = notices.count_unread(work.session, work.principal, work.now)
    return render_template(
        "round.html",
        round=found,
        unread=unread,
        words=words_of(policy_now()),
        flags=messages.FLAGS,
    )


@blueprint.get("/elders/<uuid:enrolment_id>/book")
@allow(*READING)
def visit_book(enrolment_id: UUID) -> str:
    """The visit book of one elder (探访台账)."""
    after = request.args.get("after", "")
    with current.begin() as work:
        found = book.visit_book(
            enrolment_id,
            work,
            desk(),
            before=position_of(after) if after else None,
            limit=LINES_ON_A_PAGE,
        )
    return render_template(
        "book.html",
        book=found,
        may_record=current.principal().plays(*VISITING),
        printed=printing.sheet_of(found.policy),
        purposes=[(each.value, found.policy.label("export_purposes", each)) for each in ExportPurpose],
        older=cursor_of(found) if found.has_more else "",
        words=words_of(found.policy),
        consents=messages.CONSENTS,
        gaps=messages.GAPS,
        lateness=messages.LATENESS,
    )


@blueprint.get("/notices")
@signed_in
def my_notices() -> str:
    """One's own notices (通知), those to be acknowledged first."""
    with current.begin() as work:
        found = notices.read_notices(work.session, work.principal, now=work.now, policy=policy_now())
        notices.mark_read(work)
    return render_template("notices.html", notices=found)


@blueprint.post("/notices/acknowledgement")
@signed_in
def acknowledge_all() -> ResponseReturnValue:
    """Acknowledge every notice that is due."""
    with current.begin() as work:
        notices.acknowledge(work)
    return redirect(url_for("rounds.my_notices"), HTTPStatus.SEE_OTHER)


@blueprint.post("/notices/<uuid:notice_id>/acknowledgement")
@signed_in
def acknowledge(notice_id: UUID) -> ResponseReturnValue:
    """Acknowledge one notice (确认)."""
    with current.begin() as work:
        notices.acknowledge(work, notice_id)
    return redirect(url_for("rounds.my_notices"), HTTPStatus.SEE_OTHER)


def policy_now() -> Policy:
    """The policy in force today where the person works."""
    return desk().policy_at(current.principal().jurisdiction_id, current.now())


def words_of(policy: Policy) -> Words:
    """The words of a policy, as of now."""
    return Words(policy=policy, now=current.now())
