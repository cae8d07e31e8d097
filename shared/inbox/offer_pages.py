"""The form of a new referral (转介): reached from an elder, with the elder's word asked in one place."""

from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.domain.errors import NotFound
from shared.domain.periods import local_day
from shared.inbox import messages, mounted
from shared.inbox.acting import READERS
from shared.inbox.explain import explained
from shared.inbox.names import load_names
from shared.inbox.offer_form import (
    check_kind,
    check_origin,
    choices_for,
    offer_from,
    refuses,
    requesting_unit,
)
from shared.inbox.offering import elder_of, grew_from, leave_unwanted, offer
from shared.inbox.reader import Reader
from shared.inbox.routing import setting_of
from shared.inbox.schemas import OfferSchema, Wish
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import Problem

blueprint = Blueprint("inbox_offers", __name__, url_prefix="/inbox/new")


@blueprint.get("")
@allow(*READERS)
def new() -> str:
    """The form for one elder (`?elder=`), perhaps grown from a contact (`?origin=`, `?kind=`)."""
    return _render(_elder_asked_for(), Form())


@blueprint.post("")
@allow(*READERS)
def create() -> ResponseReturnValue:
    """Offer it; or, where the elder does not want it, leave the need as 暂不需要."""
    form = read_form(OfferSchema())
    if not form.ok:
        return _render(_elder_asked_for(), form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        referral_id = _offer(form.loaded)
    except Problem as problem:
        return _render(
            _elder_asked_for(), replace(form, problem=words_for(problem))
        ), problem.treatment.status
    if referral_id is None:
        return render_template("inbox/unwanted.html")
    return redirect(url_for("inbox.one", referral_id=referral_id, done="offered"), HTTPStatus.SEE_OTHER)


def _offer(wish: Wish) -> UUID | None:
    desk, person, now = mounted.desk(), mounted.person(), current.now()
    key = mounted.form_key()
    with explained(desk, person, now), desk.database.begin(person, now) as work:
        check_kind(wish, Reader(person=person, now=now, book=desk.book).policy, person)
        check_origin(wish, work)
        unit_id = requesting_unit(wish, person)
        if refuses(wish):
            leave_unwanted(
                work, enrolment_id=wish.enrolment_id, kind=wish.kind, unit_id=unit_id, book=desk.book
            )
            return None
        offered = offer_from(wish, person, key=key, unit_id=unit_id)
        return offer(work, offered, book=desk.book, vault=desk.vault)


def _render(enrolment_id: UUID, form: Form) -> str:
    desk, person, now = mounted.desk(), mounted.person(), current.now()
    policy = Reader(person=person, now=now, book=desk.book).policy
    with explained(desk, person, now), desk.database.begin(person, now) as work:
        elder = elder_of(work, enrolment_id)
        setting = setting_of(work.session, policy, elder.on(local_day(now, policy.jurisdiction.zone)))
        card = desk.cards.for_enrolments(work.session, [enrolment_id]).get(enrolment_id)
        units = load_names(work.session, accounts=[], units=person.units)
        origin = _origin_asked_for(work, enrolment_id)
    return render_template(
        "inbox/new.html",
        form=form,
        card=card,
        enrolment_id=enrolment_id,
        choices=choices_for(setting, person),
        units=[(unit, units.unit(unit)) for unit in person.units],
        words=messages.WORD_WORDS,
        limit_units=messages.LIMIT_UNITS,
        key=mounted.form_key(),
        wanted=request.args.get("kind", ""),
        origin=origin,
    )


def _elder_asked_for() -> UUID:
    """Raises NotFound for an address without an elder."""
    found = _asked_for("enrolment_id", "elder")
    if found is None:
        raise NotFound("elder_unknown")
    return found


def _origin_asked_for(work: UnitOfWork, enrolment_id: UUID) -> UUID | None:
    """What it grew from; of anything else the form goes on without, for nobody could mend it there."""
    found = _asked_for("origin_id", "origin")
    return found if found and grew_from(work, found, enrolment_id) else None


def _asked_for(field: str, parameter: str) -> UUID | None:
    try:
        return UUID(request.values.get(field) or request.args.get(parameter, ""))
    except ValueError:
        return None
