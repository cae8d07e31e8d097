"""The verdict on one window: a pure function of its rule, the contacts, the exceptions and an instant."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.codes import StateKind
from shared.domain.periods import local_day
from shared.domain.plan import EXTRA_VISIT, FIRST_VISIT, RETURN_CHECK, Obligation
from shared.domain.visit_cycle.facts import ContactFact, ExceptionFact, Facts, StateFact
from shared.domain.visit_cycle.state import Window, WindowOutcome

ONE_OFFS = frozenset({FIRST_VISIT, RETURN_CHECK, EXTRA_VISIT})
"""Windows that any contact satisfies which counts for something."""


def judged(window: Window, facts: Facts, *, at: datetime, zone: str) -> Window:
    """The window as it stands at `at`.

    In time is a contact that happened in the window and was on record by its closing second; one recorded
    later, but before `late_until`, makes 达标（迟录）. More contacts never make a met window unmet, and one
    that was on record by then but arrives afterwards opens no window again.
    """
    inside = [contact for contact in facts.contacts if belongs(contact, window)]
    in_time = counted([each for each in inside if each.known_at <= window.closes_at], window.rule, zone)
    done = counted(inside, window.rule, zone)
    excepted = any(_covers(each, window) for each in facts.exceptions)
    outcome = _outcome(window, in_time=in_time, done=done, at=at, excepted=excepted)
    excused = _active_days(window, facts.states, zone) < window.rule.active_days
    return replace(window, outcome=outcome, done=done, is_excused=excused)


def belongs(contact: ContactFact, window: Window) -> bool:
    """Whether the contact happened in the window and counts for its obligation (the opening second is in)."""
    if not window.opens_at <= contact.occurred_at < window.closes_at:
        return False
    if window.rule.code in ONE_OFFS:
        return bool(contact.counts_for)
    return window.rule.code in contact.counts_for


def counted(contacts: Iterable[ContactFact], rule: Obligation, zone: str) -> int:
    """How many of the contacts count, taking the earliest first: distinct days and minimum gap (J-11)."""
    last: datetime | None = None
    count = 0
    for contact in sorted(contacts, key=lambda each: each.occurred_at):
        if last is None or _apart(last, contact.occurred_at, rule, zone):
            last, count = contact.occurred_at, count + 1
    return count


def quiet_because(states: Sequence[StateFact]) -> StateKind | None:
    """The state that keeps reminders and chase quiet now, if any."""
    return next((state.kind for state in states if state.is_active), None)


def _apart(earlier: datetime, later: datetime, rule: Obligation, zone: str) -> bool:
    if later - earlier < timedelta(hours=rule.min_gap_hours):
        return False
    return not rule.distinct_days or local_day(earlier, zone) != local_day(later, zone)


def _outcome(window: Window, *, in_time: int, done: int, at: datetime, excepted: bool) -> WindowOutcome:
    if window.outcome is WindowOutcome.VOID:
        return WindowOutcome.VOID
    if in_time >= window.rule.times:
        return WindowOutcome.MET
    if at < window.closes_at and not window.is_past:
        return WindowOutcome.OPEN
    if done >= window.rule.times:
        return WindowOutcome.MET_LATE
    return WindowOutcome.EXCEPTED if excepted else WindowOutcome.MISSED


def _covers(exception: ExceptionFact, window: Window) -> bool:
    """An exception covers a window if it is in force at the window's closing second."""
    if exception.obligation not in {"", window.rule.code}:
        return False
    return exception.starts_at < window.closes_at <= exception.ends_at


def _active_days(window: Window, states: Sequence[StateFact], zone: str) -> int:
    """Days of the window not touched by a state."""
    day = local_day(window.opens_at, zone)
    length = (local_day(window.closes_at - timedelta(microseconds=1), zone) - day).days + 1
    away = [
        (local_day(state.starts_at, zone), local_day(state.ends_at or window.closes_at, zone))
        for state in states
        if state.is_active or state.ends_at is not None
    ]
    if not away:
        return length
    days = [day + timedelta(days=n) for n in range(length)]
    return sum(not any(start <= each <= end for start, end in away) for each in days)
