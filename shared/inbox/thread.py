"""What else is under way or was done about an elder, across departments, as far as the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.inbox.names import load_names
from shared.inbox.reader import Reader
from shared.inbox.words import State
from shared.process.tables import Referral

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadLine:
    """Another referral about the same elder."""

    referral_id: UUID
    words: str
    state: State
    unit: str
    offered_at: datetime
    offered_on: date | None


def other_referrals(session: Session, row: Referral, reader: Reader) -> Sequence[ThreadLine]:
    """The other referrals about the same elder, the newest first: row policies say which may be seen."""
    if row.subject_id is None:
        return ()
    others = select(Referral).where(
        Referral.subject_id == row.subject_id, Referral.referral_id != row.referral_id
    )
    rows = session.scalars(others.order_by(Referral.offered_at.desc()).limit(MOST_SHOWN)).all()
    names = load_names(session, accounts=[], units=[each.unit_id for each in rows])
    return [
        ThreadLine(
            referral_id=each.referral_id,
            words=reader.kind_words(each),
            state=reader.words_for(each).state(each),
            unit=names.unit(each.unit_id),
            offered_at=each.offered_at,
            offered_on=reader.offered_on(each),
        )
        for each in rows
    ]
