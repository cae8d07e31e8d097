"""The inbox's pages: lists that keep themselves up to date, one referral, and a form for each move."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.contracts import names
from shared.contracts.access import Principal
from shared.domain.errors import NotFound
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move, Status
from shared.inbox import messages, mounted
from shared.inbox.acting import READERS, ROLES, WORKERS
from shared.inbox.bulk import BULK_MOVES
from shared.inbox.bulk_pages import key_of_form
from shared.inbox.codes import View
from shared.inbox.figures import MOST_COUNTED, read_figures
from shared.inbox.filing.drafts import Draft
from shared.inbox.filing.filed import read_filed
from shared.inbox.handlers import ON_ITS_WAY
from shared.inbox.handling.messages import MORE_TIME
from shared.inbox.items import items_of
from shared.inbox.making import make_move
from shared.inbox.move_schemas import BODIES
from shared.inbox.queries import read_list
from shared.inbox.reading import ReferralPage, people_to_give_to, read_referral, units_to_appoint
from shared.inbox.records import links_of, stateable_of
from shared.inbox.schemas import ListQuerySchema
from shared.inbox.words import Words, pairs_of
from shared.persistence.engine import PLAN_ONCE
from shared.policies.handling import grounds_of
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.etag import fragment
from shared.web.forms import Form, read_form
from shared.web.problems import Problem
from shared.web.processes import process_link

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox", template_folder="templates")
PAGE_LENGTH = 30
LIST_QUERY = ListQuerySchema()


@blueprint.get("")
@allow(*READERS)
def listing() -> str:
    """A list of the inbox."""
    return render_template("inbox/list.html", **list_parts())


@blueprint.get("/list")
@allow(*READERS)
def list_part() -> ResponseReturnValue:
    """The part of the list that is fetched again every 20 seconds; it costs nothing unless it changed."""
    return fragment(render_template("inbox/list_part.html", **list_parts()))


@blueprint.get("/<uuid:referral_id>")
@allow(*READERS)
def one(referral_id: UUID) -> str:
    """One referral with everything that may be done to it now; just offered, it may still be on its way."""
    try:
        return render_one(referral_id)
    except NotFound as error:
        if error.code != ON_ITS_WAY:
            raise
    return render_template("inbox/starting.html")


def list_parts() -> dict[str, object]:
    """What the page of a list shows."""
    desk, reader = mounted.desk(), mounted.reader()
    query = LIST_QUERY.load({"limit": PAGE_LENGTH, "view": _first_view(reader.person), **_filters()})
    with desk.database.begin(reader.person, reader.now, first=[PLAN_ONCE]) as work:
        found = read_list(work.session, query, reader, desk)
        figures = read_figures(work.session, reader)
    words, items = Words(policy=reader.policy), items_of(found, reader)
    return {
        "query": query,
        "person": reader.person,
        "items": items,
        "bulk_moves": [move for move in BULK_MOVES if any(move in item.moves for item in items)],
        "bulk_key": key_of_form(items),
        "asking": found.asking,
        "reasons": {Move.WITHDRAW: pairs_of(messages.WITHDRAW_WORDS)},
        "words": words,
        "statuses": tuple(Status),
        "next": found.page.next,
        "counts": figures.counts,
        "most_counted": MOST_COUNTED,
        "kinds": [(kind, words.kind(kind)) for kind in figures.kinds],
        "unread": figures.unread,
        "ledger": desk.elsewhere(reader) if reader.person.plays(*WORKERS) else None,
        "views": messages.VIEW_WORDS,
        "done": messages.DONE_WORDS.get(request.args.get("done", ""), ""),
    }


def _first_view(person: Principal) -> View:
    """Who works on nothing here (探访人员、录入员) comes to see what became of what was sent."""
    return View.POOL if person.plays(*WORKERS) else View.SENT


def _filters() -> dict[str, str]:
    """The filters of the address; an empty one is none, and `done` only greets."""
    return {name: value for name, value in request.args.items() if value and name != "done"}


def render_one(referral_id: UUID, form: Form | None = None, tried: str = "") -> str:
    """The page of one referral; with the form that was `tried` and refused, and what was typed into it."""
    desk, reader = mounted.desk(), mounted.reader()
    with desk.database.begin(reader.person, reader.now) as work:
        page = read_referral(work.session, desk, referral_id, reader)
        units = units_to_appoint(work.session, page, reader)
        people = people_to_give_to(work.session, page, local_day(reader.now, reader.policy.jurisdiction.zone))
        records = links_of(desk.records, work, page.row, reader)
        outcomes = stateable_of(desk.records, work, page.row, page.outcomes, reader)
        filed = read_filed(work.session, page, reader, desk)
    return render_template(
        "inbox/one.html",
        page=page,
        units=units,
        people=people,
        more_time=_more_time(page),
        records=records,
        reasons=_reasons(page, outcomes),
        left_to_records=outcomes != page.outcomes,
        levels=[(code, page.words.level(code)) for code in page.levels],
        form=form,
        tried=tried,
        filed=filed,
        draft_form=draft_form(filed.draft),
        new_key=_new_key,
        consent_words=messages.CONSENT_WORDS,
        limit_units=messages.LIMIT_UNITS,
        workflow=process_link(names.referral_id(referral_id)),
        done=messages.DONE_WORDS.get(request.args.get("done", ""), ""),
    )


def refused(
    referral_id: UUID, form: Form, tried: str, status: HTTPStatus, problem: Problem | None = None
) -> ResponseReturnValue:
    """The page again, as it stands now, with the reason on top and nothing typed lost."""
    try:
        return render_one(referral_id, form, tried), status
    except NotFound:
        if problem is None:
            raise
        raise problem from None


def draft_form(draft: Draft | None) -> Form | None:
    """A draft as the form of an outcome finds it."""
    if draft is None:
        return None
    return Form(typed={"outcome": draft.outcome, "level": draft.level, "text": draft.text})


def _reasons(page: ReferralPage, outcomes: tuple[str, ...]) -> dict[Move, list[tuple[str, str]]]:
    """The choices of each move that asks for one."""
    label = page.words.policy.label
    return {
        Move.DECLINE: [(code, label("decline_reasons", code)) for code in page.kind.decline_reasons],
        Move.CONFIRM: [(code, label("feedbacks", code)) for code in page.kind.feedback],
        Move.COMPLETE: [(code, label("outcomes", code)) for code in outcomes],
        Move.PAUSE: [
            (code, label("pauses", code))
            for code in grounds_of(page.words.policy.handling, page.kind.handling)
        ],
        Move.NAME_CAUSE: [
            (code, label("breach_causes", code)) for code in page.words.policy.timing.breach_causes
        ],
        Move.SEND_BACK: pairs_of(messages.SEND_BACK_WORDS),
        Move.WITHDRAW: pairs_of(messages.WITHDRAW_WORDS),
    }


def _more_time(page: ReferralPage) -> str:
    """How much more time may be asked for, in words; empty where the kind knows none."""
    policy = page.words.policy
    handling = next(each for each in policy.handling.handlings if each.code == page.kind.handling)
    if handling.extension is None:
        return ""
    unit = messages.LIMIT_UNITS[handling.extension.unit]
    return MORE_TIME.format(amount=handling.extension.amount, unit=unit)


def _new_key() -> str:
    """The key under which a form acts once, however often it is sent."""
    return uuid4().hex


def _view_of(move: Move) -> Callable[[UUID], ResponseReturnValue]:
    def view(referral_id: UUID) -> ResponseReturnValue:
        form = read_form(BODIES[move]())
        if not form.ok:
            return render_one(referral_id, form, move), HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            make_move(move, referral_id, form.loaded, key=mounted.form_key())
        except Problem as problem:
            told = replace(form, problem=words_for(problem))
            return refused(referral_id, told, move, problem.treatment.status, problem)
        return redirect(_where_next(move, referral_id), HTTPStatus.SEE_OTHER)

    view.__name__ = move.value
    view.__doc__ = f"Make the move `{move}` by its form."
    return view


def _where_next(move: Move, referral_id: UUID) -> str:
    """A referral that was declined may be another unit's by now: back to the list."""
    if move is Move.DECLINE:
        return url_for("inbox.listing", done=move.value)
    return url_for("inbox.one", referral_id=referral_id, done=move.value)


for _move in BODIES:
    _path = f"/<uuid:referral_id>/{_move.replace('_', '-')}"
    blueprint.post(_path)(allow(*ROLES[_move])(_view_of(_move)))
