"""The request being served: who acts, at what instant, and its one unit of work."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import structlog
from flask import Response, after_this_request, current_app, g
from sqlalchemy.exc import SQLAlchemyError

from shared.contracts.access import Principal
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.book import OFFICIAL_ZONE, own_book
from shared.web.kit import Kit
from shared.web.problems import Unauthenticated

_log = structlog.get_logger(__name__)


def kit() -> Kit:
    """What the application factory put together for this service."""
    found = current_app.extensions["tanfang"]
    assert isinstance(found, Kit)  # noqa: S101 - narrows what Flask keeps untyped
    return found


def principal() -> Principal:
    """Who is signed in.

    Raises:
        Unauthenticated: nobody is; only possible under a `public` route.
    """
    found = principal_or_none()
    if found is None:
        raise Unauthenticated
    return found


def principal_or_none() -> Principal | None:
    """Who is signed in, if anybody: for public pages that greet a known person."""
    found: Principal | None = g.get("principal")
    return found


def inboxes() -> tuple[str, ...]:
    """The services in whose inboxes the units of the person signed in work."""
    found: tuple[str, ...] = g.get("inboxes", ())
    return found


def now() -> datetime:
    """The instant of this request, the same all through it: the clock once it was authorised and parsed."""
    if "now" not in g:
        g.now = kit().clock.now()
    instant: datetime = g.now
    return instant


def zone() -> str:
    """The zone of the place for which the person is signed in; the country's before anybody is."""
    if "zone" not in g:
        person = principal_or_none()
        g.zone = own_book().zone_of(person.jurisdiction_id) if person else OFFICIAL_ZONE
    found: str = g.zone
    return found


def begin() -> AbstractContextManager[UnitOfWork]:
    """One transaction for the person signed in, committed at the end of the `with` block."""
    return kit().database.begin(principal(), now())


def request_id() -> str:
    """The id of this request, as in the log and the `X-Request-Id` header."""
    found: str = g.get("request_id", "")
    return found


def afterwards(work: Callable[[], None]) -> None:
    """Do what nobody waits for once the answer to this request is on its way.

    Only for what may be lost: the person has been answered by then, so a failing database is but logged.
    """

    def promise(response: Response) -> Response:
        response.call_on_close(lambda: _attempt(work))
        return response

    after_this_request(promise)


def _attempt(work: Callable[[], None]) -> None:
    try:
        work()
    except SQLAlchemyError:
        _log.exception("left_undone_after_the_answer")
