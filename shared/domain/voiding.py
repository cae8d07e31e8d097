"""Who may strike a contact from the book (作废), and until when; nothing is ever rubbed out (domain §2.7-10).

Who was there or typed it in takes back a slip of the same day. After that it takes a second person, and once
no late record can turn a window any more, the book stands.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class VoidObstacle(StrEnum):
    """Why somebody may not void a contact."""

    TOO_LATE = "void_too_late"
    NEEDS_ANOTHER = "void_needs_another"
    NOT_YOURS = "void_not_yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiding:
    """One wish to void a contact: by whom, of what, and the two limits of the plan."""

    by: UUID
    is_coordinator: bool
    at: datetime
    visited_by: UUID
    recorded_by: UUID
    own_until: datetime
    until: datetime


def obstacle(wish: Voiding) -> VoidObstacle | None:
    """What stands in the way, if anything; both limits are still in time on their second."""
    if wish.at > wish.until:
        return VoidObstacle.TOO_LATE
    if wish.by in {wish.visited_by, wish.recorded_by}:
        return VoidObstacle.NEEDS_ANOTHER if wish.at > wish.own_until else None
    return None if wish.is_coordinator else VoidObstacle.NOT_YOURS
