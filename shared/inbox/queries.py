"""The lists of an inbox: what waits, what is mine, what was sent, what is late, what is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from shared.contracts.access import Principal
from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.inbox.codes import View
from shared.inbox.desk import Desk
from shared.inbox.filing.field_requests import waiting_for_fields
from shared.inbox.filing.watching import is_watched_by
from shared.inbox.filters import CLOSED, ListQuery, asked_by, filters_of, is_late, is_named
from shared.inbox.names import Names, load_names
from shared.inbox.orders import DONE_ORDER, OPEN_ORDER
from shared.inbox.reader import Reader
from shared.process.elders import ElderCard
from shared.process.tables import Referral
from shared.web.paging import Page, page_of

HELD = (Status.ACCEPTED, Status.COMPLETED)


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
    within = _in_view(query.view, reader)
    statement = select(Referral).where(within, *filters_of(query, reader, desk.vault))
    order = DONE_ORDER if query.view is View.DONE else OPEN_ORDER
    rows = session.scalars(order.cut(statement, after=query.after, limit=query.limit)).all()
    return _listed(session, page_of(rows, limit=query.limit, keys=order.write), desk)


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


def count_views(session: Session, reader: Reader) -> dict[View, int]:
    """How many referrals stand in each list that asks for something; what is done is not counted."""
    views = [view for view in View if view is not View.DONE]
    person = reader.person
    counts = [func.count().filter(_in_view(view, reader)) for view in views]
    mine = or_(Referral.unit_id.in_(person.units), asked_by(person), _ruled_by(person))
    row = session.execute(select(*counts).where(mine, Referral.status.not_in(CLOSED))).one()
    return dict(zip(views, row, strict=True))


def kinds_present(session: Session, reader: Reader) -> list[str]:
    """The kinds that occur in the person's open lists, for the filter, as far as they may be named."""
    mine = or_(Referral.unit_id.in_(reader.person.units), asked_by(reader.person))
    return list(
        session.scalars(
            select(Referral.kind).where(mine, is_named(reader)).distinct().order_by(Referral.kind)
        )
    )


def _in_view(view: View, reader: Reader) -> ColumnElement[bool]:
    person, now = reader.person, reader.now
    received = Referral.unit_id.in_(person.units)
    to_rule = and_(Referral.status == Status.TO_RULE, _ruled_by(person))
    by_view = {
        View.POOL: or_(and_(received, Referral.status == Status.OFFERED), to_rule, _to_decide(person)),
        View.MINE: and_(received, _held_by(reader), Referral.status.in_(HELD)),
        View.UNIT: and_(received, Referral.status.in_(HELD)),
        View.SENT: and_(asked_by(person), Referral.status.not_in(CLOSED)),
        View.WATCHING: and_(is_watched_by(person), Referral.status.not_in(CLOSED)),
        View.OVERDUE: and_(or_(received, asked_by(person), _ruled_by(person)), is_late(now)),
        View.DONE: and_(or_(received, asked_by(person)), Referral.status.in_(CLOSED)),
    }
    return by_view[view]


def _ruled_by(person: Principal) -> ColumnElement[bool]:
    return Referral.coordinator_unit_id.in_(person.units)


def _to_decide(person: Principal) -> ColumnElement[bool]:
    """More time has been asked for, and one of the person's units decides."""
    return and_(Referral.status == Status.ACCEPTED, Referral.grantor_unit_id.in_(person.units))


def _held_by(reader: Reader) -> ColumnElement[bool]:
    """Held, or stood in for today (委托)."""
    today = local_day(reader.now, reader.policy.jurisdiction.zone)
    stands_in = and_(
        Referral.delegate_id == reader.person.account_id,
        Referral.delegate_from_on <= today,
        Referral.delegate_to_on >= today,
    )
    return or_(Referral.holder_id == reader.person.account_id, stands_in)
