"""The office's JSON: its records, and every step in them; the same handlers as the pages."""

from http import HTTPStatus
from operator import attrgetter
from typing import Any
from uuid import UUID

from services.justice.commands import Acting, NamePerson, OpenRecord, TakeStep
from services.justice.explain import in_words
from services.justice.handlers.closing import close_referral
from services.justice.handlers.listing import Item, open_items
from services.justice.handlers.naming import name_person
from services.justice.handlers.opening import open_record
from services.justice.handlers.reading import RecordPage, read_record
from services.justice.handlers.stepping import take_step
from services.justice.schemas import (
    OpenRecordSchema,
    PersonFormSchema,
    RecordIdSchema,
    RecordListSchema,
    RecordSchema,
    TakeStepSchema,
)
from shared.inbox import mounted
from shared.inbox.acting import WORKERS
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint
from shared.web.idempotent import idempotency_key
from shared.web.paging import Page, PageQuerySchema, day_and_id, page_of

blueprint = ApiBlueprint("records_api", __name__)


@blueprint.route("/records")
@allow(*WORKERS)
@blueprint.arguments(PageQuerySchema, location="query")
@blueprint.response(HTTPStatus.OK, RecordListSchema)
def list_records(query: dict[str, Any]) -> Page[Item]:
    """What the person's units have open, what runs out first at the top, page by page."""
    desk, reader, limit = mounted.desk(), mounted.reader(), query["limit"]
    with desk.database.begin(reader.person, reader.now) as work:
        items = open_items(work.session, desk, reader, after=day_and_id(query["after"]), limit=limit)
    return page_of(items, limit=limit, keys=attrgetter("key"))


@blueprint.route("/records/<uuid:record_id>")
@allow(*WORKERS)
@blueprint.response(HTTPStatus.OK, RecordSchema)
def show_record(record_id: UUID) -> RecordPage:
    """One record."""
    desk, reader = mounted.desk(), mounted.reader()
    with desk.database.begin(reader.person, reader.now) as work:
        return read_record(work.session, desk, record_id, reader)


@blueprint.route("/records", methods=["POST"])
@allow(*WORKERS)
@blueprint.arguments(OpenRecordSchema)
@blueprint.response(HTTPStatus.CREATED, RecordIdSchema)
@blueprint.keyed
def begin_record(asked: dict[str, Any]) -> dict[str, UUID]:
    """Begin a record from a referral that the person has claimed."""
    desk, acting = mounted.desk(), _acting()
    with in_words(desk, acting):
        return {"record_id": open_record(desk, acting, OpenRecord(**asked))}


@blueprint.route("/records/<uuid:record_id>/steps", methods=["POST"])
@allow(*WORKERS)
@blueprint.arguments(TakeStepSchema)
@blueprint.response(HTTPStatus.OK, RecordIdSchema)
@blueprint.keyed
@blueprint.may_time_out
def add_step(asked: dict[str, Any], record_id: UUID) -> dict[str, UUID]:
    """Take a step; one that ends the work closes the referral.

    If the referral cannot be closed the answer says why; the record is kept, and the same request asks again.
    """
    desk, acting = mounted.desk(), _acting()
    with in_words(desk, acting):
        take_step(desk, acting, TakeStep(record_id=record_id, **asked))
        close_referral(desk, acting, record_id, after=asked["step"])
    return {"record_id": record_id}


@blueprint.route("/records/<uuid:record_id>/person", methods=["POST"])
@allow(*WORKERS)
@blueprint.arguments(PersonFormSchema)
@blueprint.response(HTTPStatus.OK, RecordIdSchema)
@blueprint.keyed
def set_person(asked: dict[str, Any], record_id: UUID) -> dict[str, UUID]:
    """Let somebody else of the unit be the named person."""
    desk, acting = mounted.desk(), _acting()
    with in_words(desk, acting):
        return {"record_id": name_person(desk, acting, NamePerson(record_id=record_id, **asked))}


def _acting() -> Acting:
    return Acting(person=mounted.person(), at=current.now(), key=idempotency_key())
