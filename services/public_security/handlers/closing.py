"""A record closes its referral: saved first, in a transaction of its own; then the process judges the end.

If the end is refused the record stays, and the refusal says what is possible now.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.referral.moves import Move
from shared.inbox.acts import Act
from shared.inbox.desk import Desk
from shared.inbox.handlers import perform


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a record says of its referral: the outcome and words, under the record's own key."""

    referral_id: UUID
    outcome: str
    text: str
    record: str


def close_referral(desk: Desk, ending: Ending, *, person: Principal, at: datetime) -> None:
    """State the outcome, once for each record. Raises as `shared.inbox.handlers.perform` does."""
    perform(
        desk,
        Act(
            person=person,
            move=Move.COMPLETE,
            referral_id=ending.referral_id,
            at=at,
            key=f"{ending.record}/done",
            code=ending.outcome,
            text=ending.text,
        ),
    )
