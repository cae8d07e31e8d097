"""Coordination's pages: the board, the names behind a figure, one elder's story, the policy in force."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from services.coordination import handlers, messages, parts, publishing
from services.coordination.board import read_board
from services.coordination.commands import AddVisit, Phoned, Settle, StartDrill
from services.coordination.figures import FigureQuery
from services.coordination.naming import all_concerned, figure_names, named
from services.coordination.operating import ProcessQuery, read_delivery, read_traces
from services.coordination.policy_page.view import sections_of
from services.coordination.repository import reading
from services.coordination.schemas import AddVisitFormSchema, NamesQuerySchema, ProcessQuerySchema
from services.coordination.story import read_story
from shared.contracts import places
from shared.contracts.access import Role
from shared.contracts.names import visit_cycle_id
from shared.domain.errors import Invalid
from shared.inbox.queries import visible_referrals
from shared.web import current
from shared.web.access import allow, signed_in
from shared.web.errors import words_for
from shared.web.etag import fragment
from shared.web.forms import read_form
from shared.web.problems import problem_of
from shared.web.processes import process_link

blueprint = Blueprint("coordination", __name__)

ACTING = (Role.COORDINATOR, Role.DUTY_OFFICER, Role.UNIT_LEAD)
"""Who is offered verbs; whoever may only look is offered no link that ends in a refusal."""

WATCHERS = (Role.COORDINATOR, Role.DUTY_OFFICER, Role.AUDITOR, Role.UNIT_LEAD, Role.OPERATOR)
"""Who may look; names are masked, and an operator needs a way to an elder's process."""
READERS = (*WATCHERS, Role.CADRE, Role.VISITOR, Role.CLERK)

_WORDS = {"words": messages, "second": timedelta(seconds=1), "acting": ACTING}
"""What every table of figures says, and to whom it offers verbs."""


@blueprint.get("/")
@allow(*WATCHERS)
def board() -> str:
    """今天要处理 first, then everybody, worst first; at its foot the drills that run."""
    with current.begin() as work:
        drills = reading.open_drills(work.session)
    return render_template("board.html", drills=drills, **_board_parts())


@blueprint.get("/part")
@allow(*WATCHERS)
def board_part() -> ResponseReturnValue:
    """The part that is fetched again every 30 seconds; it costs nothing unless it changed."""
    return fragment(render_template("board_part.html", **_board_parts()))


@blueprint.get("/names")
@allow(*WATCHERS)
def names() -> str:
    """The elders behind one figure of the board."""
    asked: FigureQuery = NamesQuerySchema().load(request.args.to_dict())
    policy = parts.policy()
    with current.begin() as work:
        found = read_board(work, policy)
        lines = named(work, found, figure_names(found, asked), cards=parts.desk().cards)
    return render_template("names.html", lines=lines, asked=asked, policy=policy, **_WORDS)


@blueprint.get("/elders/<uuid:enrolment_id>")
@allow(*READERS)
def elder(enrolment_id: UUID) -> str:
    """One elder: what was done, what happens next and why."""
    return _elder_page(enrolment_id)


@blueprint.post("/elders/<uuid:enrolment_id>/check")
@allow(*READERS)
def check(enrolment_id: UUID) -> str:
    """核对: ask the process itself what it will do next, and say whether the page says the same."""
    explained = parts.explain(enrolment_id)
    return _elder_page(enrolment_id, checked=explained)


@blueprint.post("/elders/<uuid:enrolment_id>/extra-visits")
@allow(Role.COORDINATOR, Role.UNIT_LEAD)
def add_visit(enrolment_id: UUID) -> ResponseReturnValue:
    """加访."""
    form = read_form(AddVisitFormSchema())
    if not form.ok:
        return _elder_page(enrolment_id, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    command = AddVisit(enrolment_id=enrolment_id, **form.loaded)
    try:
        with current.begin() as work:
            handlers.add_visit(command, work, parts.policy())
    except Invalid as error:
        words = words_for(problem_of(error))
        refused = replace(form, problem=words, errors={"due_on": [words.detail]})
        return _elder_page(enrolment_id, form=refused), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back(places.elder(enrolment_id), done="extra")


@blueprint.get("/processes")
@allow(Role.OPERATOR)
def processes() -> str:
    """办理进程（运维）: each referral and each drill with its clocks and its workflow, and nobody's name."""
    query: ProcessQuery = ProcessQuerySchema().load(request.args.to_dict())
    with current.begin() as work:
        page = read_traces(work.session, query, policy=parts.policy())
        delivery = read_delivery(work.session)
    return render_template("processes.html", page=page, query=query, delivery=delivery)


@blueprint.post("/drills")
@allow(Role.COORDINATOR, Role.DUTY_OFFICER)
def start_drill() -> ResponseReturnValue:
    """发起演练: one-minute clocks, left out of every figure."""
    command = StartDrill(drill_id=uuid4())
    with current.begin() as work:
        drill_id = handlers.start_drill(command, work, parts.policy(), parts.desk())
    return redirect(places.referral("coordination", drill_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/staff/<uuid:account_id>/phoned")
@allow(*ACTING)
def phoned(account_id: UUID) -> ResponseReturnValue:
    """Somebody was told by telephone."""
    with current.begin() as work:
        handlers.phoned(Phoned(account_id=account_id), work)
    return redirect(url_for("coordination.board"), HTTPStatus.SEE_OTHER)


@blueprint.post("/refusals/<uuid:effect_id>/settled")
@allow(*ACTING)
def settled(effect_id: UUID) -> ResponseReturnValue:
    """Somebody has done by hand what could not be registered by itself."""
    with current.begin() as work:
        handlers.settle(Settle(effect_id=effect_id), work)
    return redirect(url_for("coordination.board"), HTTPStatus.SEE_OTHER)


@blueprint.get("/policy")
@signed_in
def policy() -> str:
    """The policy in force, or an earlier one: each number with its clause and its standing."""
    in_force, asked = parts.policy(), request.args.get("version", "")
    with current.begin() as work:
        found = publishing.version(parts.desk().book, in_force, asked, work)
        kept = publishing.versions(in_force.id, work)
    return render_template(
        "policy.html", policy=found, sections=sections_of(found), in_force=in_force, versions=kept
    )


def _board_parts() -> dict[str, object]:
    policy = parts.policy()
    with current.begin() as work:
        found = read_board(work, policy)
        lines = named(work, found, all_concerned(found), cards=parts.desk().cards)
        people = parts.names_of(work, found)
        searches = [line.referral_id for line in found.not_seen]
        searches += [line.referral_id for line in found.chases]
        opens = visible_referrals(work.session, searches)
    return {
        "board": found,
        "opens": opens,
        "lines": {line.enrolment_id: line for line in lines},
        "names": people,
        "policy": policy,
        **_WORDS,
    }


def _elder_page(enrolment_id: UUID, **extra: object) -> str:
    policy, desk = parts.policy(), parts.desk()
    person = current.principal()
    with current.begin() as work:
        story = read_story(work, enrolment_id, policy=policy, cards=desk.cards)
    return render_template(
        "elder.html",
        story=story,
        policy=policy,
        words=messages,
        reads_name=person.plays(Role.COORDINATOR, Role.CADRE, Role.VISITOR, Role.CLERK, Role.DUTY_OFFICER),
        workflow=process_link(visit_cycle_id(enrolment_id)),
        extra_id=uuid4(),
        acting=ACTING,
        watching=WATCHERS,
        done=request.args.get("done", ""),
        **extra,
    )


def _back(address: str, *, done: str) -> Response:
    return redirect(f"{address}?done={done}", HTTPStatus.SEE_OTHER)
