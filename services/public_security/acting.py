"""How a page of the station acts: read a form, call one handler, perhaps close the referral."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from services.public_security.handlers.office import (
    About,
    about_number,
    about_referral,
    place_area,
    station_of,
)
from services.public_security.messages import DONE, FIELD_LABELS
from services.public_security.schemas import LOCAL
from shared.contracts.access import Role
from shared.domain.errors import RuleBroken
from shared.domain.referral.moves import Status
from shared.domain.zones import to_instant, to_wall
from shared.inbox import mounted
from shared.inbox.desk import Desk
from shared.inbox.ending import Ending, kept_without_end, state_end
from shared.inbox.explain import explained
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.openings import policy_at
from shared.process.tables import Referral
from shared.web import current
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import Problem, problem_of
from shared.web.schemas import KitSchema

STAFF = (Role.OFFICER, Role.UNIT_LEAD)
"""Who works at the station."""

WAITING = (Status.OFFERED, Status.TO_RULE, Status.ACCEPTED)
"""A referral of which no end has been stated."""

Loaded = dict[str, Any]
Result = TypeVar("Result")


def asked(read: Callable[[UnitOfWork, Desk], Result]) -> Result:
    """Do something in one transaction of who is signed in."""
    desk = mounted.desk()
    with desk.database.begin(mounted.person(), current.now()) as work:
        return read(work, desk)


def submit(
    schema: KitSchema,
    act: Callable[[Loaded, UnitOfWork, Desk], Result],
    *,
    show: Callable[[Form], str],
    done: Callable[[Result], ResponseReturnValue],
) -> ResponseReturnValue:
    """Do what the form asks; a refused form comes back as it was typed, with the reason in words."""
    form = read_form(schema)
    if not form.ok:
        return show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        result = asked(lambda work, desk: act(form.loaded, work, desk))
    except RuleBroken as error:
        problem = problem_of(error)
        return show(Form(typed=form.typed, problem=words_for(problem))), problem.treatment.status
    return done(result)


def close(ending: Ending, *, show: Callable[[Form], str], then: ResponseReturnValue) -> ResponseReturnValue:
    """Close the referral of a record that is saved; refused, the record's page says what is possible now."""
    desk, person, now = mounted.desk(), mounted.person(), current.now()
    try:
        with explained(desk, person, now, ending.referral_id):
            state_end(desk, ending, person=person, at=now)
    except Problem as problem:
        refused = kept_without_end(words_for(problem))
        return show(Form(problem=refused)), problem.treatment.status
    return then


def is_left_open(work: UnitOfWork, referral_id: UUID | None) -> bool:
    """Whether the referral of a record still waits for its end."""
    row = work.session.get(Referral, referral_id) if referral_id else None
    return row is not None and row.status in WAITING


def to(endpoint: str, done: str, **where: Any) -> ResponseReturnValue:
    """To a page that says what has just been done."""
    return redirect(url_for(endpoint, done=done or None, **where), HTTPStatus.SEE_OTHER)


def about(data: Loaded, work: UnitOfWork, desk: Desk) -> About:
    """Whom a new record is about, as the form says it."""
    if data["referral_id"] is not None:
        return about_referral(work, desk, data["referral_id"])
    return about_number(work, desk, data["id_number"])


def about_anybody(data: Loaded, work: UnitOfWork, desk: Desk) -> About:
    """The same for a record that may be about nobody in particular."""
    if data["referral_id"] is None and not data["id_number"]:
        return About(unit_id=station_of(work, desk), area_code=place_area(work, desk))
    return about(data, work, desk)


def instant(typed: datetime | None) -> datetime | None:
    """The instant of a time on the wall of the place."""
    if typed is None:
        return None
    return to_instant(typed.date(), f"{typed:%H:%M}", policy().jurisdiction.zone)


def wall(at: datetime | None) -> str:
    """An instant as a field for day and time wants it."""
    return f"{to_wall(at, policy().jurisdiction.zone):{LOCAL}}" if at else ""


def policy() -> Policy:
    """The policy in force where the person signed in works."""
    return policy_at(mounted.desk().book, mounted.person().jurisdiction_id, current.now())


def shared_parts(form: Form | None, code: str) -> dict[str, object]:
    """What every page of the station is rendered with."""
    return {
        "form": form,
        "labels": FIELD_LABELS,
        "label": policy().label,
        "done": DONE.get(code, ""),
        "wall": wall,
        "record_id": new_id(),
    }


def new_id() -> UUID:
    """The id that a form gives its record: sent twice, it is one record."""
    return uuid4()
