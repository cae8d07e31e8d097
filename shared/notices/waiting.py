"""The notices that wait to be sent, as the sender works them: taken under a lease, settled in a transaction.

A lease is a `try_at` a little ahead, so that no row stays locked while a provider is asked: the person may
read and acknowledge meanwhile. If the sender dies, the lease runs out and they are sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, text

from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.domain.codes import Urgency
from shared.persistence.engine import Database
from shared.process.notices import AttemptOutcome, ChannelCode

SENDER = Principal(account_id=UUID(int=0), jurisdiction_id=EVERY_JURISDICTION)
"""The sender acts for every place and is nobody's account."""

LEASE = timedelta(seconds=60)
"""Longer than every channel may take together: nobody else sends the same meanwhile."""

SETTLE = timedelta(seconds=60)
"""Routine notices wait so long for others of their moment: wake-ups of processes are spread over 40 s."""

TAKE = text("""
WITH head AS (
    SELECT * FROM notices.notice
    WHERE sent_at IS NULL AND given_up_at IS NULL AND acknowledged_at IS NULL AND phoned_at IS NULL
        AND not_before <= :now AND (urgency = 'urgent' OR not_before <= :settled)
        AND (try_at IS NULL OR try_at <= :now)
    ORDER BY urgency DESC, not_before, notice_id -- as ix_notice_next, so that one row is read, not all
    LIMIT 1 FOR UPDATE SKIP LOCKED
),
together AS (
    SELECT alike.notice_id, coalesce(head.sending_id, head.notice_id) AS sending_id
    FROM head CROSS JOIN LATERAL (
        SELECT n.notice_id FROM notices.notice AS n
        WHERE n.sent_at IS NULL AND n.given_up_at IS NULL
            AND n.acknowledged_at IS NULL AND n.phoned_at IS NULL
            AND n.account_id = head.account_id AND n.not_before <= :now
            AND n.sending_id IS NOT DISTINCT FROM head.sending_id
            AND (n.unit_id, n.code, n.urgency, n.params)
                = (head.unit_id, head.code, head.urgency, head.params)
        FOR UPDATE SKIP LOCKED
    ) AS alike
)
UPDATE notices.notice AS n SET sending_id = together.sending_id, try_at = :leased_until
FROM together WHERE n.notice_id = together.notice_id
RETURNING n.*
""")
PHONE = text("SELECT phone FROM identity.account_phone WHERE account_id = :account_id")
NOTE_ATTEMPT = text("""
INSERT INTO notices.attempt (notice_id, jurisdiction_id, area_code, channel, at, outcome, detail)
SELECT notice_id, jurisdiction_id, area_code, :channel, :at, :outcome, :detail
FROM notices.notice WHERE notice_id IN :notice_ids
""").bindparams(bindparam("notice_ids", expanding=True))
SETTLE_NOTICES = text("""
UPDATE notices.notice
SET tries = tries + :tried, sent_at = :sent_at, given_up_at = :given_up_at, try_at = :try_at
WHERE notice_id IN :notice_ids
""").bindparams(bindparam("notice_ids", expanding=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What one person is told at once: notices with the same words that waited together.

    `key` is the id of the intent that leads them. It is kept with each of them, so that the same ones go out
    under the same key however often they are tried; one that joins later is a sending of its own.
    """

    key: UUID
    notice_ids: tuple[UUID, ...]
    jurisdiction_id: str
    account_id: UUID
    code: str
    params: dict[str, Any]
    count: int
    urgency: Urgency
    waiting_since: datetime
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try on one channel; `may_help` says whether another may turn out otherwise."""

    channel: ChannelCode
    at: datetime
    outcome: AttemptOutcome
    detail: str
    may_help: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What becomes of a sending: exactly one of the three instants is set."""

    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    try_at: datetime | None = None


class WaitingNotices:
    """The sender's statements, each call a transaction of its own."""

    def __init__(self, database: Database) -> None:
        """Work through the login that may send."""
        self._database = database

    def take(self, now: datetime) -> Sending | None:
        """The most urgent that is due, the oldest first, ours for the lease; None if nothing is due."""
        asked = {"now": now, "settled": now - SETTLE, "leased_until": now + LEASE}
        with self._database.begin(SENDER, now) as work:
            rows = work.session.execute(TAKE, asked).all()
        return _sending(rows) if rows else None

    def phone_of(self, account_id: UUID, now: datetime) -> str | None:
        """The person's number as it stands now; none for an account that is locked or has none."""
        with self._database.begin(SENDER, now) as work:
            found: str | None = work.session.execute(PHONE, {"account_id": account_id}).scalar_one_or_none()
        return found

    def settle(
        self, sending: Sending, attempts: Sequence[Attempt], settled: Settled, *, now: datetime
    ) -> None:
        """Note the tries, and what becomes of the notices, together."""
        chosen = {"notice_ids": list(sending.notice_ids)}
        tries = [
            {
                **chosen,
                "channel": attempt.channel.value,
                "at": attempt.at,
                "outcome": attempt.outcome.value,
                "detail": attempt.detail,
            }
            for attempt in attempts
        ]
        changes = {
            **chosen,
            "tried": int(bool(attempts)),
            "sent_at": settled.sent_at,
            "given_up_at": settled.given_up_at,
            "try_at": settled.try_at,
        }
        with self._database.begin(SENDER, now) as work:
            for each in tries:
                work.session.execute(NOTE_ATTEMPT, each)
            work.session.execute(SETTLE_NOTICES, changes)


def _sending(rows: Sequence[Row[Any]]) -> Sending:
    first = rows[0]
    return Sending(
        key=first.sending_id,
        notice_ids=tuple(sorted(row.notice_id for row in rows)),
        jurisdiction_id=first.jurisdiction_id,
        account_id=first.account_id,
        code=first.code,
        params=first.params,
        # Two notices about the same work are one thing to look at.
        count=len({row.referral_id or row.enrolment_id or row.notice_id for row in rows}),
        urgency=Urgency(first.urgency),
        waiting_since=min(row.not_before for row in rows),
        tries=max(row.tries for row in rows),
    )
