"""The state of one referral, complete: what continue-as-new carries and what every decision starts from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.calendars import Limit
from shared.domain.kinds import ClockRule, Join, KindSpec
from shared.domain.periods import local_day
from shared.domain.referral.moves import Party, Status


class ClockName(StrEnum):
    """接单时限 and 办结时限; how soon a unit is named (指定时限); how long a claim may idle (闲置时限)."""

    ACCEPT = "accept"
    COMPLETE = "complete"
    RULING = "ruling"
    IDLE = "idle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A running clock. `moments` are its instants in order: reminders, the limit, the rungs past it.

    `passed` counts those already passed. `turn` counts the times the clock was started anew, so that a rung
    of the second turn is not mistaken for one of the first.
    """

    name: ClockName
    turn: int
    started_at: datetime
    moments: tuple[datetime, ...]
    limit_index: int
    passed: int = 0

    @property
    def limit_at(self) -> datetime:
        """The last instant in time."""
        return self.moments[self.limit_index]

    @property
    def is_breached(self) -> bool:
        """Whether the limit has been passed."""
        return self.passed > self.limit_index


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A limit that was passed: kept for ever, with the unit that was to act and the cause that it named."""

    clock: ClockName
    turn: int
    limit_at: datetime
    unit_id: str
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The unit has stopped the clocks (暂缓) on a ground of the policy, until the next date it has named."""

    ground: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """More time has been asked for (延期): how much, and which unit decides before the limit."""

    by: Limit
    grantor_unit_id: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Who stands in for the holder (委托), from the first day to the last, both included."""

    to_id: UUID
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """A unit that supports (协办), by a referral of its own with clocks and breaches of its own."""

    referral_id: UUID
    unit_id: str
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralState:
    """Everything a referral knows. `subject_id` is the elder's enrolment; words are in `referral_file`.

    The clocks stand still since `suspended_at`: because a fact keeps them (`is_quiet`), because the unit has
    paused them, or both. They go on when neither does. `lead_id` is the referral that this one supports.
    """

    referral_id: UUID
    jurisdiction_id: str
    area_code: str
    kind: KindSpec
    unit_id: str
    requesting_unit_id: str
    offered_at: datetime
    subject_id: UUID | None = None
    origin_id: UUID | None = None
    seq: int = 0
    status: Status = Status.OFFERED
    holder_id: UUID | None = None
    held_since: datetime | None = None
    acknowledged_at: datetime | None = None
    declines: int = 0
    is_appointed: bool = False
    urged: int = 0
    outcome: str = ""
    level: str = ""
    suspended_at: datetime | None = None
    turns: int = 0
    clocks: tuple[Clock, ...] = ()
    breaches: tuple[Breach, ...] = ()
    is_quiet: bool = False
    paused: Paused | None = None
    pauses: int = 0
    paused_days: int = 0
    asked_time: AskedTime | None = None
    extended: int = 0
    delegation: Delegation | None = None
    idle_after: Limit | None = None
    rule_within: Limit | None = None
    lead_id: UUID | None = None
    supporters: tuple[Supporter, ...] = ()
    join: Join = Join.ALL

    @property
    def has_slept_since_start(self) -> bool:
        """Whether it began asleep and nobody has been told of it yet."""
        return self.turns == 0 and self.suspended_at == self.offered_at

    def clock(self, name: ClockName) -> Clock | None:
        """The running clock of that name, if it runs."""
        return next((clock for clock in self.clocks if clock.name is name), None)

    def rule(self, name: ClockName) -> ClockRule:
        """What the kind says of that clock, or what came with the command that started it."""
        match name:
            case ClockName.ACCEPT:
                return self.kind.accept
            case ClockName.COMPLETE:
                return self.kind.complete
            case ClockName.RULING:
                return ClockRule(limit=self.rule_within)
        return ClockRule(limit=self.idle_after)

    def stands_in(self, account_id: UUID, at: datetime) -> bool:
        """Whether that person acts for the holder on the day of the instant."""
        if self.delegation is None or self.delegation.to_id != account_id:
            return False
        return self.delegation.from_on <= local_day(at, self.kind.calendar.zone) <= self.delegation.to_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who makes a move, on behalf of which unit. The service has checked that they belong to it, live."""

    account_id: UUID
    unit_id: str
    is_lead: bool = False

    def parties(self, state: ReferralState, at: datetime) -> frozenset[Party]:
        """What this person is to the referral at the instant."""
        asked = state.asked_time
        found = {
            Party.RECEIVER: self.unit_id == state.unit_id,
            Party.LEADER: self.is_lead and self.unit_id == state.unit_id,
            Party.HOLDER: self.account_id == state.holder_id or state.stands_in(self.account_id, at),
            Party.GRANTOR: asked is not None and self.unit_id == asked.grantor_unit_id,
            Party.REQUESTER: self.unit_id == state.requesting_unit_id,
            Party.COORDINATOR: self.unit_id == state.kind.coordinator_unit_id,
        }
        return frozenset(party for party, is_so in found.items() if is_so)
