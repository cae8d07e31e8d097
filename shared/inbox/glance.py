"""What must be known before a move is asked for, read in one trip: who is a party, and what was asked before.

A claim is what people race for, and waits for every trip.
"""

from dataclasses import dataclass
from uuid import UUID

from shared.domain.errors import NotFound
from shared.domain.referral.moves import Status
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.answers import answer_kept
from shared.persistence.engine import Database
from shared.persistence.idempotency import Kept

GLANCE = (
    "SELECT i.body_hash, i.status, i.answer,"
    " r.unit_id, r.requesting_unit_id, r.coordinator_unit_id, r.holder_id, r.seq, r.status"
    " FROM (SELECT) AS always"
    " LEFT JOIN kit.idempotency AS i ON i.account_id = %(account_id)s AND i.key = %(key)s"
    " LEFT JOIN process.referral AS r ON r.referral_id = %(referral_id)s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Whose the referral is, and where it stands."""

    unit_id: str
    requesting_unit_id: str
    coordinator_unit_id: str
    holder_id: UUID | None
    seq: int
    status: Status


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
    asked = {"account_id": act.person.account_id, "key": act.key, "referral_id": act.referral_id}
    row = database.run(act.person, GLANCE, asked)
    assert row is not None  # noqa: S101 - there is always one row
    body_hash, answered, answer, unit_id, requesting, coordinator, holder_id, seq, status = row
    kept = Kept(body_hash=body_hash, status=answered, answer=answer) if body_hash else None
    seen = unit_id and Seen(
        unit_id=unit_id,
        requesting_unit_id=requesting,
        coordinator_unit_id=coordinator,
        holder_id=holder_id,
        seq=seq,
        status=Status(status),
    )
    return Glance(was_asked=kept is not None, answer=answer_kept(kept, act), seen=seen or None)
