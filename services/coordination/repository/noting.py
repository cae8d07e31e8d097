"""What coordination notes beside others' rows: who rang, and who has seen to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from shared.persistence.base import table_of
from shared.process.notices import Notice, RefusedEffect


def note_phoned(session: Session, account_id: UUID, *, by: UUID, at: datetime) -> int:
    """Note that somebody rang this person about every notice due by then; how many there were."""
    waiting = (
        Notice.account_id == account_id,
        Notice.not_before <= at,
        Notice.acknowledged_at.is_(None),
        Notice.phoned_at.is_(None),
    )
    noted = update(Notice).where(*waiting).values(phoned_at=at, phoned_by=by).returning(Notice.notice_id)
    return len(session.execute(noted, execution_options={"synchronize_session": False}).all())


def note_settled(session: Session, effect_id: UUID, *, by: UUID, at: datetime) -> bool:
    """Note that somebody has seen to it; false if it is not there for who asks, or was seen to before."""
    table = table_of(RefusedEffect)
    waiting = (table.c.effect_id == effect_id, table.c.settled_at.is_(None))
    noted = update(table).where(*waiting).values(settled_at=at, settled_by=by).returning(table.c.effect_id)
    return session.execute(noted).first() is not None
