"""Pages for population changes (人口变动): a list as a file, looked at row by row; one change by hand."""

import hashlib
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.public_security.acting import STAFF, asked, close, policy, shared_parts, submit, to
from services.public_security.feed_words.messages import (
    FIELD_OF,
    HEADINGS,
    KINDS,
    VERDICTS,
    fault_in_words,
)
from services.public_security.handlers import changes, feeds
from services.public_security.handlers.changes import Reported
from services.public_security.handlers.feeds import UploadFeed
from services.public_security.handlers.listing import newest_of
from services.public_security.messages import CHANGE_STATES
from services.public_security.repository.records import Change
from services.public_security.schemas import ChangeFormSchema
from shared.domain.errors import Invalid, RuleBroken
from shared.domain.news_feed import ChangeReading, FeedColumn, FeedFault, FeedWords, read_change
from shared.domain.periods import local_day
from shared.domain.population import PopulationChange
from shared.inbox.ending import Ending
from shared.platform.workbooks import read_csv, read_sheet
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.paging import instant_and_id, page_of
from shared.web.problems import problem_of

ZIPPED = b"PK"
"""How a workbook begins; anything else is read as CSV."""

WORDS = FeedWords(headings=HEADINGS, kinds=KINDS)
CLOSES = {PopulationChange.DIED: "died", PopulationChange.MOVED_AWAY: "moved_away"}
"""The outcome that a change is to the referral 人口信息核实; any other leaves the elder living here."""

STILL_HERE = "still_lives_here"
blueprint = Blueprint("police_changes", __name__, url_prefix="/changes")


@blueprint.get("")
@allow(*STAFF)
def overview() -> str:
    """The upload form, the lists of before, and where each change stands."""
    return _overview(None)


@blueprint.post("")
@allow(*STAFF)
def upload() -> ResponseReturnValue:
    """Read the file and show what was found."""
    try:
        feed_id = asked(lambda work, desk: feeds.upload_feed(_uploaded(), work, desk))
    except RuleBroken as error:
        problem = problem_of(error)
        return _overview(Form(problem=words_for(problem))), problem.treatment.status
    return to("police_changes.feed", "", feed_id=feed_id)


@blueprint.get("/feeds/<uuid:feed_id>")
@allow(*STAFF)
def feed(feed_id: UUID) -> str:
    """Each row with what was found and what to do, and after sending where it stands."""
    page = asked(lambda work, desk: feeds.feed_page(feed_id, work, desk))
    return render_template(
        "police_feed.html",
        **shared_parts(None, request.args.get("done", "")),
        page=page,
        verdicts=VERDICTS,
        states=CHANGE_STATES,
        fault_in_words=fault_in_words,
    )


@blueprint.post("/feeds/<uuid:feed_id>/send")
@allow(*STAFF)
def send(feed_id: UUID) -> ResponseReturnValue:
    """Tell the register of every row whose person it has."""
    asked(lambda work, desk: feeds.send_feed(feed_id, work, desk))
    return to("police_changes.feed", "sent", feed_id=feed_id)


@blueprint.get("/new")
@allow(*STAFF)
def new() -> str:
    """The form of one change; from a referral it knows whom it is about."""
    return _form(Form(typed={"referral_id": request.args.get("referral_id", "")}))


@blueprint.post("/new")
@allow(*STAFF)
def create() -> ResponseReturnValue:
    """Tell the register of one change; from a referral, that ends with it."""
    form = read_form(ChangeFormSchema())
    if not form.ok:
        return _form(form), HTTPStatus.UNPROCESSABLE_ENTITY
    referral_id: UUID | None = form.loaded["referral_id"]
    reading = reading_of(form.loaded, is_known=referral_id is not None)
    if reading.faults:
        return _form(Form(typed=form.typed, errors=_errors(reading))), HTTPStatus.UNPROCESSABLE_ENTITY
    return submit(
        ChangeFormSchema(),
        lambda _, work, desk: changes.report_change(reading, work, desk, referral_id=referral_id),
        show=_form,
        done=lambda told: _told(told, reading, referral_id),
    )


@blueprint.get("/<uuid:change_id>")
@allow(*STAFF)
def one(change_id: UUID) -> str:
    """One change and where it stands."""
    return _page(change_id, None)


def reading_of(data: dict[str, Any], *, is_known: bool = False) -> ChangeReading:
    """A change as a form or a program says it, read by the rules that read a list.

    A list has an address in each row; here somebody has written it, and it is not dropped unseen.
    """
    cells = {column: data[column.value] for column in FeedColumn}
    today = local_day(current.now(), policy().jurisdiction.zone)
    reading = read_change(cells, WORDS, today, is_known=is_known)
    if data["address"] and reading.kind and not reading.address:
        return replace(reading, faults=(*reading.faults, FeedFault.NO_MOVE.value))
    return reading


def _told(told: Reported, reading: ChangeReading, referral_id: UUID | None) -> ResponseReturnValue:
    change_id = told.change_id
    if change_id is None:
        return to("police_changes.overview", "not_in_register")
    if told.is_voided:
        return to("police_changes.one", "told_and_voided", change_id=change_id)
    if referral_id is None or reading.kind is None:
        return to("police_changes.one", "told", change_id=change_id)
    ending = Ending(
        referral_id=referral_id,
        outcome=CLOSES.get(reading.kind, STILL_HERE),
        text=reading.note,
        record=f"change/{change_id}",
    )
    then = to("police_changes.one", "told_and_closed", change_id=change_id)
    return close(ending, show=lambda form: _page(change_id, form), then=then)


def _page(change_id: UUID, form: Form | None) -> str:
    found = asked(lambda work, desk: changes.change_page(change_id, work, desk))
    return render_template(
        "police_change.html",
        **shared_parts(form, request.args.get("done", "")),
        line=found.line,
        words=found.opened.words,
        whom=found.opened.whom,
        voided=found.opened.voided,
        states=CHANGE_STATES,
    )


def _overview(form: Form | None) -> str:
    after = instant_and_id(request.args.get("after"))
    lines, told = asked(
        lambda work, desk: (feeds.list_feeds(work, after=after), newest_of(Change, work, desk))
    )
    page = page_of(
        lines,
        limit=feeds.MOST_FEEDS,
        keys=lambda line: (line.feed.uploaded_at.isoformat(), str(line.feed.feed_id)),
    )
    return render_template(
        "police_changes.html",
        **shared_parts(form, request.args.get("done", "")),
        feeds=page,
        is_later=after is not None,
        told=told.items,
        whom=told.whom,
        states=told.states,
        verdicts=VERDICTS,
        change_states=CHANGE_STATES,
    )


def _form(form: Form) -> str:
    return render_template("police_change_new.html", **shared_parts(form, ""), kinds=list(PopulationChange))


def _errors(reading: ChangeReading) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for fault in reading.faults:
        errors.setdefault(FIELD_OF[fault.partition(":")[0]], []).append(fault_in_words(fault))
    return errors


def _uploaded() -> UploadFeed:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("not_a_workbook")
    content = sent.read()
    read = read_sheet if content.startswith(ZIPPED) else read_csv
    return UploadFeed(
        file_name=sent.filename,
        file_hash=hashlib.sha256(content).digest(),
        sheet=read(content),
        words=WORDS,
    )
