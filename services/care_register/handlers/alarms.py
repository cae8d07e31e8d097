"""What a state does to an open 未见到老人 (domain §0.2-1, §0.2-3): quiet at once, over once confirmed.

The word of one person puts the alarm to sleep, one that a try opens meanwhile too; only a second one ends it.
Refused, or over before anybody has confirmed it, it wakes the alarm. After a sign of danger at the door one
person's word keeps nobody from going there (§2.4 step 3).
"""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import uuid5

from services.care_register.repository import states
from services.care_register.repository.alarms import open_alarm
from services.care_register.repository.states import StateRow
from shared.contracts.announcing import fact_message
from shared.domain.codes import StateStatus
from shared.domain.not_seen import is_explained
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.subjects import hold_contacts

STATE_CONFIRMED = "state_confirmed"
"""The outcome that the alarm shows; the state itself names who said so and who checked it."""

MOVES: Mapping[StateStatus, Move] = MappingProxyType(
    {
        StateStatus.REPORTED: Move.SUSPEND,
        StateStatus.CONFIRMED: Move.CONCLUDE,
        StateStatus.REFUSED: Move.RESUME,
        StateStatus.ENDED: Move.RESUME,
    }
)


def tell_alarm(work: UnitOfWork, state: StateRow) -> None:
    """Let the elder's open alarm know how a state now stands, in the transaction of the state."""
    move = MOVES[state.status]
    if not is_explained(state.kind) or (move is Move.RESUME and _is_still_explained(work, state)):
        return
    hold_contacts(work.session, state.enrolment_id)
    alarm = open_alarm(work.session, state.enrolment_id)
    if alarm is None or (move is Move.SUSPEND and alarm.has_red_flag):
        return
    fact = FollowFact(
        request_id=str(uuid5(state.state_id, f"alarm/{state.status}")),
        move=move,
        at=work.now,
        reason=STATE_CONFIRMED if move is Move.CONCLUDE else state.kind,
        fact_id=state.state_id,
    )
    work.announce(fact_message(alarm.referral_id, fact))


def _is_still_explained(work: UnitOfWork, over: StateRow) -> bool:
    """Whether another state says where the elder is: a refused 外出 does not undo 住院."""
    acting = states.acting_states(work.session, over.enrolment_id)
    return any(is_explained(each.kind) and each.state_id != over.state_id for each in acting)
