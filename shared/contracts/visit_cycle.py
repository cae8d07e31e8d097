"""What travels to and from a visit cycle: Updates, one dataclass each; `request_id` makes them idempotent."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.plan import Plan
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.rows import CycleRow, CycleRows, NextStep
from shared.domain.visit_cycle.state import CycleState


class CycleUpdate(StrEnum):
    """The updates of a visit cycle by their wire names."""

    TAKE_IN = "take_in"
    CHANGE_PLAN = "change_plan"
    CLOSE = "close"


EXPLAIN = "explain"
"""The query behind 核对: what the workflow itself says will happen next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An answered request: kept in a bounded ring that survives continue-as-new (update ids do not)."""

    request_id: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingCycleRows:
    """Rows decided but not yet in PostgreSQL; `task_at` is the workflow's time when they came about."""

    seq: int
    task_at: datetime
    row: CycleRow
    rows: CycleRows
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartVisitCycle:
    """The start of a cycle, perhaps in the past, and what continue-as-new carries on."""

    state: CycleState
    is_begun: bool = False
    ring: tuple[Remembered, ...] = ()
    pending: tuple[PendingCycleRows, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """Facts for the cycle: contacts, states, exceptions, extra visits."""

    request_id: str
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """Another plan: it sizes the next windows. `area_code`: where the elder lives from now on, if given.

    ended_on: since when the fact is over on which an obligation rested (撤床), if it is.
    """

    request_id: str
    plan: Plan
    area_code: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCycle:
    """The enrolment has ended (移出); `reason` is the code of why."""

    request_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleAnswer:
    """What every update of a cycle answers."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleExplanation:
    """What the workflow itself says: shown beside what it last projected."""

    seq: int
    is_closed: bool
    next_wake_at: datetime | None
    next_steps: tuple[NextStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleProjection:
    """Decisions not yet written, for the activity that writes them and announces what follows from them.

    `batches` are in order of their `seq`; more than one only after PostgreSQL was away, or at a busy start.
    """

    workflow_id: str
    enrolment_id: UUID
    elder_id: UUID
    jurisdiction_id: str
    area_code: str
    batches: tuple[PendingCycleRows, ...]
