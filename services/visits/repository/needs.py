"""Needs as they last stood, and those that somebody asks about again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from services.visits.models import Need
from shared.persistence.base import table_of

DUE = text(
    "SELECT kind, said_at FROM ("
    " SELECT DISTINCT ON (kind) kind, said_at, ask_again_on FROM visits.need"
    " WHERE enrolment_id = :enrolment_id ORDER BY kind, said_at DESC, need_id) AS newest"
    " WHERE ask_again_on <= :on AND NOT visits.was_offered(:enrolment_id, kind, said_at)"
    " ORDER BY said_at, kind"
)


REMOVED = text(
    "SELECT kind, max(said_at) AS said_at FROM visits.need AS n"
    " WHERE enrolment_id = :enrolment_id AND standing = 'removed' AND NOT EXISTS ("
    "  SELECT FROM visits.contact AS c JOIN visits.finding AS f USING (contact_id)"
    "  WHERE c.enrolment_id = n.enrolment_id AND c.voided_at IS NULL"
    "  AND c.mode = 'at_home' AND c.occurred_at > n.said_at)"
    " GROUP BY kind ORDER BY said_at, kind"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNeed:
    """What was said of a need (暂不需要) or of a hazard (销号) of that kind, and when."""

    kind: str
    said_at: datetime


def add_need(session: Session, values: Mapping[str, Any]) -> None:
    """Store what became of a need."""
    session.execute(insert(table_of(Need)).values(values))


def to_ask_again(session: Session, enrolment_id: UUID, on: date) -> list[SaidNeed]:
    """What to ask about again that day: not wanted so long ago, and not offered by anybody since."""
    rows = session.execute(DUE, {"enrolment_id": enrolment_id, "on": on})
    return [SaidNeed(kind=row.kind, said_at=row.said_at) for row in rows]


def removed_hazards(session: Session, enrolment_id: UUID) -> list[SaidNeed]:
    """What who comes to the home next looks at, the longest said first."""
    rows = session.execute(REMOVED, {"enrolment_id": enrolment_id})
    return [SaidNeed(kind=row.kind, said_at=row.said_at) for row in rows]
