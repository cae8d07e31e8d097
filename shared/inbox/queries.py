"""The lists of an inbox: what waits, what is mine, what was sent, what is late, what is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from shared.inbox.codes import View
from shared.inbox.desk import Desk
from shared.inbox.filing.field_requests import waiting_for_fields
from shared.inbox.filters import CONDITIONS, ListQuery, Part, narrowed_to, parts_of
from shared.inbox.names import Names, load_names
from shared.inbox.orders import DONE_ORDER, OPEN_ORDER, Order
from shared.inbox.reader import Reader
from shared.inbox.views import BRANCHES, asked_for
from shared.process.elders import ElderCard
from shared.process.tables import Referral
from shared.web.paging import Page, page_of

MOST_KEPT = 256
"""Statements kept: every list narrowed in any usual way. An API may ask for pages of any length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxList:
    """One page of a list with what its rows need to be shown."""

    page: Page[Referral]
    names: Names
    cards: Mapping[UUID, ElderCard]
    asking: frozenset[UUID]


def read_these(session: Session, ids: Sequence[UUID], desk: Desk) -> InboxList:
    """These referrals, as far as the reader may see them."""
    rows = session.scalars(select(Referral).where(Referral.referral_id.in_(ids))).all()
    return _listed(session, Page(items=rows, next=None), desk)


def read_list(session: Session, query: ListQuery, reader: Reader, desk: Desk) -> InboxList:
    """One page of the reader's list. Raises InvalidFields for a cursor that is not one of ours."""
    order = _order_of(query.view)
    asked = asked_for(reader) | narrowed_to(query, reader, desk.vault)
    after = order.after(query.after) if query.after else {}
    statement = _page(query.view, parts_of(query), is_first=not after, limit=query.limit)
    rows = session.scalars(statement, asked | after).all()
    return _listed(session, page_of(rows, limit=query.limit, keys=order.write), desk)


def visible_referrals(session: Session, referral_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the referrals that who asks may open: the others are no link for them."""
    shown = select(Referral.referral_id).where(Referral.referral_id.in_(set(referral_ids)))
    return frozenset(session.scalars(shown))


@lru_cache(maxsize=MOST_KEPT)
def _page(view: View, parts: tuple[Part, ...], *, is_first: bool, limit: int) -> Select[Referral]:
    """Written once for everybody who asks for such a page."""
    order = _order_of(view)
    within = [CONDITIONS[part] for part in parts] + ([] if is_first else [order.is_after])
    return order.cut([and_(branch, *within) for branch in BRANCHES[view]], limit=limit)


def _order_of(view: View) -> Order:
    return DONE_ORDER if view is View.DONE else OPEN_ORDER


def _listed(session: Session, page: Page[Referral], desk: Desk) -> InboxList:
    return InboxList(
        page=page,
        names=load_names(
            session,
            accounts=[row.holder_id for row in page.items],
            units=[unit for row in page.items for unit in (row.unit_id, row.requesting_unit_id)],
        ),
        asking=waiting_for_fields(session, [row.referral_id for row in page.items]),
        cards=desk.cards.for_enrolments(session, [row.subject_id for row in page.items if row.subject_id]),
    )
