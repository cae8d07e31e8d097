"""The station's records: one way to store, find and change each kind of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.public_security.models import Change, FraudTalk, MissingPerson, WelfareCheck
from shared.persistence.base import table_of

__all__ = ["Change", "FraudTalk", "MissingPerson", "WelfareCheck"]
"""The rows themselves, for who reads them: only this package says how they are stored."""

Record: TypeAlias = Change | WelfareCheck | FraudTalk | MissingPerson
Kept = TypeVar("Kept", bound=Record)

After: TypeAlias = tuple[datetime, UUID]
"""When the last record of a page was put down, and what it is called by."""

IDS: Mapping[type[object], str] = {
    Change: "change_id",
    WelfareCheck: "check_id",
    FraudTalk: "talk_id",
    MissingPerson: "case_id",
}
"""What each kind of record is called by."""


def add(session: Session, kind: type[Record], values: Mapping[str, object]) -> bool:
    """Store a record; False if it is stored already."""
    added = insert(kind).values(values).on_conflict_do_nothing().returning(getattr(kind, IDS[kind]))
    return session.execute(added).first() is not None


def one(session: Session, kind: type[Kept], record_id: UUID, *, locked: bool = False) -> Kept | None:
    """One record of the units of who asks."""
    return session.get(kind, record_id, with_for_update=locked, populate_existing=True)


def change(session: Session, kind: type[Record], record_id: UUID, values: Mapping[str, object]) -> None:
    """Store other values of a record."""
    session.execute(update(kind).where(getattr(kind, IDS[kind]) == record_id).values(values))


def of_referral(session: Session, kind: type[Kept], referral_id: UUID) -> list[Kept]:
    """The records of a referral, oldest first."""
    mine = select(kind).where(kind.referral_id == referral_id).order_by(kind.recorded_at)
    return list(session.scalars(mine))


def newest(session: Session, kind: type[Kept], *, limit: int) -> list[Kept]:
    """The newest records; what is under way comes first, however old it is."""
    columns = table_of(kind).c
    ended = [columns.ended_at.is_not(None)] if "ended_at" in columns else []
    is_over = [or_(*ended, columns.voided_at.is_not(None))] if ended else []
    return list(session.scalars(select(kind).order_by(*is_over, kind.recorded_at.desc()).limit(limit)))


def page(session: Session, kind: type[Kept], *, after: After | None, limit: int) -> list[Kept]:
    """Every record, newest first, from behind `after` on; one more than `limit` if there are more."""
    columns = table_of(kind).c
    keys = (columns.recorded_at, columns[IDS[kind]])
    wanted = select(kind).where(tuple_(*keys) < tuple_(*after)) if after else select(kind)
    return list(session.scalars(wanted.order_by(*(key.desc() for key in keys)).limit(limit + 1)))
