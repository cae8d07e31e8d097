"""A department's record closes its referral: the record is saved first; then the process judges the end.

If the end is refused the record stays, and the refusal says what is possible now (`explained`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.desk import Desk
from shared.inbox.handlers import perform
from shared.inbox.handling.messages import RECORD_KEPT
from shared.platform.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a record says of its referral: the outcome, and words for the asking side.

    `record` is what the record is called by in its department, `<kind>/<id>`: it states its end once.
    """

    referral_id: UUID
    outcome: str
    text: str
    record: str


def state_end(desk: Desk, ending: Ending, *, person: Principal, at: datetime) -> ReferralAnswer:
    """State the outcome, once for each record. Raises as `shared.inbox.handlers.perform` does."""
    act = Act(
        person=person,
        move=Move.COMPLETE,
        referral_id=ending.referral_id,
        at=at,
        key=f"{ending.record}/done",
        code=ending.outcome,
        text=ending.text,
    )
    return perform(desk, act)


def kept_without_end(refused: Wording) -> Wording:
    """The refusal of an end as it is said to whoever has just saved its record: that stays in any case."""
    return replace(refused, title=RECORD_KEPT.format(why=refused.title))
