"""What a page of the inbox says beside its list: how many stand in each, and which kinds of work occur."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, Text, bindparam, func, select, union
from sqlalchemy.orm import Session

from shared.inbox.codes import View
from shared.inbox.orders import OPEN_ORDER
from shared.inbox.reader import Reader
from shared.inbox.views import BRANCHES, IS_NAMED, asked_for
from shared.process.tables import Referral

MOST_COUNTED = 99
"""Beyond it a number tells nobody what to do next, and counting it would take longer than the page."""

COUNTED = tuple(view for view in View if view is not View.DONE)
"""The lists that ask for something; what is done is not counted."""


def count_views(session: Session, reader: Reader) -> dict[View, int]:
    """How many referrals stand in each list that asks for something; more than `MOST_COUNTED` is one more."""
    row = session.execute(COUNTS, asked_for(reader)).one()
    return {view: min(found, MOST_COUNTED + 1) for view, found in zip(COUNTED, row, strict=True)}


def kinds_present(session: Session, reader: Reader) -> Sequence[str]:
    """The kinds of which the reader's units have received or asked for any, as far as they may be named."""
    return session.scalars(KINDS, asked_for(reader)).all()


def _number_in(view: View) -> ColumnElement[int]:
    """How many stand in any branch of the list, each branch counted no further than anybody reads."""
    found = OPEN_ORDER.first_of(BRANCHES[view], limit=MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(found).scalar_subquery()


def _kinds_by(unit_id: ColumnElement[str]) -> Select[Any]:
    """From one kind to the next along an index, instead of over every referral of the unit."""
    unit = func.unnest(bindparam("unit_list", type_=ARRAY(Text))).column_valued("unit")
    least = select(Referral.kind).where(IS_NAMED).order_by(Referral.kind).limit(1)
    first = least.where(unit_id == unit).scalar_subquery()
    walk = select(unit.label("unit"), first.label("kind")).cte(recursive=True)
    following = least.where(unit_id == walk.c.unit, Referral.kind > walk.c.kind).scalar_subquery()
    found = walk.union_all(select(walk.c.unit, following).where(walk.c.kind.is_not(None)))
    return select(found.c.kind).where(found.c.kind.is_not(None))


COUNTS = select(*map(_number_in, COUNTED))
RECEIVED_OR_ASKED = (Referral.unit_id.expression, Referral.requesting_unit_id.expression)
KINDS = union(*map(_kinds_by, RECEIVED_OR_ASKED)).order_by("kind")
