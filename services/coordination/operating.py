"""What an operator (运维) follows: each process by kind, state and clocks; no elder, no holder, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, column, select, table, text, tuple_
from sqlalchemy.orm import Session

from shared.contracts.names import referral_id
from shared.domain.referral.moves import Status
from shared.policies.model import Policy
from shared.web.messages import BAD_CURSOR
from shared.web.paging import Page, decode_cursor, page_of
from shared.web.problems import InvalidFields
from shared.web.processes import process_link

SHOWN = ("referral_id", "kind", "status", "is_drill", "offered_at", "accept_by", "complete_by", "rung")
TRACE = table("referral_trace", *map(column, (*SHOWN, "subject_id", "next_wake_at")), schema="process")
OUTBOX = text("SELECT waiting, parked, oldest_at FROM kit.outbox_state")
ENDED = [status.value for status in Status if not status.is_open]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessQuery:
    """Which processes: of one elder, drills only, those that have ended too; and which part of them."""

    subject_id: UUID | None = None
    drills: bool = False
    ended: bool = False
    after: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One referral as an operator may see it: id, state, clocks, and its address in Temporal's pages."""

    referral_id: UUID
    words: str
    status: str
    is_drill: bool
    offered_at: datetime
    accept_by: datetime | None
    complete_by: datetime | None
    next_wake_at: datetime | None
    rung: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Of every place, what has been written down and has not reached its process yet.

    parked: refused too often, so that it and what comes after it for the same process wait for an operator.
    oldest_at: since when the oldest of the others waits.
    """

    waiting: int
    parked: int
    oldest_at: datetime | None


def read_delivery(session: Session) -> Delivery:
    """How the outbox stands: numbers alone, no message."""
    return Delivery(**session.execute(OUTBOX).mappings().one())


def read_traces(session: Session, query: ProcessQuery, *, policy: Policy) -> Page[Trace]:
    """The referrals of the territory, the newest first; none to anybody but an operator.

    Raises InvalidFields for a cursor that is not one of ours.
    """
    rows = session.execute(_statement(query)).all()
    page = page_of(
        rows, limit=query.limit, keys=lambda row: (row.offered_at.isoformat(), str(row.referral_id))
    )
    return Page(items=[_trace(row, policy) for row in page.items], next=page.next)


def _statement(query: ProcessQuery) -> Select[Any]:
    trace, order = TRACE.c, (TRACE.c.offered_at, TRACE.c.referral_id)
    wanted = select(TRACE).order_by(*(each.desc() for each in order)).limit(query.limit + 1)
    if query.subject_id:
        wanted = wanted.where(trace.subject_id == query.subject_id)
    if query.drills:
        wanted = wanted.where(trace.is_drill)
    if not query.ended:
        wanted = wanted.where(trace.status.not_in(ENDED))
    if query.after:
        wanted = wanted.where(tuple_(*order) < tuple_(*_seen(query.after)))
    return wanted


def _seen(after: str) -> Sequence[object]:
    offered_at, shown = decode_cursor(after, size=2)
    try:
        return datetime.fromisoformat(offered_at), UUID(shown)
    except ValueError as error:
        raise InvalidFields(errors={"after": [BAD_CURSOR]}) from error


def _trace(row: Row[Any], policy: Policy) -> Trace:
    return Trace(
        referral_id=row.referral_id,
        words=policy.public_kind(row.kind),
        status=policy.label("referral_states", row.status),
        is_drill=row.is_drill,
        offered_at=row.offered_at,
        accept_by=row.accept_by,
        complete_by=row.complete_by,
        next_wake_at=row.next_wake_at,
        rung=row.rung,
        link=process_link(referral_id(row.referral_id)),
    )
