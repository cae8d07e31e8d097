"""The office's pages: what is open, one record, and a form for each step."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from operator import attrgetter
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.justice import messages
from services.justice.commands import Acting, NamePerson, OpenRecord, TakeStep
from services.justice.explain import in_words
from services.justice.handlers.closing import close_referral
from services.justice.handlers.listing import SHOWN, Item, ended_items, open_items
from services.justice.handlers.naming import name_person
from services.justice.handlers.opening import open_record
from services.justice.handlers.reading import read_record
from services.justice.handlers.starting import start_of
from services.justice.handlers.stepping import take_step
from services.justice.repository.records import Colleague
from services.justice.schemas import NOT_TAKEN, OpenFormSchema, PersonFormSchema, StepFormSchema
from services.justice.step_forms import detail_words, matters_of, step_forms
from shared.domain.errors import NotFound
from shared.domain.justice.codes import RecordKind, Step
from shared.domain.periods import local_day
from shared.inbox import mounted
from shared.inbox.acting import WORKERS
from shared.inbox.ending import kept_without_end
from shared.inbox.words import Words
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.paging import day_and_id, instant_and_id, page_of
from shared.web.problems import Problem

_TOLD: Mapping[Step | None, str] = {Step.VIOLENCE_SEEN: "reported", Step.REFUSAL_TAKEN_BACK: "taken_back"}
"""What the page says after a step that is more than a line of the journal."""

blueprint = Blueprint("records", __name__, url_prefix="/records")


@blueprint.get("")
@allow(*WORKERS)
def listing() -> str:
    """What the person's units have open, or what they ended last (`?ended=1`)."""
    desk, reader = mounted.desk(), mounted.reader()
    shows_ended, after = request.args.get("ended") == "1", request.args.get("after")
    list_items = (
        partial(ended_items, after=instant_and_id(after))
        if shows_ended
        else partial(open_items, after=day_and_id(after))
    )
    with desk.database.begin(reader.person, reader.now) as work:
        items = list_items(work.session, desk, reader)
    return render_template(
        "records.html",
        page=page_of(items, limit=SHOWN, keys=_ended if shows_ended else attrgetter("key")),
        shows_ended=shows_ended,
        today=local_day(reader.now, reader.policy.jurisdiction.zone),
        messages=messages,
        words=Words(policy=reader.policy),
    )


@blueprint.get("/new")
@allow(*WORKERS)
def new() -> str:
    """The form with which a record is begun, from its referral (`?referral=`, `?kind=`)."""
    return _start_page()


@blueprint.post("/new")
@allow(*WORKERS)
def create() -> ResponseReturnValue:
    """Begin the record."""
    form = read_form(OpenFormSchema())
    if not form.ok:
        return _start_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    desk, acting = mounted.desk(), _acting()
    referral_id, kind = _asked_for()
    command = OpenRecord(referral_id=referral_id, kind=kind, **form.loaded)
    try:
        with in_words(desk, acting):
            record_id = open_record(desk, acting, command)
    except Problem as problem:
        return _start_page(replace(form, problem=words_for(problem))), problem.treatment.status
    return redirect(url_for("records.one", record_id=record_id, done="opened"), HTTPStatus.SEE_OTHER)


@blueprint.get("/<uuid:record_id>")
@allow(*WORKERS)
def one(record_id: UUID) -> str:
    """One record: its limits, its journal, and what may be done now."""
    return _record_page(record_id)


@blueprint.post("/<uuid:record_id>/<string:step>")
@allow(*WORKERS)
def step(record_id: UUID, step: str) -> ResponseReturnValue:
    """Take a step; one that ends the work states the outcome to the side that asked."""
    taken = _step_named(step)
    form = read_form(StepFormSchema())
    if not form.ok:
        return _record_page(record_id, form, taken), HTTPStatus.UNPROCESSABLE_ENTITY
    desk, acting = mounted.desk(), _acting()
    try:
        with in_words(desk, acting):
            take_step(desk, acting, TakeStep(record_id=record_id, step=taken, **form.loaded))
    except Problem as problem:
        refused = replace(form, problem=words_for(problem))
        return _record_page(record_id, refused, taken), problem.treatment.status
    return _close(desk_acting=acting, record_id=record_id, after=taken)


@blueprint.post("/<uuid:record_id>/person")
@allow(*WORKERS)
def person(record_id: UUID) -> ResponseReturnValue:
    """Let somebody else of the unit be the named person."""
    form = read_form(PersonFormSchema())
    if not form.ok:
        return _record_page(record_id, form, Step.PERSON_NAMED), HTTPStatus.UNPROCESSABLE_ENTITY
    desk, acting = mounted.desk(), _acting()
    try:
        with in_words(desk, acting):
            name_person(desk, acting, NamePerson(record_id=record_id, **form.loaded))
    except Problem as problem:
        refused = replace(form, problem=words_for(problem))
        return _record_page(record_id, refused, Step.PERSON_NAMED), problem.treatment.status
    return redirect(url_for("records.one", record_id=record_id, done="named"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:record_id>/answer")
@allow(*WORKERS)
def answer(record_id: UUID) -> ResponseReturnValue:
    """State an outcome that is on record and has not reached the asking side."""
    return _close(desk_acting=_acting(), record_id=record_id, after=None)


@blueprint.post("/<uuid:record_id>/pack")
@allow(*WORKERS)
def pack(record_id: UUID) -> ResponseReturnValue:
    """The evidence pack (证据材料) on one printable page; each export leaves a line with its purpose."""
    form = read_form(StepFormSchema())
    if not form.ok:
        return _record_page(record_id, form, Step.PACK_EXPORTED), HTTPStatus.UNPROCESSABLE_ENTITY
    desk, acting, reader = mounted.desk(), _acting(), mounted.reader()
    exported = TakeStep(record_id=record_id, step=Step.PACK_EXPORTED, **form.loaded)
    try:
        with in_words(desk, acting):
            take_step(desk, acting, exported)
    except Problem as problem:
        refused = replace(form, problem=words_for(problem))
        return _record_page(record_id, refused, Step.PACK_EXPORTED), problem.treatment.status
    with desk.database.begin(reader.person, reader.now) as work:
        page = read_record(work.session, desk, record_id, reader)
    return render_template(
        "pack.html",
        page=page,
        reason=form.loaded["text"],
        messages=messages,
        detail_of=partial(detail_words, policy=reader.policy),
    )


def _close(*, desk_acting: Acting, record_id: UUID, after: Step | None) -> ResponseReturnValue:
    """The record is kept already: a refusal is said on its page, with what is possible now."""
    desk = mounted.desk()
    try:
        with in_words(desk, desk_acting):
            closed = close_referral(desk, desk_acting, record_id, after=after)
    except Problem as problem:
        kept = Form(problem=kept_without_end(words_for(problem)))
        page = _record_page(record_id, kept, after, _TOLD.get(after, ""))
        return page, problem.treatment.status
    done = _TOLD.get(after, "closed" if closed else "taken")
    return redirect(url_for("records.one", record_id=record_id, done=done), HTTPStatus.SEE_OTHER)


def _start_page(form: Form | None = None) -> str:
    desk, reader = mounted.desk(), mounted.reader()
    referral_id, kind = _asked_for()
    acting = Acting(person=reader.person, at=reader.now, key="")
    with in_words(desk, acting), desk.database.begin(reader.person, reader.now) as work:
        start = start_of(work, desk, referral_id, kind, reader)
    return render_template(
        "record_new.html",
        start=start,
        form=form,
        kind=kind,
        matters=matters_of(reader.policy),
        colleagues=_pairs(start.colleagues),
        messages=messages,
        words=Words(policy=reader.policy),
        key=mounted.form_key(),
    )


def _record_page(record_id: UUID, form: Form | None = None, tried: Step | None = None, done: str = "") -> str:
    desk, reader = mounted.desk(), mounted.reader()
    with desk.database.begin(reader.person, reader.now) as work:
        page = read_record(work.session, desk, record_id, reader)
    return render_template(
        "record.html",
        page=page,
        form=form,
        tried=tried,
        forms_of=step_forms(page, reader.policy),
        family_choices=[(one.standing.member_id, one.name) for one in page.members],
        colleagues=_pairs(page.colleagues),
        names_of={line.event.member_id: line.words.name for line in page.lines if line.words.name},
        messages=messages,
        words=Words(policy=reader.policy),
        new_key=_new_key,
        detail_of=partial(detail_words, policy=reader.policy),
        done=messages.DONE_WORDS.get(done or request.args.get("done", ""), ""),
    )


def _ended(item: Item) -> tuple[str, str]:
    return f"{item.record.ended_at}", str(item.record.record_id)


def _pairs(colleagues: Iterable[Colleague]) -> list[tuple[UUID, str]]:
    return [(one.account_id, one.name) for one in colleagues]


def _asked_for() -> tuple[UUID, RecordKind]:
    """Raises NotFound for an address without a referral and a kind of record."""
    try:
        return UUID(request.args.get("referral", "")), RecordKind(request.args.get("kind", ""))
    except ValueError:
        raise NotFound("referral_not_found") from None


def _step_named(code: str) -> Step:
    if code not in set(Step) - NOT_TAKEN:
        raise NotFound("record_not_found")
    return Step(code)


def _acting() -> Acting:
    return Acting(person=mounted.person(), at=current.now(), key=mounted.form_key())


def _new_key() -> str:
    return uuid4().hex
