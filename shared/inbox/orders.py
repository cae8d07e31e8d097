"""In which order an inbox lists, and where a page ends: by keys that never change while a row is in a list.

Open lists show urgent kinds first, then who has waited longest; what is done shows the newest first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    literal_column,
    select,
    tuple_,
    union,
)

from shared.domain.codes import Urgency
from shared.process.tables import Referral
from shared.web.messages import BAD_CURSOR
from shared.web.paging import decode_cursor
from shared.web.problems import InvalidFields

YES = "1"
NO = "0"
IS_ROUTINE = Referral.urgency != literal_column("'urgent'")
"""False sorts before true: urgent ones come first. Written out, as the index has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Sort columns, and the cursor made of them: `write` from a row, `read` back into values."""

    columns: tuple[ColumnElement[Any], ...]
    is_newest_first: bool
    write: Callable[[Referral], Sequence[str]]
    read: Callable[[Sequence[str]], tuple[object, ...]]

    def cut(self, branches: Sequence[ColumnElement[bool]], *, limit: int) -> Select[Referral]:
        """The rows of any of the branches, one more than the page shows."""
        found = self.first_of(branches, limit=limit + 1)
        return self._first(select(Referral).where(Referral.referral_id.in_(found)), limit + 1)

    @property
    def is_after(self) -> ColumnElement[bool]:
        """Behind the cursor, which is a parameter: `after` reads it."""
        here, seen = tuple_(*self.columns), tuple_(*self._seen)
        return here < seen if self.is_newest_first else here > seen

    def after(self, cursor: str) -> dict[str, object]:
        """The parameters of `is_after`. Raises InvalidFields for a cursor that is not one of ours."""
        keys = decode_cursor(cursor, size=len(self.columns))
        try:
            return dict(zip([each.key for each in self._seen], self.read(keys), strict=True))
        except ValueError as error:
            raise InvalidFields(errors={"after": [BAD_CURSOR]}) from error

    @property
    def _seen(self) -> list[BindParameter[Any]]:
        return [bindparam(f"seen_{at}", type_=each.type) for at, each in enumerate(self.columns)]

    def first_of(self, branches: Sequence[ColumnElement[bool]], *, limit: int) -> CompoundSelect[UUID]:
        """The ids of the first of each branch, each once.

        Each branch is cut for itself: it then follows an index in this order, and no thousands are sorted for
        the sake of fifty.
        """
        cuts = [
            self._first(select(Referral.referral_id).where(branch), limit).subquery() for branch in branches
        ]
        return union(*(select(cut.c.referral_id) for cut in cuts))

    def _first(self, statement: Select[Any], limit: int) -> Select[Any]:
        """The limit is written out: one plan serves whoever asks, and must know how few are wanted."""
        columns = [column.desc() if self.is_newest_first else column for column in self.columns]
        return statement.order_by(*columns).limit(literal_column(str(limit)))


def _write_open(row: Referral) -> Sequence[str]:
    return (NO if row.urgency is Urgency.URGENT else YES, row.offered_at.isoformat(), str(row.referral_id))


def _read_open(keys: Sequence[str]) -> tuple[object, ...]:
    return keys[0] == YES, _instant(keys[1]), UUID(keys[2])


def _write_done(row: Referral) -> Sequence[str]:
    return (row.closed_at or row.offered_at).isoformat(), str(row.referral_id)


def _read_done(keys: Sequence[str]) -> tuple[object, ...]:
    return _instant(keys[0]), UUID(keys[1])


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant without a zone")
    return at


OPEN_ORDER = Order(
    columns=(IS_ROUTINE, Referral.offered_at.expression, Referral.referral_id.expression),
    is_newest_first=False,
    write=_write_open,
    read=_read_open,
)
DONE_ORDER = Order(
    columns=(Referral.closed_at.expression, Referral.referral_id.expression),
    is_newest_first=True,
    write=_write_done,
    read=_read_done,
)
