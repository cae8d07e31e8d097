"""What can be asked of a referral: who asks, when they acted, and which stored words go with it.

`acted_at` is the service's clock once it had parsed and authorised the request: in time means
`acted_at <= limit`. `note_id` names a text stored in `referral_file` before the command was sent.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.domain.kinds import KindSpec
from shared.domain.referral.moves import Move
from shared.domain.referral.state import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeMove:
    """A move that needs no more than itself: acknowledge, accept, release, note, confirm, withdraw, urge.

    `reason` is a code of the policy where the move asks for one.
    """

    request_id: str
    move: Move
    actor: Actor
    acted_at: datetime
    reason: str = ""
    note_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """The unit sends the referral back (退单) with a reason; policy has named the next unit, or none."""

    request_id: str
    actor: Actor
    acted_at: datetime
    reason: str
    note_id: UUID | None = None
    next_unit_id: str = ""
    next_kind: KindSpec | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """The holder states the outcome, a code of the kind's outcomes."""

    request_id: str
    actor: Actor
    acted_at: datetime
    outcome: str
    note_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint:
    """The coordinator names the unit (指定承办单位); the unit cannot decline it."""

    request_id: str
    actor: Actor
    acted_at: datetime
    unit_id: str
    kind: KindSpec
    note_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCalendar:
    """A year's work-day table has been published (放假安排): its free days and make-up working days."""

    request_id: str
    acted_at: datetime
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    known_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowFact:
    """A fact reaches the referral by the relay: suspend, resume, conclude. `reason` says which fact."""

    request_id: str
    move: Move
    at: datetime
    reason: str
    fact_id: UUID | None = None
