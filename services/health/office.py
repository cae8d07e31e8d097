"""The centre behind a request: whose it is, a form read and done, and a refusal in words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from marshmallow import Schema

from services.health import messages
from services.health.handlers.centre import Centre, own_centre
from shared.contracts.access import Role
from shared.domain.errors import Forbidden, NotFound, RuleBroken
from shared.domain.health.codes import BedMove
from shared.domain.health.home_beds import BOUNDS
from shared.inbox.mounted import desk
from shared.inbox.names import load_names
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy
from shared.process.openings import policy_at
from shared.web import current
from shared.web.errors import words_for
from shared.web.forms import Form, read_form
from shared.web.problems import Problem, problem_of

WORKING = (Role.OFFICER, Role.UNIT_LEAD)
"""Who works for the centre; of which unit, the handlers check."""

SAID = {
    "status": ("bed_statuses", "status_words"),
    "move": ("bed_moves", "move_words"),
    "possible": ("bed_moves", "can_do"),
}
"""Facts of a refusal that are codes -> the labels that say them, and the fact that says it in words."""


def policy() -> Policy:
    """The plan in force where the person works."""
    return policy_at(desk().book, current.principal().jurisdiction_id, current.now())


def follows(move: BedMove) -> str:
    """What a step of a home bed means outside the centre, in words; nothing for most."""
    if move in policy().health_care.home_bed.visits:
        return messages.IS_A_VISIT
    return messages.CHANGES_WHAT_IS_OWED if move in BOUNDS else ""


def submitted(schema: Schema, do: Callable[[Any, Centre], object]) -> Form:
    """Read the form and do what it asks; what is wrong with it comes back in it, with all that was typed.

    Raises what hides a thing from who asks: NotFound and Forbidden are pages of their own.
    """
    form = read_form(schema)
    if not form.ok:
        return form
    try:
        with current.begin() as work:
            do(form.loaded, own_centre(work, desk()))
    except (NotFound, Forbidden):
        raise
    except RuleBroken as error:
        return refused(form, error)
    return form


def refused(form: Form, error: RuleBroken) -> Form:
    """The form with the refusal: beside its field if it belongs to one, else above the form."""
    words = words_for(in_words(error))
    field = error.params.get("field")
    if isinstance(field, str):
        return replace(form, errors={field: [words.detail]})
    return replace(form, problem=words)


def in_words(error: RuleBroken) -> Problem:
    """The refusal with what people can read beside its facts: names of accounts, labels of codes."""
    plain, facts = problem_of(error), dict(error.params)
    label = policy().label
    if isinstance(by := facts.get("by"), UUID):
        with current.begin() as work:
            names = load_names(work.session, accounts=[by], units=())
        facts["who"] = names.account(by) or messages.SOMEBODY
    for name, (section, words) in SAID.items():
        if name in facts:
            said = facts[name]
            codes = said if isinstance(said, tuple) else (said,)
            labels = LIST_MARK.join(label(section, str(code)) for code in codes)
            facts[words] = labels or messages.ONLY_LOOK
            facts[name] = " ".join(str(code) for code in codes)
    return Problem(plain.code, category=plain.category, facts=facts)
