"""What coordination notes beside others' rows: who rang, and who has seen to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from shared.persistence.base import table_of
from shared.process.notices import RefusedEffect

PHONED = text("SELECT notices.note_phoned(:whom, :at)")


def note_phoned(session: Session, account_id: UUID, *, at: datetime) -> int:
    """Note that who asks rang this person about every notice due by then; how many there were."""
    noted: int = session.execute(PHONED, {"whom": account_id, "at": at}).scalar_one()
    return noted


def note_settled(session: Session, effect_id: UUID, *, by: UUID, at: datetime) -> bool:
    """Note that somebody has seen to it; false if it is not there for who asks, or was seen to before."""
    table = table_of(RefusedEffect)
    waiting = (table.c.effect_id == effect_id, table.c.settled_at.is_(None))
    noted = update(table).where(*waiting).values(settled_at=at, settled_by=by).returning(table.c.effect_id)
    return session.execute(noted).first() is not None
