"""What must be known before a move is asked for, read in one trip: who is a party, and what was asked before.

A claim is what people race for, and waits for every trip.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.domain.errors import NotFound
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.answers import answer_kept
from shared.persistence.engine import Database
from shared.persistence.idempotency import Kept

GLANCE = (
    "SELECT i.body_hash, i.status, i.answer,"
    " r.unit_id, r.requesting_unit_id, r.coordinator_unit_id, r.holder_id, r.seq, r.status,"
    " r.jurisdiction_id, r.kind,"
    " r.grantor_unit_id, r.delegate_id, r.delegate_from_on, r.delegate_to_on, r.outcome, r.closed_at,"
    " CASE WHEN %(is_claim)s AND r.urgency = 'routine' THEN (SELECT count(*) FROM process.referral AS m"
    " WHERE m.unit_id = r.unit_id AND m.status = 'accepted' AND m.urgency = 'routine'"
    " AND m.holder_id = %(account_id)s) ELSE 0 END"
    " FROM (SELECT) AS always"
    " LEFT JOIN kit.idempotency AS i ON i.account_id = %(account_id)s AND i.key = %(key)s"
    " LEFT JOIN process.referral AS r ON r.referral_id = %(referral_id)s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Whose the referral is, what work, and where it stands; `held` is how much a claimer holds already."""

    unit_id: str
    requesting_unit_id: str
    coordinator_unit_id: str
    holder_id: UUID | None
    seq: int
    status: Status
    jurisdiction_id: str
    kind: str
    grantor_unit_id: str
    delegate_id: UUID | None
    delegate_from_on: date | None
    delegate_to_on: date | None
    outcome: str
    closed_at: datetime | None
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What one look shows. `seen` is None for a referral that row policies hide, and for one that never was.

    was_asked: this person asked just this before, under the same key; `answer`: what they learned, if at all.
    """

    was_asked: bool
    answer: ReferralAnswer | None
    seen: Seen | None

    @property
    def referral(self) -> Seen:
        """The referral. Raises NotFound if it cannot be seen."""
        if self.seen is None:
            raise NotFound("referral_not_found")
        return self.seen


def glance_at(database: Database, act: Act) -> Glance:
    """Look once. Raises IdempotencyMismatchError if the key asked something else before."""
    asked = {
        "account_id": act.person.account_id,
        "key": act.key,
        "referral_id": act.referral_id,
        "is_claim": act.move is Move.ACCEPT,
    }
    row = database.run(act.person, GLANCE, asked)
    assert row is not None  # noqa: S101 - there is always one row
    body_hash, answered, answer, *referral = row
    kept = Kept(body_hash=body_hash, status=answered, answer=answer) if body_hash else None
    return Glance(was_asked=kept is not None, answer=answer_kept(kept, act), seen=_seen(referral))


def _seen(values: Sequence[Any]) -> Seen | None:
    """The referral's part of the row, in the order of `Seen`; all empty if it is out of sight."""
    if values[0] is None:
        return None
    given = dict(zip((field.name for field in fields(Seen)), values, strict=True))
    return Seen(**{**given, "status": Status(given["status"])})
