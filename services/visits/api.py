"""Visits for programs: contacts, the round, the visit book, assignments, one's own notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.visits.handlers import assigning, book, recording, remembering, rounds
from services.visits.handlers.book import BookLine
from services.visits.handlers.commands import Assign, Assigned, ContactRecorded, HandOver, RecordContact
from services.visits.handlers.rounds import Round
from services.visits.mounted import desk
from services.visits.repository.book import Position
from services.visits.schemas import (
    AssignedSchema,
    AssignSchema,
    BookPageSchema,
    ContactRecordedSchema,
    HandOverSchema,
    NoticeSchema,
    RecordContactSchema,
    RoundSchema,
)
from shared.contracts.access import Role
from shared.inbox import notices
from shared.inbox.notices import NoticeLine
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow, signed_in
from shared.web.api import ApiBlueprint
from shared.web.messages import BAD_CURSOR
from shared.web.paging import PageQuerySchema, decode_cursor, encode_cursor
from shared.web.problems import InvalidFields

VISITING = (Role.VISITOR, Role.CADRE, Role.OFFICER, Role.UNIT_LEAD, Role.COORDINATOR)
"""Who may record a contact: whoever has seen the elder, within their own territory."""

READING = (*VISITING, Role.AUDITOR)
ASSIGNING = (Role.CADRE, Role.UNIT_LEAD, Role.COORDINATOR)

blueprint = ApiBlueprint("visits", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    """Some lines of the book and the cursor of the older ones."""

    items: Sequence[BookLine]
    next: str | None


@blueprint.route("/contacts/<uuid:contact_id>", methods=["PUT"])
@allow(*VISITING)
@blueprint.arguments(RecordContactSchema)
@blueprint.response(HTTPStatus.OK, ContactRecordedSchema)
def record_contact(body: dict[str, Any], contact_id: UUID) -> ContactRecorded:
    """Put a contact on record under the sender's own id; sent again it gets the same answer."""
    lists = {name: tuple(body[name]) for name in ("service_items", "red_flags")}
    command = RecordContact(**{**body, **lists, "contact_id": contact_id})
    with current.begin() as work:
        return recording.record_contact(command, work, desk())


@blueprint.route("/contacts/<uuid:contact_id>")
@allow(*READING)
@blueprint.response(HTTPStatus.OK, ContactRecordedSchema)
def contact(contact_id: UUID) -> ContactRecorded:
    """What became of a contact."""
    with current.begin() as work:
        return remembering.recorded_contact(contact_id, work)


@blueprint.route("/round")
@allow(Role.VISITOR, Role.CADRE)
@blueprint.response(HTTPStatus.OK, RoundSchema)
def todays_round() -> Round:
    """Today's round of who asks, in the order in which to go."""
    with current.begin() as work:
        return rounds.todays_round(work, desk())


@blueprint.route("/elders/<uuid:enrolment_id>/contacts")
@allow(*READING)
@blueprint.arguments(PageQuerySchema, location="query")
@blueprint.response(HTTPStatus.OK, BookPageSchema)
def visit_book(query: dict[str, Any], enrolment_id: UUID) -> BookPage:
    """The elder's visit book, the newest first."""
    before = position_of(query["after"]) if query["after"] else None
    with current.begin() as work:
        found = book.visit_book(enrolment_id, work, desk(), before=before, limit=query["limit"])
    return BookPage(items=found.lines, next=cursor_of(found) if found.has_more else None)


@blueprint.route("/assignments", methods=["POST"])
@allow(*ASSIGNING)
@blueprint.arguments(AssignSchema)
@blueprint.once(AssignedSchema, status=HTTPStatus.CREATED)
def assign(work: UnitOfWork, command: Assign) -> Assigned:
    """Give elders to a visitor, for good or for some days."""
    return assigning.assign(command, work, desk())


@blueprint.route("/hand-overs", methods=["POST"])
@allow(*ASSIGNING)
@blueprint.arguments(HandOverSchema)
@blueprint.once(AssignedSchema, status=HTTPStatus.CREATED)
def hand_over(work: UnitOfWork, command: HandOver) -> Assigned:
    """Give a visitor's whole round to another one, for some days or for good."""
    return assigning.hand_over(command, work, desk())


@blueprint.route("/notices")
@signed_in
@blueprint.response(HTTPStatus.OK, NoticeSchema(many=True))
def my_notices() -> Sequence[NoticeLine]:
    """The notices of who asks, those to be acknowledged first."""
    with current.begin() as work:
        policy = desk().policy_at(work.principal.jurisdiction_id, work.now)
        return notices.read_notices(work.session, work.principal, now=work.now, policy=policy)


@blueprint.route("/notices/<uuid:notice_id>/acknowledgement", methods=["PUT"])
@signed_in
@blueprint.response(HTTPStatus.NO_CONTENT)
def acknowledge(notice_id: UUID) -> None:
    """Acknowledge a notice; again changes nothing."""
    with current.begin() as work:
        notices.acknowledge(work, notice_id)


def cursor_of(page: book.VisitBook) -> str:
    """Where the next page of the book begins."""
    last = page.lines[-1].contact
    return encode_cursor(last.occurred_at.isoformat(), str(last.contact_id))


def position_of(cursor: str) -> Position:
    """The place in the book that a cursor stands for. Raises InvalidFields for one that is not ours."""
    at, contact_id = decode_cursor(cursor, size=2)
    try:
        return Position(occurred_at=datetime.fromisoformat(at), contact_id=UUID(contact_id))
    except ValueError:
        raise InvalidFields(errors={"after": [BAD_CURSOR]}) from None
