"""The state of one visit cycle, complete: what continue-as-new carries, where every decision starts."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.plan import Obligation, Plan
from shared.domain.visit_cycle.facts import Facts


class WindowOutcome(StrEnum):
    """What became of a window (达标 / 未达标 / 达标（迟录） / 经批准的例外)."""

    OPEN = "open"
    MET = "met"
    MISSED = "missed"
    MET_LATE = "met_late"
    EXCEPTED = "excepted"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One period in which `rule` is owed, sized by the plan in force when it opened.

    It is kept past `closes_at` until `late_until`, because until then a record made late may still turn its
    outcome. `is_past`: its closing has been passed; `warned` counts the warnings passed, sent or not.
    """

    rule: Obligation
    opens_at: datetime
    closes_at: datetime
    late_until: datetime
    outcome: WindowOutcome = WindowOutcome.OPEN
    done: int = 0
    is_past: bool = False
    warned: int = 0
    is_excused: bool = False
    warning_times: tuple[datetime, ...] = ()

    @property
    def is_owed(self) -> bool:
        """Whether it still waits for a visit."""
        return self.outcome is WindowOutcome.OPEN and not self.is_past


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """From when the next window of an obligation is due."""

    obligation: str
    opens_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """The one open chase (追访) of this elder, and the obligations it still waits for (domain §0.2-2)."""

    referral_id: UUID
    obligations: tuple[str, ...]
    is_suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChase:
    """A chase that was open when the cycle's process was lost; an empty obligation: nobody knows which."""

    referral_id: UUID
    opened_at: datetime
    obligation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a contact took from the chase: it is owed again if the contact is voided."""

    contact_id: UUID
    obligations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleState:
    """Everything a visit cycle knows. `known` facts have been taken in; `coming` wait for their instant.

    spared: obligations missed while one person's word alone kept the chase away; a refusal brings it back.
    found: the chase that was open when an earlier process was lost, until its instant has been passed.
    """

    enrolment_id: UUID
    elder_id: UUID
    jurisdiction_id: str
    area_code: str
    enrolled_at: datetime
    plan: Plan
    seq: int = 0
    is_closed: bool = False
    last_seen_at: datetime | None = None
    cursors: tuple[Cursor, ...] = ()
    windows: tuple[Window, ...] = ()
    chase: Chase | None = None
    spared: tuple[str, ...] = ()
    answered: tuple[Answered, ...] = ()
    known: Facts = field(default_factory=Facts)
    coming: Facts = field(default_factory=Facts)
    found: FoundChase | None = None
