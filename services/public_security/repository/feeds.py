"""Feeds and their rows, in the tables of this service."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.public_security.codes import FeedVerdict
from services.public_security.models import Feed, FeedRow

__all__ = ["Feed", "FeedRow"]
"""The rows themselves, for who reads them: only this package says how they are stored."""


def feed_of_file(session: Session, unit_id: str, file_hash: bytes) -> UUID | None:
    """The feed that this file of the unit became."""
    known = select(Feed.feed_id).where(Feed.unit_id == unit_id, Feed.file_hash == file_hash)
    return session.scalars(known).one_or_none()


def add_feed(session: Session, values: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> bool:
    """Store a feed with its rows; False if a twin of the upload was first."""
    added = insert(Feed).values(values).on_conflict_do_nothing().returning(Feed.feed_id)
    if session.execute(added).first() is None:
        return False
    if rows:
        session.execute(insert(FeedRow), list(rows))
    return True


def feed(session: Session, feed_id: UUID, *, locked: bool = False) -> Feed | None:
    """One feed of the units of who asks."""
    return session.get(Feed, feed_id, with_for_update=locked)


def feeds(session: Session, *, after: tuple[datetime, UUID] | None, limit: int) -> list[Feed]:
    """The feeds, newest first, behind `after`; one more than `limit` if there are more."""
    keys = (Feed.uploaded_at, Feed.feed_id)
    wanted = select(Feed).where(tuple_(*keys) < tuple_(*after)) if after else select(Feed)
    return list(session.scalars(wanted.order_by(*(key.desc() for key in keys)).limit(limit + 1)))


def rows(session: Session, feed_id: UUID) -> list[FeedRow]:
    """The rows of a feed in their order."""
    of_feed = select(FeedRow).where(FeedRow.feed_id == feed_id)
    return list(session.scalars(of_feed.order_by(FeedRow.position)))


def counts(session: Session, feed_ids: Sequence[UUID]) -> dict[UUID, dict[FeedVerdict, int]]:
    """How many rows of each feed have which verdict."""
    counted: dict[UUID, dict[FeedVerdict, int]] = {feed_id: {} for feed_id in feed_ids}
    of_each = select(FeedRow.feed_id, FeedRow.verdict, func.count()).where(FeedRow.feed_id.in_(feed_ids))
    found: Any = session.execute(of_each.group_by(FeedRow.feed_id, FeedRow.verdict))
    for feed_id, verdict, number in found:
        counted[feed_id][verdict] = number
    return counted


def settle(session: Session, row: FeedRow, values: Mapping[str, object]) -> None:
    """What became of a row."""
    mine = (FeedRow.feed_id == row.feed_id, FeedRow.position == row.position)
    session.execute(update(FeedRow).where(*mine).values(values))


def sent(session: Session, feed_id: UUID, at: datetime) -> None:
    """The feed's rows have gone to the register."""
    session.execute(update(Feed).where(Feed.feed_id == feed_id).values(sent_at=at))
