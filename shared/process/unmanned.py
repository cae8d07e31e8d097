"""Work of who is not there any more, a person or a whole unit: its process learns of it within a minute."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid5

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from shared.contracts.announcing import fact_message
from shared.contracts.outbox import OutboxMessage
from shared.domain.periods import local_day
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import LedgerCode
from shared.policies.book import PolicyBook
from shared.process.openings import policy_at
from shared.process.recipients import WORKERS

SAID_AGAIN_AFTER = timedelta(days=1)
"""Nobody is told twice a day that a unit is empty; a search stays with its unit, and is told of every day."""

LEFT = text(
    "SELECT r.referral_id, waits.unit_id, waits.said FROM process.referral AS r CROSS JOIN LATERAL (SELECT"
    " CASE r.status WHEN 'completed' THEN r.requesting_unit_id ELSE r.unit_id END AS unit_id,"
    " CASE r.status WHEN 'completed' THEN :unconfirmed ELSE :unmanned END AS said) AS waits"
    " WHERE r.status IN ('offered', 'accepted', 'completed') AND r.jurisdiction_id = :place"
    " AND (r.suspended_at IS NULL OR r.paused_for <> '')"
    " AND NOT EXISTS (SELECT FROM identity.unit_members AS m"
    " JOIN identity.unit_directory AS u ON u.unit_id = m.unit_id AND u.active"
    " WHERE m.unit_id = waits.unit_id AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day))"
    " AND NOT EXISTS (SELECT FROM process.referral_ledger AS l WHERE l.referral_id = r.referral_id"
    " AND l.code = waits.said AND l.unit_id = waits.unit_id AND l.at > :lately)"
    " ORDER BY r.referral_id"
)
"""What is done waits for the unit that asked, to agree; all else for the unit that does it."""

LEFT_BY_HOLDER = text(
    "SELECT r.referral_id, r.unit_id, r.holder_id, r.held_since FROM process.referral AS r"
    " WHERE r.status = 'accepted' AND r.holder_id IS NOT NULL AND r.jurisdiction_id = :place"
    " AND NOT EXISTS (SELECT FROM identity.unit_members AS m WHERE m.unit_id = r.unit_id"
    " AND m.account_id = r.holder_id AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day)"
    " AND m.roles && CAST(:workers AS text[]))"
    " AND EXISTS (SELECT FROM identity.unit_members AS m"
    " JOIN identity.unit_directory AS u ON u.unit_id = m.unit_id AND u.active"
    " WHERE m.unit_id = r.unit_id AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day))"
    " ORDER BY r.referral_id"
)
"""Who has lost the role to work on it has left it too. Somebody else is there to have it back; where nobody
is, the whole unit is left."""


def unmanned_messages(session: Session, book: PolicyBook, now: datetime) -> Iterable[OutboxMessage]:
    """A message to each referral that waits for nobody; again within a day it says nothing more."""
    for place in book.jurisdictions():
        day = local_day(now, policy_at(book, place, now).jurisdiction.zone)
        asked = {
            "place": place,
            "day": day,
            "unmanned": LedgerCode.UNMANNED,
            "unconfirmed": LedgerCode.NOBODY_TO_CONFIRM,
            "lately": now - SAID_AGAIN_AFTER,
            "workers": [role.value for role in WORKERS],
        }
        for row in session.execute(LEFT, asked):
            yield fact_message(row.referral_id, _left_by_all(row, day, now))
        for row in session.execute(LEFT_BY_HOLDER, asked):
            yield fact_message(row.referral_id, _left_by_holder(row, now))


def _left_by_all(row: Row[Any], day: date, now: datetime) -> FollowFact:
    request_id = str(uuid5(row.referral_id, f"{row.said}/{row.unit_id}/{day}"))
    return FollowFact(request_id=request_id, move=Move.UNMAN, at=now, reason=row.unit_id)


def _left_by_holder(row: Row[Any], now: datetime) -> FollowFact:
    """Said once for each time that somebody has taken it."""
    taken = f"holder_left/{row.holder_id}/{row.held_since.isoformat()}"
    return FollowFact(
        request_id=str(uuid5(row.referral_id, taken)),
        move=Move.UNMAN,
        at=now,
        reason=row.unit_id,
        fact_id=row.holder_id,
    )
