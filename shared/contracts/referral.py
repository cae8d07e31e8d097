"""What travels to and from a referral. Commands are the domain's own; what people race for is an Update."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.referral.referral import ReferralAnswer
from shared.domain.referral.rows import ReferralRows
from shared.domain.referral.standing import Standing
from shared.domain.referral.state import ClockName, ReferralState


class ReferralUpdate(StrEnum):
    """The updates of a referral by wire name; their arguments are in `shared.domain.referral.commands`."""

    MAKE = "make"
    DECLINE = "decline"
    COMPLETE = "complete"
    APPOINT = "appoint"
    PAUSE = "pause"
    ASK_TIME = "ask_time"
    REASSIGN = "reassign"
    DELEGATE = "delegate"
    FOLLOW = "follow"
    TAKE_CALENDAR = "take_calendar"


EXPLAIN = "explain"
"""The query behind 核对: the state's answer as the workflow itself has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedAnswer:
    """An answered request and its answer, kept in a bounded ring across continue-as-new."""

    request_id: str
    answer: ReferralAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingReferralRows:
    """Rows decided but not yet in PostgreSQL."""

    seq: int
    task_at: datetime
    rows: ReferralRows
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReferral:
    """The offer of a referral, perhaps in the past, and what continue-as-new carries on."""

    state: ReferralState
    is_begun: bool = False
    ring: tuple[RememberedAnswer, ...] = ()
    pending: tuple[PendingReferralRows, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralProjection:
    """Decisions not yet written, for the activity: in order of `seq`; the last one led to `standing`."""

    standing: Standing
    batches: tuple[PendingReferralRows, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VacantRung:
    """A rung for which the activity found nobody to tell."""

    clock: ClockName
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """What the activity learned while writing: rungs that found nobody, an offer to a unit without people."""

    vacant: tuple[VacantRung, ...] = ()
    is_unmanned: bool = False
