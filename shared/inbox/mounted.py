"""The inbox inside one application: its desk, and the person as the member of the units it serves."""

import re
from dataclasses import replace
from uuid import uuid4

from flask import Flask, current_app, request

from shared.contracts.access import Principal
from shared.domain.errors import Forbidden
from shared.inbox.desk import Desk
from shared.inbox.reader import Reader
from shared.web import current
from shared.web.problems import PreconditionFailed

EXTENSION = "tanfang_inbox"
LONGEST_KEY = 200
_STATE = re.compile(r"[0-9]{1,9}")


def mount(app: Flask, desk: Desk) -> None:
    """Give the application's inbox what it works with."""
    app.extensions[EXTENSION] = desk


def desk() -> Desk:
    """What `mount` gave."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Desk)  # noqa: S101 - narrows what Flask keeps untyped
    return found


def person() -> Principal:
    """Who is signed in; where a service is limited to one unit, as a member of that unit alone.

    Raises Forbidden to everybody else.
    """
    who, unit_id = current.principal(), desk().unit_id
    if unit_id is None:
        return who
    if unit_id not in who.units:
        raise Forbidden("not_this_unit", unit_id=unit_id)
    return replace(who, units=(unit_id,))


def reader() -> Reader:
    """The person and the instant of this request. Raises as `person` does."""
    return Reader(person=person(), now=current.now(), book=desk().book)


def form_key() -> str:
    """The key under which a form acts once, from its address; without one it acts each time it is sent."""
    return request.args.get("key", "")[:LONGEST_KEY] or uuid4().hex


def seen_seq() -> int | None:
    """The state that `If-Match` names, if the request has one; `*` is whichever there is.

    Raises PreconditionFailed for one that no state ever had.
    """
    if "If-Match" not in request.headers or request.if_match.star_tag:
        return None
    # One that cannot be read guards nothing, and one that is empty is no text.
    numbers = [_STATE.fullmatch(tag or "") for tag in request.if_match.as_set(include_weak=True)]
    if len(numbers) != 1 or not numbers[0]:
        raise PreconditionFailed
    return int(numbers[0][0])
