"""What a try means for 未见到老人 (domain §0.2-1): it opens the alarm, ends it, or leaves it as it is."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.codes import Reach, StateKind
from shared.domain.late_entry import Lateness

EXPLAINS_ABSENCE = frozenset(
    {
        StateKind.IN_HOSPITAL,
        StateKind.AWAY,
        StateKind.SHORT_STAY,
        StateKind.PRESUMED_DEAD,
        StateKind.PRESUMED_MOVED,
    }
)
"""States that say where the elder is. Who declines visits (谢绝探访) should still answer."""


class Consequence(StrEnum):
    """What follows from a try."""

    NOTHING = "nothing"
    OPENS = "opens"
    OPENS_ASLEEP = "opens_asleep"
    ENDS = "ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try, as far as this rule needs it.

    is_state_confirmed: whether a second person has confirmed the state.
    is_vouched: somebody vouched with name and phone, and a day for the next contact is set.
    was_seen_since: a later contact already reached the elder; a late record must not raise a past alarm.
    """

    reach: Reach
    lateness: Lateness
    state: StateKind | None
    is_state_confirmed: bool = False
    is_device: bool = False
    has_red_flag: bool = False
    is_vouched: bool = False
    was_seen_since: bool = False


def consequence(attempt: Try) -> Consequence:
    """What the try does to the alarm. A device reaches nobody and so neither raises nor ends it.

    While one person's word alone says where the elder is, the alarm opens asleep: if a second person refuses
    the state it wakes, if the state is confirmed it ends (§0.2-1, §0.2-3). A sign of danger at the door sends
    somebody whatever anybody has said (§2.4 step 3).
    """
    if attempt.is_device:
        return Consequence.NOTHING
    if attempt.reach.is_reached or (attempt.reach is Reach.OTHERS_ANSWERED and attempt.is_vouched):
        return Consequence.ENDS
    if attempt.was_seen_since or attempt.lateness is Lateness.TOO_LATE:
        return Consequence.NOTHING
    if attempt.has_red_flag or not is_explained(attempt.state):
        return Consequence.OPENS
    return Consequence.NOTHING if attempt.is_state_confirmed else Consequence.OPENS_ASLEEP


def is_explained(state: StateKind | None) -> bool:
    """Whether an acting state says where the elder is: nobody is sent to the door meanwhile (§0.2-3)."""
    return state in EXPLAINS_ABSENCE
