"""What the register's pages and API share: the desk of this process, and words for codes."""

from datetime import date, datetime

from flask import Flask, current_app

from services.care_register.handlers.desk import Desk
from services.care_register.messages import VALUE_KINDS, WORDS
from shared.policies.handling import next_review
from shared.policies.model import Policy
from shared.policies.resolve import verify_by
from shared.web import current

_KEY = "care_register"


def furnish(app: Flask, desk: Desk) -> None:
    """Put the desk where the views find it, and the words where the templates do."""
    app.extensions[_KEY] = desk
    app.add_template_global(label, "label")
    app.add_template_global(clause, "clause")
    app.add_template_global(field_value, "field_value")
    app.add_template_global(verify_until, "verify_until")
    app.add_template_global(hardship_review, "hardship_review")


def desk() -> Desk:
    """The desk of this process."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Desk)  # noqa: S101 - narrows what Flask keeps untyped
    return found


def policy() -> Policy:
    """The plan in force where the person signed in works."""
    return desk().policy(current.principal().jurisdiction_id, current.now())


def label(kind: str, code: object) -> str:
    """What people read for a code: the register's own words, else those of the plan."""
    own = WORDS.get(kind)
    return own.get(str(code), str(code)) if own else policy().label(kind, str(code))


def field_value(field: str, value: str) -> str:
    """The value of a field in words: a code is said as the plan says it."""
    kind = VALUE_KINDS.get(field)
    return label(kind, value) if kind and value else value


def verify_until(code: str, since: datetime) -> datetime | None:
    """By when what is in doubt is to be found out; None for what the plan of today no longer asks."""
    plan = policy()
    return verify_by(plan, code, since) if code in plan.verification else None


def hardship_review(since: date) -> date:
    """When somebody looks again whether a temporary hardship is over (J-09)."""
    today = desk().today(current.principal().jurisdiction_id, current.now())
    return next_review(policy().passing, since, today)


def clause(source: str) -> str:
    """The clause behind a reason, in words."""
    return policy().clause(source) if source else ""
