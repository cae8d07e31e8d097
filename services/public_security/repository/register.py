"""What the station may know of the register: whether somebody is in it, and what became of its news."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

ENROLLED_AS = text("SELECT care_register.enrolled_as(:identity)")
STATES = text(
    "SELECT change_id, status, confirm_by, decided_at FROM care_register.news_state"
    " WHERE change_id IN :changes"
    " UNION ALL SELECT effect_id, CASE reason WHEN 'has_left' THEN 'superseded' ELSE 'not_taken' END,"
    " NULL, refused_at FROM notices.refused_effect WHERE effect_id IN :changes"
).bindparams(bindparam("changes", expanding=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsState:
    """Where a change stands at the register; nobody confirms what its rules did not let in (not_taken)."""

    status: str
    confirm_by: datetime | None
    decided_at: datetime | None


def enrolled_as(session: Session, identity: bytes) -> UUID | None:
    """The open enrolment behind the fingerprint of an ID number, in the territory of who asks."""
    found: UUID | None = session.execute(ENROLLED_AS, {"identity": identity}).scalar_one_or_none()
    return found


def news_states(session: Session, change_ids: Iterable[UUID]) -> dict[UUID, NewsState]:
    """The state of each change that has reached the register, be it that its rules refused it."""
    wanted = list(set(change_ids))
    if not wanted:
        return {}
    return {
        row.change_id: NewsState(status=row.status, confirm_by=row.confirm_by, decided_at=row.decided_at)
        for row in session.execute(STATES, {"changes": wanted})
    }
