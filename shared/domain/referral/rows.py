"""What a referral tells the rest of the system after a decision: ledger, rungs, notices. Codes and ids."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.codes import Urgency
from shared.domain.plan import Recipient
from shared.domain.referral.state import ClockName


class LedgerCode(StrEnum):
    """What happened besides a move by a person."""

    OFFERED = "offered"
    REMINDED = "reminded"
    BREACHED = "breached"
    CLIMBED = "climbed"
    VACANT = "vacant"
    NEEDS_RULING = "needs_ruling"
    RECKONED = "reckoned"
    PAUSE_OVER = "pause_over"
    LAPSED = "lapsed"
    LEFT_IDLE = "left_idle"
    UNMANNED = "unmanned"
    HOLDER_LEFT = "holder_left"
    NOBODY_TO_CONFIRM = "nobody_to_confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One line of the referral's history (办理进程): a move or a `LedgerCode`, by whom, with its reason.

    `other_id` is the second person of the line: to whom it was given, or for whom it was done (委托).
    """

    at: datetime
    code: str
    account_id: UUID | None = None
    unit_id: str = ""
    detail: str = ""
    note_id: UUID | None = None
    is_clock_off: bool = False
    other_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRow:
    """One rung climbed, once: whom it was to tell, when it was due, and whether it was overtaken."""

    clock: ClockName
    turn: int
    number: int
    due_at: datetime
    action: str
    recipient: Recipient
    is_sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TellRow:
    """An intent to tell somebody: `code` picks the words, `key` makes it unique within the referral.

    `account_id` names the one person whom it is for, where that is not a role: who has just lost the work.
    """

    key: str
    code: str
    recipient: Recipient
    at: datetime
    not_before: datetime
    urgency: Urgency
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRow:
    """The work has ended with an outcome that somebody stated; the policy says what follows (办结之后).

    What a fact has ended, or what was withdrawn, has no such row: nobody stated anything.
    """

    outcome: str
    account_id: UUID
    unit_id: str
    at: datetime
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRow:
    """A unit is asked to support: a referral of its own opens."""

    referral_id: UUID
    unit_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PartingRow:
    """Lead and support part: one has ended, and `referral_id` is the other, which learns of it."""

    referral_id: UUID
    is_lead: bool
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRows:
    """All rows of one decision, in the order in which they came about."""

    ledger: tuple[LedgerRow, ...] = ()
    rungs: tuple[RungRow, ...] = ()
    tells: tuple[TellRow, ...] = ()
    endings: tuple[EndingRow, ...] = ()
    supports: tuple[SupportRow, ...] = ()
    partings: tuple[PartingRow, ...] = ()

    def __add__(self, later: "ReferralRows") -> "ReferralRows":
        return ReferralRows(
            ledger=self.ledger + later.ledger,
            rungs=self.rungs + later.rungs,
            tells=self.tells + later.tells,
            endings=self.endings + later.endings,
            supports=self.supports + later.supports,
            partings=self.partings + later.partings,
        )
