"""The inbox's JSON: lists, one referral, and every move; the same handlers as the pages."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import Response, make_response

from shared.domain.errors import Invalid, NotFound
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox import mounted
from shared.inbox.acting import READERS, ROLES
from shared.inbox.filters import ListQuery
from shared.inbox.handlers import ON_ITS_WAY
from shared.inbox.items import items_of
from shared.inbox.making import make_move
from shared.inbox.move_schemas import BODIES, MoveSchema, Said
from shared.inbox.offer_form import check_kind, check_origin, offer_from, refuses, requesting_unit
from shared.inbox.offering import offer
from shared.inbox.queries import read_list
from shared.inbox.reading import ReferralPage, read_referral
from shared.inbox.records import stateable_of
from shared.inbox.schemas import (
    AnswerSchema,
    ListQuerySchema,
    OfferedSchema,
    OfferSchema,
    ReferralDetailSchema,
    ReferralListSchema,
    Wish,
)
from shared.persistence.engine import PLAN_ONCE
from shared.persistence.unit_of_work import UnitOfWork
from shared.web.access import allow
from shared.web.api import IF_MATCH, ApiBlueprint
from shared.web.etag import revalidated
from shared.web.idempotent import idempotency_key
from shared.web.problems import Category, Problem

A_MOMENT = timedelta(seconds=1)
"""When to ask again for what has just been offered."""

blueprint = ApiBlueprint("inbox_api", __name__)


@blueprint.route("/referrals")
@allow(*READERS)
@blueprint.arguments(ListQuerySchema, location="query")
@blueprint.response(HTTPStatus.OK, ReferralListSchema)
@blueprint.revalidated
def list_referrals(query: ListQuery) -> Response:
    """One page of a list of the inbox; with its ETag in `If-None-Match`, 304 while nothing has changed."""
    desk, reader = mounted.desk(), mounted.reader()
    with desk.database.begin(reader.person, reader.now, first=[PLAN_ONCE]) as work:
        listing = read_list(work.session, query, reader, desk)
    found = {"items": items_of(listing, reader), "next": listing.page.next}
    return revalidated(make_response(ReferralListSchema().dump(found)))


@blueprint.route("/referrals/<uuid:referral_id>")
@allow(*READERS)
@blueprint.response(HTTPStatus.OK, ReferralDetailSchema)
def show_referral(referral_id: UUID) -> Response:
    """One referral; its ETag is what `If-Match` of a move may name. Just offered, it is there in a moment."""
    desk, reader = mounted.desk(), mounted.reader()
    try:
        with desk.database.begin(reader.person, reader.now) as work:
            page = read_referral(work.session, desk, referral_id, reader)
            outcomes = stateable_of(desk.records, work, page.row, page.outcomes, reader)
    except NotFound as error:
        if error.code != ON_ITS_WAY:
            raise
        raise Problem(error.code, category=Category.NOT_FOUND, retry_after=A_MOMENT) from error
    response = make_response(ReferralDetailSchema().dump(_detail(page, outcomes)))
    response.set_etag(str(page.row.seq))
    return response


@blueprint.route("/referrals", methods=["POST"])
@allow(*READERS)
@blueprint.arguments(OfferSchema)
@blueprint.once(OfferedSchema, status=HTTPStatus.CREATED)
def offer_referral(work: UnitOfWork, wish: Wish) -> dict[str, object]:
    """Offer a referral. An elder who does not agree is not referred: leave that to the page's 暂不需要."""
    desk = mounted.desk()
    if refuses(wish):
        raise Invalid("elder_does_not_agree")
    reader = mounted.reader()
    check_kind(wish, reader.policy, reader.person)
    check_origin(wish, work)
    unit_id = requesting_unit(wish, reader.person)
    offered = offer_from(wish, reader.person, key=idempotency_key(), unit_id=unit_id)
    return {"referral_id": offer(work, offered, book=desk.book, vault=desk.vault)}


def _detail(page: ReferralPage, outcomes: tuple[str, ...]) -> dict[str, object]:
    """As the page shows it: what the department's own records state is not for the inbox to state."""
    item = page.item
    return {name: getattr(item, name) for name in item.__slots__} | {
        "asked": page.file.asked,
        "consent": page.file.word.consent,
        "outcome": page.row.outcome if page.is_read else "",
        "ledger": page.ledger,
        "rungs": page.rungs,
        "outcomes": outcomes if page.is_read else (),
        "moves": tuple(move for move in item.moves if outcomes or move is not Move.COMPLETE),
        "feedback": page.kind.feedback,
        "decline_reasons": page.kind.decline_reasons,
    }


def _view_of(move: Move) -> Callable[[Said, UUID], ReferralAnswer]:
    def view(said: Said, referral_id: UUID) -> ReferralAnswer:
        return make_move(move, referral_id, said, key=idempotency_key(), seen_seq=mounted.seen_seq())

    view.__name__ = move.value
    view.__doc__ = f"Make the move `{move}`."
    return view


def _add_move(move: Move, body: type[MoveSchema]) -> None:
    view = blueprint.may_time_out(blueprint.response(HTTPStatus.OK, AnswerSchema)(_view_of(move)))
    view = blueprint.keyed(view, IF_MATCH)
    view = allow(*ROLES[move])(blueprint.arguments(body)(view))
    blueprint.route(f"/referrals/<uuid:referral_id>/{move.replace('_', '-')}", methods=["POST"])(view)


for _move, _body in BODIES.items():
    _add_move(_move, _body)
