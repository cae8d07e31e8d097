"""When something happens next in a visit cycle: facts that become known, warnings, closings, openings.

Live, one moment passes at a time. A cycle that starts in the past, or wakes after an outage, passes all that
are due in the same order, so both ways end in the same place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

from shared.domain.visit_cycle.facts import ContactFact, ExceptionFact, ExtraVisit, StateFact, VoidedContact
from shared.domain.visit_cycle.state import Cursor, CycleState, FoundChase, Window, WindowOutcome

Fact: TypeAlias = ContactFact | StateFact | ExceptionFact | ExtraVisit | VoidedContact
Subject: TypeAlias = Fact | Window | Cursor | FoundChase


class MomentKind(IntEnum):
    """What happens; at the same instant in this order: what is known by the closing second counts (J-05)."""

    FACT = 0
    WARN = 1
    CLOSE = 2
    OPEN = 3
    FORGET = 4
    FOUND = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happens at `at`, and to what."""

    at: datetime
    kind: MomentKind
    subject: Subject


def next_moment(state: CycleState) -> Moment | None:
    """The earliest moment ahead, or None for a closed cycle."""
    if state.is_closed:
        return None
    return min(_moments(state), key=lambda moment: (moment.at, moment.kind), default=None)


def _moments(state: CycleState) -> Iterator[Moment]:
    coming = state.coming
    facts: tuple[Fact, ...] = (
        *coming.contacts,
        *coming.states,
        *coming.exceptions,
        *coming.extras,
        *coming.voided,
    )
    for fact in facts:
        yield Moment(at=fact.known_at, kind=MomentKind.FACT, subject=fact)
    for window in state.windows:
        yield from _moments_of(window)
    for cursor in state.cursors:
        yield Moment(at=cursor.opens_at, kind=MomentKind.OPEN, subject=cursor)
    if state.found is not None:
        yield Moment(at=state.found.opened_at, kind=MomentKind.FOUND, subject=state.found)


def _moments_of(window: Window) -> Iterator[Moment]:
    if window.is_past:
        yield Moment(at=window.late_until, kind=MomentKind.FORGET, subject=window)
        return
    yield Moment(at=window.closes_at, kind=MomentKind.CLOSE, subject=window)
    if window.outcome is WindowOutcome.OPEN and window.warned < len(window.warning_times):
        yield Moment(at=window.warning_times[window.warned], kind=MomentKind.WARN, subject=window)
