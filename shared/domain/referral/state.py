"""The state of one referral, complete: what continue-as-new carries and what every decision starts from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.kinds import ClockRule, KindSpec
from shared.domain.referral.moves import Party, Status


class ClockName(StrEnum):
    """The two clocks of a referral: 接单时限 and 办结时限."""

    ACCEPT = "accept"
    COMPLETE = "complete"


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
    """A limit that was passed: kept for ever, with the unit that was to act."""

    clock: ClockName
    turn: int
    limit_at: datetime
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralState:
    """Everything a referral knows. `subject_id` is the elder's enrolment; words are in `referral_file`."""

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
    suspended_at: datetime | None = None
    turns: int = 0
    clocks: tuple[Clock, ...] = ()
    breaches: tuple[Breach, ...] = ()

    @property
    def has_slept_since_start(self) -> bool:
        """Whether it began asleep and nobody has been told of it yet."""
        return self.turns == 0 and self.suspended_at == self.offered_at

    def clock(self, name: ClockName) -> Clock | None:
        """The running clock of that name, if it runs."""
        return next((clock for clock in self.clocks if clock.name is name), None)

    def rule(self, name: ClockName) -> ClockRule:
        """What the kind says of that clock."""
        return self.kind.accept if name is ClockName.ACCEPT else self.kind.complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who makes a move, on behalf of which unit. The service has checked that they belong to it, live."""

    account_id: UUID
    unit_id: str

    def parties(self, state: ReferralState) -> frozenset[Party]:
        """What this person is to the referral."""
        found = {
            Party.RECEIVER: self.unit_id == state.unit_id,
            Party.HOLDER: self.account_id == state.holder_id,
            Party.REQUESTER: self.unit_id == state.requesting_unit_id,
            Party.COORDINATOR: self.unit_id == state.kind.coordinator_unit_id,
        }
        return frozenset(party for party, is_so in found.items() if is_so)
