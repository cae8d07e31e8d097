"""The administrator's pages: open accounts, give and take rights, lock, close sign-ins at once."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.identity import labels
from services.identity.codes import prefix_of
from services.identity.handlers import accounts, directory
from services.identity.messages import FIELD_LABELS, NOTICES, POSITION_LABELS
from services.identity.repository.accounts import NamedCode
from services.identity.schemas import (
    OpenAccountFormSchema,
    PhoneFormSchema,
    ResetPasswordSchema,
    RightsFormSchema,
)
from shared.contracts.access import Role
from shared.domain.errors import RuleBroken
from shared.domain.zones import to_wall
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.paging import decode_cursor, page_of
from shared.web.problems import problem_of
from shared.web.schemas import KitSchema

_ROWS = 50

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


@blueprint.get("/")
@allow(Role.ADMIN)
def overview() -> str:
    """The accounts of the own jurisdiction."""
    search, cursor = request.args.get("search", "").strip(), request.args.get("after")
    after = decode_cursor(cursor, size=1)[0] if cursor else None
    with current.begin() as work:
        rows = accounts.list_accounts(work, search=search or None, after=after, limit=_ROWS)
        areas = directory.areas(work)
    return render_template(
        "accounts.html",
        page=page_of(rows, limit=_ROWS, keys=lambda row: (row.login,)),
        search=search,
        roles=_role_labels(),
        areas={prefix_of(area.code): area.name for area in areas},
    )


@blueprint.get("/new")
@allow(Role.ADMIN)
def new() -> str:
    """The form for a new account."""
    return _form_page()


@blueprint.post("/new")
@allow(Role.ADMIN)
def open_account() -> ResponseReturnValue:
    """Open an account."""
    form = read_form(OpenAccountFormSchema())
    if not form.ok:
        return _form_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.begin() as work:
            account_id = accounts.open_account(form.loaded, work)
    except RuleBroken as error:
        refused = Form(typed=form.typed, problem=words_for(problem_of(error)))
        return _form_page(refused), problem_of(error).treatment.status
    return _done(account_id, "account_opened")


@blueprint.get("/<uuid:account_id>")
@allow(Role.ADMIN)
def account(account_id: UUID) -> str:
    """One account."""
    return _account_page(account_id, notice=NOTICES.get(request.args.get("done", "")))


@blueprint.post("/<uuid:account_id>/rights")
@allow(Role.ADMIN)
def change_rights(account_id: UUID) -> ResponseReturnValue:
    """Replace roles, unit and areas."""
    return _change(
        account_id,
        RightsFormSchema(),
        "rights_changed",
        lambda rights, work: accounts.change_rights(
            account_id, rights, work, seen=request.args.get("seen", "")
        ),
    )


@blueprint.post("/<uuid:account_id>/phone")
@allow(Role.ADMIN)
def change_phone(account_id: UUID) -> ResponseReturnValue:
    """Replace the number under which the person is told of notices."""
    return _change(
        account_id,
        PhoneFormSchema(),
        "phone_changed",
        lambda said, work: accounts.change_phone(account_id, said["phone"], work),
    )


@blueprint.post("/<uuid:account_id>/password")
@allow(Role.ADMIN)
def reset_password(account_id: UUID) -> ResponseReturnValue:
    """Give a new password; all sign-ins are closed."""
    return _change(
        account_id,
        ResetPasswordSchema(),
        "password_reset",
        lambda said, work: accounts.reset_password(account_id, said["password"], work),
    )


@blueprint.post("/<uuid:account_id>/lock")
@allow(Role.ADMIN)
def lock(account_id: UUID) -> ResponseReturnValue:
    """Lock the account; its sign-ins are closed at once."""
    return _act(account_id, "account_locked", lambda work: accounts.lock_account(account_id, work))


@blueprint.post("/<uuid:account_id>/unlock")
@allow(Role.ADMIN)
def unlock(account_id: UUID) -> ResponseReturnValue:
    """Let the person sign in again."""
    return _act(account_id, "account_unlocked", lambda work: accounts.unlock_account(account_id, work))


@blueprint.post("/<uuid:account_id>/sign-ins/revoke")
@allow(Role.ADMIN)
def revoke_sign_ins(account_id: UUID) -> ResponseReturnValue:
    """Close all sign-ins of the account at once."""
    return _act(account_id, "sign_ins_revoked", lambda work: accounts.revoke_sign_ins(account_id, work))


def _change(
    account_id: UUID, schema: KitSchema, notice: str, change: Callable[[Any, UnitOfWork], object]
) -> ResponseReturnValue:
    """Do what a form of the page says, or show it again with what is wrong."""
    form = read_form(schema)
    if not form.ok:
        return _account_page(account_id, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _act(account_id, notice, lambda work: change(form.loaded, work))


def _act(account_id: UUID, notice: str, act: Callable[[UnitOfWork], object]) -> ResponseReturnValue:
    try:
        with current.begin() as work:
            act(work)
    except RuleBroken as error:
        problem = problem_of(error)
        page = _account_page(account_id, form=Form(problem=words_for(problem)))
        return page, problem.treatment.status
    return _done(account_id, notice)


def _done(account_id: UUID, notice: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.account", account_id=account_id, done=notice), HTTPStatus.SEE_OTHER)


def _form_page(form: Form | None = None) -> str:
    with current.begin() as work:
        units, areas = directory.units(work), directory.areas(work)
    return render_template("account_new.html", form=form, **_choices(units, areas))


def _account_page(account_id: UUID, *, form: Form | None = None, notice: str | None = None) -> str:
    with current.begin() as work:
        line = accounts.account(account_id, work)
        units, areas = directory.units(work), directory.areas(work)
    # What was typed wrong is sent again about the rights that were looked at then.
    seen = request.args.get("seen") if form and form.errors else accounts.mark_of(line)
    parts = {"line": line, "form": form, "notice": notice, "seen": seen}
    return render_template("account.html", **parts, **_choices(units, areas))


def _choices(units: list[NamedCode], areas: list[NamedCode]) -> dict[str, object]:
    return {
        "roles": _role_labels(),
        "positions": POSITION_LABELS,
        "labels": FIELD_LABELS,
        "units": [(unit.code, unit.name) for unit in units],
        "areas": [(prefix_of(area.code), area.name) for area in areas],
    }


def _role_labels() -> dict[Role, str]:
    today = to_wall(current.now(), current.zone()).date()
    return labels.roles_of(current.principal().jurisdiction_id, today)
