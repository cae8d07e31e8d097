"""The life of a home bed (家庭病床) as one table; a bed in use ends by a discharge alone (J-76)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.calendars import WorkCalendar, deadline
from shared.domain.errors import Conflict, Invalid
from shared.domain.facts import Spell
from shared.domain.health.codes import BedMove, BedStatus
from shared.domain.health.rules import HomeBedRules
from shared.domain.kinds import HowSeen
from shared.domain.periods import day_start, local_day

TABLE: dict[tuple[BedStatus | None, BedMove], BedStatus] = {
    (None, BedMove.APPLY): BedStatus.APPLIED,
    (BedStatus.APPLIED, BedMove.FIRST_VISIT): BedStatus.SEEN,
    (BedStatus.APPLIED, BedMove.GIVE_UP): BedStatus.NOT_OPENED,
    (BedStatus.SEEN, BedMove.AGREE): BedStatus.OPEN,
    (BedStatus.SEEN, BedMove.GIVE_UP): BedStatus.NOT_OPENED,
    (BedStatus.OPEN, BedMove.ROUND): BedStatus.OPEN,
    (BedStatus.OPEN, BedMove.DISCHARGE): BedStatus.DISCHARGED,
}
"""(where it stands, what is done) -> where it stands then."""

BOUNDS = frozenset({BedMove.AGREE, BedMove.DISCHARGE})
"""Between these a bed is in use: somebody's visit is owed meanwhile."""

NEEDS_WORDS = frozenset({BedMove.DISCHARGE, BedMove.GIVE_UP})
"""What is nothing without a record in words: the discharge record, and why no bed was set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing done, on a day."""

    move: BedMove
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What must be done next about a bed, and until when; `review_on` once it is in use."""

    move: BedMove
    due_on: date
    review_on: date | None = None


def possible(status: BedStatus | None) -> tuple[BedMove, ...]:
    """What may be done now, in the order of the table."""
    return tuple(move for at, move in TABLE if at is status)


def moved(steps: Sequence[Step], step: Step, *, today: date) -> BedStatus:
    """Where the bed stands after one more step.

    Raises Conflict `bed_cannot` naming what is possible now, Invalid for a day that cannot be.
    """
    now = status_of(steps)
    if (now, step.move) not in TABLE:
        raise Conflict("bed_cannot", status=now, move=step.move, possible=possible(now))
    if step.done_on > today:
        raise Invalid("day_in_future", field="done_on")
    if steps and step.done_on < steps[-1].done_on:
        raise Invalid("before_last_step", field="done_on", last_on=steps[-1].done_on)
    return TABLE[now, step.move]


def status_of(steps: Sequence[Step]) -> BedStatus | None:
    """Where the steps have led; None before the application."""
    status = None
    for step in steps:
        status = TABLE[status, step.move]
    return status


def in_use(steps: Sequence[Step]) -> Spell | None:
    """From the agreement to the discharge; None before the agreement."""
    days = {step.move: step.done_on for step in steps if step.move in BOUNDS}
    agreed_on = days.get(BedMove.AGREE)
    return Spell(from_on=agreed_on, to_on=days.get(BedMove.DISCHARGE)) if agreed_on else None


def seen_at(move: BedMove, rules: HomeBedRules) -> HowSeen | None:
    """What the step is worth as a contact; None for one at which nobody sees the elder."""
    return rules.seen if move in rules.visits else None


def owed(steps: Sequence[Step], rules: HomeBedRules, calendar: WorkCalendar) -> Owed | None:
    """What is owed next; None for a bed that is over."""
    status = status_of(steps)
    if status is None or status.is_over:
        return None
    last = steps[-1]
    if status is BedStatus.APPLIED:
        due = deadline(rules.first_visit, day_start(last.done_on, calendar.zone), calendar)
        return Owed(move=BedMove.FIRST_VISIT, due_on=local_day(due, calendar.zone))
    if status is BedStatus.SEEN:
        due = deadline(rules.agreement, day_start(last.done_on, calendar.zone), calendar)
        return Owed(move=BedMove.AGREE, due_on=local_day(due, calendar.zone))
    agreed_on = next(step.done_on for step in steps if step.move is BedMove.AGREE)
    return Owed(
        move=BedMove.ROUND,
        due_on=last.done_on + timedelta(days=rules.round_days),
        review_on=agreed_on + timedelta(days=rules.review_days),
    )
