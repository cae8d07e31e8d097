"""Identity's pages: sign-in, the way to work, one's own account."""

from datetime import date, timedelta
from http import HTTPStatus
from itertools import groupby
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.identity import devices, labels, refusals
from services.identity.handlers import directory
from services.identity.handlers import sign_in as handlers
from services.identity.handlers.passwords import DEMONSTRATION_PASSWORD
from services.identity.handlers.sign_in import SIGN_IN_LIVES, SignInRefused, SignInTry
from services.identity.messages import FIELD_LABELS, NOTICES
from services.identity.repository.sign_ins import DemonstrationAccount
from services.identity.schemas import ChangePasswordFormSchema, SignInFormSchema
from shared.contracts import places
from shared.contracts.access import Role
from shared.domain.errors import RuleBroken
from shared.domain.zones import to_wall
from shared.web import current, signin
from shared.web.access import public, signed_in
from shared.web.errors import waiting, words_for
from shared.web.forms import Form, read_form
from shared.web.layout import LARGE_TYPE_COOKIE
from shared.web.navigation import links_for
from shared.web.problems import problem_of

_LARGE_TYPE_LIVES = timedelta(days=365)

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@signed_in
def home() -> str:
    """Where this person goes next."""
    with current.begin() as work:
        units = [unit for unit in directory.units(work) if unit.code in work.principal.units]
    return render_template("home.html", roles=_my_roles(), units=units, today=_today())


@blueprint.get("/work")
@signed_in
def work() -> ResponseReturnValue:
    """To what this person does first: a visitor's round, a coordinator's board, an officer's inbox."""
    links = links_for(current.principal(), inboxes=current.inboxes())
    return redirect(links[0].href if links else places.home(), HTTPStatus.SEE_OTHER)


@blueprint.get("/sign-in")
@public
def sign_in_page() -> ResponseReturnValue:
    """The sign-in page; who is signed in already goes on to work."""
    if current.principal_or_none():
        return redirect(places.home(), HTTPStatus.SEE_OTHER)
    return _sign_in_page(next_path=request.args.get("next", ""))


@blueprint.post("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Try to sign in."""
    form = read_form(SignInFormSchema())
    if not form.ok:
        return _sign_in_page(form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    kit, now = current.kit(), current.now()
    outcome = handlers.sign_in(_try_of(form), kit.database, now=now, demonstration=kit.settings.demonstration)
    if isinstance(outcome, SignInRefused):
        return _refused(outcome, form)
    response = redirect(_onwards(form.loaded["next"]), HTTPStatus.SEE_OTHER)
    signin.keep_signed_in(response, outcome.token, lives=SIGN_IN_LIVES)
    return response


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Close this sign-in."""
    with current.begin() as work:
        handlers.sign_out(signin.hash_of_request(), work)
    response = redirect(places.sign_in(), HTTPStatus.SEE_OTHER)
    signin.forget(response)
    return response


@blueprint.post("/large-type")
@public
def large_type() -> ResponseReturnValue:
    """Switch large type (大字版) on or off for this browser."""
    response = redirect(_safe_path(request.form.get("next", "")), HTTPStatus.SEE_OTHER)
    chosen = "1" if request.form.get("on") == "1" else "0"
    response.set_cookie(LARGE_TYPE_COOKIE, chosen, max_age=_LARGE_TYPE_LIVES, samesite="Lax")
    return response


@blueprint.get("/me")
@signed_in
def me() -> str:
    """One's own account: where one is signed in, and the password."""
    return _my_page(notice=request.args.get("done", ""))


@blueprint.post("/me/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password."""
    form = read_form(ChangePasswordFormSchema())
    if not form.ok:
        return _my_page(form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        problem = refusals.on_change(form.loaded)
    except RuleBroken as error:
        problem = problem_of(error)
    if problem:
        return _my_page(form=Form(problem=words_for(problem))), problem.treatment.status, waiting(problem)
    return redirect(url_for("pages.me", done="password_changed"), HTTPStatus.SEE_OTHER)


@blueprint.post("/me/sign-ins/<uuid:sign_in_id>/revoke")
@signed_in
def revoke(sign_in_id: UUID) -> ResponseReturnValue:
    """Close one's own sign-in on another device."""
    with current.begin() as work:
        handlers.revoke_my_sign_in(sign_in_id, work)
    return redirect(url_for("pages.me", done="sign_in_revoked"), HTTPStatus.SEE_OTHER)


def _try_of(form: Form) -> SignInTry:
    return SignInTry(
        login=form.loaded["login"],
        password=form.loaded["password"],
        ip=devices.address(),
        ip_prefix=devices.address_prefix(),
        user_agent_family=devices.family(),
    )


def _refused(outcome: SignInRefused, form: Form) -> ResponseReturnValue:
    problem = refusals.problem_for(outcome)
    page = _sign_in_page(form=Form(typed=form.typed, problem=words_for(problem)))
    return page, problem.treatment.status, waiting(problem)


def _sign_in_page(*, form: Form | None = None, next_path: str = "") -> str:
    return render_template(
        "sign_in.html",
        form=form,
        next=form.typed.get("next", "") if form else next_path,
        unsaved="unsaved" in request.args,
        offered=_offered() if current.kit().settings.demonstration else [],
        demonstration_password=DEMONSTRATION_PASSWORD,
        hours=SIGN_IN_LIVES // timedelta(hours=1),
    )


def _offered() -> list[tuple[str, dict[Role, str], list[DemonstrationAccount]]]:
    today = _today()
    found = handlers.demonstration_accounts(current.kit().database, now=current.now())
    return [
        (labels.name_of(place, today), labels.roles_of(place, today), list(people))
        for place, people in groupby(found, key=lambda one: one.jurisdiction_id)
    ]


def _my_page(*, form: Form | None = None, notice: str = "") -> str:
    with current.begin() as work:
        lines = handlers.my_sign_ins(work)
    return render_template(
        "me.html",
        lines=lines,
        here=signin.hash_of_request(),
        form=form,
        notice=NOTICES.get(notice),
        roles=_my_roles(),
        labels=FIELD_LABELS,
    )


def _my_roles() -> dict[Role, str]:
    return labels.roles_of(current.principal().jurisdiction_id, _today())


def _today() -> date:
    return to_wall(current.now(), current.zone()).date()


def _onwards(path: str) -> str:
    """Whoever asked for no page of ours, or for the home page, goes straight to work."""
    asked = _safe_path(path)
    return places.work() if asked == places.home() else asked


def _safe_path(path: str) -> str:
    # To a browser two slashes of either kind begin an address of others; parsers on the way drop slashes, and
    # control marks.
    is_ours = path.startswith("/") and path[1:2] not in {"/", "\\"} and path.isprintable()
    return path if is_ours else places.home()
