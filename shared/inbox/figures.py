"""What a page of the inbox says beside its list: how many stand in each, and which kinds of work occur."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, Text, bindparam, func, select, union
from sqlalchemy.orm import Session

from shared.inbox.codes import View
from shared.inbox.notices import UNREAD
from shared.inbox.orders import OPEN_ORDER
from shared.inbox.reader import Reader
from shared.inbox.views import BRANCHES, IS_NAMED, asked_for
from shared.process.tables import Referral

MOST_COUNTED = 99
"""Beyond it a number tells nobody what to do next, and counting it would take longer than the page."""

COUNTED = tuple(view for view in View if view is not View.DONE)
"""The lists that ask for something; what is done is not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many stand in each list that asks for something, at most one more than `MOST_COUNTED`.

    kinds: those of which the reader's units have received or asked for any, as far as they may be named.
    unread: how many of the person's notices wait to be acknowledged.
    """

    counts: Mapping[View, int]
    kinds: Sequence[str]
    unread: int


def read_figures(session: Session, reader: Reader) -> Figures:
    """All of them in one trip."""
    *counts, kinds, unread = session.execute(FIGURES, asked_for(reader)).one()
    counted: dict[View, int] = {
        view: min(found, MOST_COUNTED + 1) for view, found in zip(COUNTED, counts, strict=True)
    }
    return Figures(counts=counted, kinds=kinds, unread=unread)


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


RECEIVED_OR_ASKED = (Referral.unit_id.expression, Referral.requesting_unit_id.expression)
KINDS = union(*map(_kinds_by, RECEIVED_OR_ASKED)).order_by("kind")
FIGURES = select(*map(_number_in, COUNTED), func.array(KINDS.scalar_subquery()), UNREAD.scalar_subquery())
