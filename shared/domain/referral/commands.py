"""What can be asked of a referral: who asks, when they acted, and which stored words go with it.

`acted_at` is the service's clock once it had parsed and authorised the request: in time means
`acted_at <= limit`. `note_id` names a text stored in `referral_file` before the command was sent.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.domain.calendars import Limit
from shared.domain.kinds import Join, KindSpec
from shared.domain.referral.moves import Move
from shared.domain.referral.state import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportTerms:
    """Which unit supports by which referral, and when the lead unit may end its own work then."""

    referral_id: UUID
    unit_id: str
    join: Join


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeMove:
    """A move that needs no more than itself: acknowledge, accept, release, note, confirm, withdraw, urge.

    `reason` is a code of the policy where the move asks for one. `idle_after` comes with a claim: how long
    nobody may hear of it before it goes back to the unit.
    """

    request_id: str
    move: Move
    actor: Actor
    acted_at: datetime
    reason: str = ""
    note_id: UUID | None = None
    idle_after: Limit | None = None
    support: SupportTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """The unit sends the referral back (退单) with a reason; policy has named the next unit, or none.

    `rule_within` is what a ruling may take, if it comes to that.
    """

    request_id: str
    actor: Actor
    acted_at: datetime
    reason: str
    note_id: UUID | None = None
    next_unit_id: str = ""
    next_kind: KindSpec | None = None
    rule_within: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """The holder states the outcome, a code of the kind's outcomes; `level` is what an assessment found."""

    request_id: str
    actor: Actor
    acted_at: datetime
    outcome: str
    note_id: UUID | None = None
    level: str = ""

    @property
    def stated(self) -> str:
        """The outcome as the ledger keeps it, with what an assessment found."""
        return f"{self.outcome}/{self.level}" if self.level else self.outcome


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
class Onward:
    """Where the elder lives now; which unit policy names for such work there, and the kind as it works it."""

    area_code: str
    unit_id: str
    kind: KindSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowFact:
    """A fact reaches the referral by the relay: suspend, resume, conclude. `reason` says which fact.

    `onward` comes with a hand-over: the elder has moved within the place. UNMAN names the unit as its reason,
    and as `fact_id` who of it has left, if not everybody has.
    """

    request_id: str
    move: Move
    at: datetime
    reason: str
    fact_id: UUID | None = None
    onward: Onward | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTerms:
    """What the policy allows on one ground (暂缓理由), for the kind at hand; days on the wall calendar."""

    max_days: int
    times_at_most: int
    days_at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The holder stops the clocks until the next date (下次日期); no terms: the kind knows no such ground."""

    request_id: str
    actor: Actor
    acted_at: datetime
    ground: str
    until_on: date
    terms: PauseTerms | None
    note_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTerms:
    """How much more time may be granted how often, and by whom."""

    by: Limit
    at_most: int
    grantor_unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTime:
    """The holder asks for more time before the limit (申请延期); no terms: the kind allows none."""

    request_id: str
    actor: Actor
    acted_at: datetime
    terms: TimeTerms | None
    note_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign:
    """Who leads the unit gives the work to one of its people (转办、指派); the service has checked that.

    `held_by` is who held it when this was decided: of two who reassign at once, one learns of the other.
    """

    request_id: str
    actor: Actor
    acted_at: datetime
    to_id: UUID
    held_by: UUID | None
    note_id: UUID | None = None
    idle_after: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate:
    """Somebody of the unit stands in for the holder from one day to another (委托)."""

    request_id: str
    actor: Actor
    acted_at: datetime
    to_id: UUID
    from_on: date
    to_on: date
    note_id: UUID | None = None
