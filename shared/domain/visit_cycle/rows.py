"""What a visit cycle tells the rest of the system after a decision: rows to project and chases to move."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.codes import StateKind
from shared.domain.plan import Recipient
from shared.domain.visit_cycle.state import Window, WindowOutcome


class StepCode(StrEnum):
    """What a cycle does next."""

    WARN = "warn"
    CLOSE = "close"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing that will happen unless something changes: shown in words on the elder's page."""

    at: datetime
    code: StepCode
    obligation: str
    missing: int
    recipient: Recipient | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRow:
    """The cycle as a whole, after the decision."""

    is_closed: bool
    last_seen_at: datetime | None
    quiet_because: StateKind | None
    chase_referral_id: UUID | None
    next_steps: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRow:
    """One window as it now stands; `was` is the outcome before, when it has turned."""

    obligation: str
    opens_at: datetime
    closes_at: datetime
    required: int
    done: int
    outcome: WindowOutcome
    was: WindowOutcome | None
    is_excused: bool


def window_row(window: Window, *, was: WindowOutcome | None) -> WindowRow:
    """The row of a window, with the outcome it had before."""
    return WindowRow(
        obligation=window.rule.code,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        required=window.rule.times,
        done=window.done,
        outcome=window.outcome,
        was=was,
        is_excused=window.is_excused,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRow:
    """A warning passed: who is to be told, unless it was overtaken (then it is recorded as not sent)."""

    obligation: str
    opens_at: datetime
    number: int
    due_at: datetime
    closes_at: datetime
    missing: int
    recipient: Recipient
    not_before: datetime
    is_sent: bool


class ChaseVerb(StrEnum):
    """What the cycle asks of its chase. KEEP asks nothing: it runs already, and no row says so."""

    OPEN = "open"
    SUSPEND = "suspend"
    RESUME = "resume"
    CONCLUDE = "conclude"
    KEEP = "keep"


class ChaseEnd(StrEnum):
    """The fact that ended a chase; nothing else can (domain §0.2-2)."""

    CONTACT = "contact"
    STATE = "state"
    EXCEPTION = "exception"
    RELEASED = "released"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseMove:
    """One message from the cycle to its chase. `fact_id` is the contact, state or exception behind it."""

    verb: ChaseVerb
    referral_id: UUID
    at: datetime
    obligations: tuple[str, ...] = ()
    end: ChaseEnd | None = None
    fact_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRows:
    """All rows of one decision, in the order in which they came about.

    `moved_at`: the elder lives in another area since then, and open work about them follows.
    """

    windows: tuple[WindowRow, ...] = ()
    warnings: tuple[WarningRow, ...] = ()
    chases: tuple[ChaseMove, ...] = ()
    moved_at: datetime | None = None

    def __add__(self, later: "CycleRows") -> "CycleRows":
        return CycleRows(
            windows=self.windows + later.windows,
            warnings=self.warnings + later.warnings,
            chases=self.chases + later.chases,
            moved_at=later.moved_at or self.moved_at,
        )

    def settled(self) -> "CycleRows":
        """Only what still matters: the last row of each window, and no chase that began and ended unseen.

        Catching up runs through weeks in one decision; a chase that nobody could have seen is not opened
        after the fact. The window keeps its outcome either way. One that runs already is not opened again,
        and is told of its end.
        """
        latest = {(row.obligation, row.opens_at): row for row in self.windows}
        opened = {move.referral_id for move in self.chases if move.verb is ChaseVerb.OPEN}
        ended = {move.referral_id for move in self.chases if move.verb is ChaseVerb.CONCLUDE}
        kept = {move.referral_id for move in self.chases if move.verb is ChaseVerb.KEEP}
        unseen = (opened & ended) - kept
        begun = {ChaseVerb.OPEN, ChaseVerb.KEEP}
        return CycleRows(
            windows=tuple(latest.values()),
            warnings=self.warnings,
            chases=tuple(
                move
                for move in self.chases
                if move.referral_id not in unseen and not (move.referral_id in kept and move.verb in begun)
            ),
            moved_at=self.moved_at,
        )
