"""How a page of the register acts: read a form, call one handler, go back with a word of what was done."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from services.care_register.handlers.desk import Desk
from services.care_register.office import desk
from shared.domain.errors import RuleBroken
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import problem_of
from shared.web.schemas import KitSchema

Loaded = dict[str, Any]
Act = Callable[[Loaded, UnitOfWork, Desk], object]


def submit(
    schema: KitSchema,
    act: Act,
    *,
    show: Callable[[Form], str],
    done: Callable[[Loaded], ResponseReturnValue],
) -> ResponseReturnValue:
    """Do what the form asks; a refused form comes back as it was typed, with the reason in words."""
    form = read_form(schema)
    if not form.ok:
        return show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.begin() as work:
            act(form.loaded, work, desk())
    except RuleBroken as error:
        problem = problem_of(error)
        return show(Form(typed=form.typed, problem=words_for(problem))), problem.treatment.status
    return done(form.loaded)


def decide(act: Callable[[UnitOfWork, Desk], object]) -> None:
    """One button: a refusal leaves as a problem page."""
    with current.begin() as work:
        act(work, desk())


def to_entry(enrolment_id: UUID, code: str) -> ResponseReturnValue:
    """Back to the entry, where `code` becomes a word of what was done."""
    return redirect(url_for("register.entry", enrolment_id=enrolment_id, done=code), HTTPStatus.SEE_OTHER)


def to_queue(code: str) -> ResponseReturnValue:
    """Back to what waits for a second person."""
    return redirect(url_for("register.waiting", done=code), HTTPStatus.SEE_OTHER)


def own_path(address: str) -> str:
    """The address if it lies on our own origin, else nothing: a form must not send anybody elsewhere."""
    parts = urlsplit(address)
    is_ours = not parts.scheme and not parts.netloc and address.startswith("/") and "\\" not in address
    return address if is_ours and not address.startswith("//") else ""
