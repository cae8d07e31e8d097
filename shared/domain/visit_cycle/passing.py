"""Passing one moment of a visit cycle: what the state becomes and what others must be told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from shared.domain.calendars import WorkCalendar, next_open
from shared.domain.codes import StateStatus
from shared.domain.plan import EXTRA_VISIT, RETURN_CHECK
from shared.domain.visit_cycle import chasing
from shared.domain.visit_cycle.facts import (
    ContactFact,
    ExceptionFact,
    ExtraVisit,
    Facts,
    StateFact,
    VoidedContact,
)
from shared.domain.visit_cycle.judging import judged, quiet_because
from shared.domain.visit_cycle.rows import CycleRows, WarningRow, window_row
from shared.domain.visit_cycle.state import Cursor, CycleState, FoundChase, Window, WindowOutcome
from shared.domain.visit_cycle.timeline import Fact, Moment, MomentKind
from shared.domain.visit_cycle.windows import one_off, opened, span_of, still_kept

Passed = tuple[CycleState, CycleRows]
T = TypeVar("T")


def pass_moment(state: CycleState, moment: Moment, *, now: datetime) -> Passed:
    """Pass one moment. `now` only tells whether a warning has been overtaken; `moment.at` rules the rest."""
    match moment.subject:
        case Cursor() as cursor:
            return _open(state, cursor)
        case Window() as window:
            return _WINDOW_MOMENTS[moment.kind](state, window, now)
        case FoundChase() as chase:
            return chasing.found(state, chase)
        case _ as fact:
            return _fact(state, fact, moment.at)


def _fact(state: CycleState, subject: Fact, at: datetime) -> Passed:
    match subject:
        case ContactFact() as contact:
            return _contact(state, contact, at)
        case StateFact() as fact:
            return _state(state, fact, at)
        case ExceptionFact() as exception:
            return _exception(state, exception, at)
        case ExtraVisit() as extra:
            return _extra(state, extra)
        case _ as voided:
            return _void(state, voided, at)


def _open(state: CycleState, cursor: Cursor) -> Passed:
    rest = tuple(each for each in state.cursors if each is not cursor)
    rule = state.plan.obligation(cursor.obligation)
    if rule is None:
        return replace(state, cursors=rest), CycleRows()
    span = span_of(rule, state, cursor.opens_at)
    window = opened(rule, state, opens_at=cursor.opens_at, span=span)
    following = Cursor(obligation=rule.code, opens_at=span.closes_at)
    state = replace(state, cursors=(*rest, following), windows=(*state.windows, window))
    return _rejudged(state, cursor.opens_at, told=window)


def _warn(state: CycleState, window: Window, now: datetime) -> Passed:
    warning = window.rule.warnings[window.warned]
    due_at = window.warning_times[window.warned]
    passed = replace(window, warned=window.warned + 1)
    state = _with_window(state, window, passed)
    if quiet_because(state.known.states) is not None:
        return state, CycleRows()
    row = WarningRow(
        obligation=window.rule.code,
        opens_at=window.opens_at,
        number=passed.warned,
        due_at=due_at,
        closes_at=window.closes_at,
        missing=window.rule.times - window.done,
        recipient=warning.recipient,
        not_before=_told_at(due_at, window, state.plan.calendar),
        is_sent=now - due_at <= timedelta(minutes=state.plan.overtaken_minutes),
    )
    return state, CycleRows(warnings=(row,))


def _told_at(due_at: datetime, window: Window, calendar: WorkCalendar) -> datetime:
    """In office hours; in a holiday that outlasts the window, at its own hour."""
    opens_at = next_open(due_at, calendar)
    return opens_at if opens_at < window.closes_at else due_at


def _close(state: CycleState, window: Window, _now: datetime) -> Passed:
    at = window.closes_at
    past = judged(replace(window, is_past=True), state.known, at=at, zone=state.plan.zone)
    state = _with_window(state, window, past)
    rows = CycleRows(windows=(window_row(past, was=window.outcome),))
    if past.outcome is not WindowOutcome.MISSED:
        return state, rows
    state, chased = chasing.missed_unless_answered(state, past.rule.code, since=at, at=at)
    return state, rows + chased


def _forget(state: CycleState, window: Window, _now: datetime) -> Passed:
    """From here on no late record can turn the window: it leaves the process, its row stays."""
    state = replace(state, windows=still_kept(state.windows, window))
    known = _still_needed(state)
    ids = {each.contact_id for each in known.contacts}
    answered = tuple(each for each in state.answered if each.contact_id in ids)
    return replace(state, known=known, answered=answered), CycleRows()


def _contact(state: CycleState, contact: ContactFact, at: datetime) -> Passed:
    state = replace(
        state,
        coming=replace(state.coming, contacts=_without(state.coming.contacts, contact)),
        known=replace(state.known, contacts=_put(state.known.contacts, contact, lambda c: c.contact_id)),
        last_seen_at=_later(state.last_seen_at, contact),
    )
    state, rows = _rejudged(state, at)
    state, chased = chasing.answered(state, contact, at=at)
    return state, rows + chased


def _void(state: CycleState, voided: VoidedContact, at: datetime) -> Passed:
    """The contact counts no more; a closed window that it had met is missed, and chased, after all."""
    gone = next((each for each in state.known.contacts if each.contact_id == voided.contact_id), None)
    state = replace(
        state,
        coming=replace(state.coming, voided=_without(state.coming.voided, voided)),
        last_seen_at=voided.last_seen_at,
    )
    if gone is None:
        return state, CycleRows()
    state = replace(state, known=replace(state.known, contacts=_without(state.known.contacts, gone)))
    was_missed = [each.outcome is WindowOutcome.MISSED for each in state.windows]
    state, rows = _rejudged(state, at)
    state, chased = chasing.answered_no_more(state, gone, at=at)
    rows += chased
    for window, was in zip(state.windows, was_missed, strict=True):
        if was or window.outcome is not WindowOutcome.MISSED:
            continue
        code, closed_at = window.rule.code, window.closes_at
        state, chased = chasing.missed_unless_answered(state, code, since=closed_at, at=at)
        rows += chased
    return state, rows


def _state(state: CycleState, fact: StateFact, at: datetime) -> Passed:
    state = replace(state, coming=replace(state.coming, states=_without(state.coming.states, fact)))
    if any(_has_been_told(fact, by) for by in state.known.states):
        return state, CycleRows()
    known = _put(state.known.states, fact, lambda s: s.state_id)
    state = replace(state, known=replace(state.known, states=known))
    check = _return_check(state, at) if fact.status is StateStatus.ENDED else None
    state = replace(state, windows=(*state.windows, check)) if check else state
    state, rows = _rejudged(state, at, told=check)
    state, chased = chasing.follow_state(state, fact, at=at)
    return state, rows + chased


def _has_been_told(fact: StateFact, by: StateFact) -> bool:
    """Whether the cycle knows this, or what has come of it since: a start carries what then comes again."""
    return fact == by or (fact.state_id == by.state_id and fact.known_at < by.known_at)


def _exception(state: CycleState, exception: ExceptionFact, at: datetime) -> Passed:
    known = _put(state.known.exceptions, exception, lambda e: e.exception_id)
    coming = replace(state.coming, exceptions=_without(state.coming.exceptions, exception))
    state = replace(state, coming=coming, known=replace(state.known, exceptions=known))
    state, rows = _rejudged(state, at)
    state, chased = chasing.excepted(state, exception, at=at)
    return state, rows + chased


def _extra(state: CycleState, extra: ExtraVisit) -> Passed:
    state = replace(state, coming=replace(state.coming, extras=_without(state.coming.extras, extra)))
    if any(each.extra_id == extra.extra_id for each in state.known.extras):
        return state, CycleRows()
    window = one_off(EXTRA_VISIT, state.plan, opens_at=extra.known_at, closes_at=extra.due_by)
    known = replace(state.known, extras=(*state.known.extras, extra))
    state = replace(state, known=known, windows=(*state.windows, window))
    return state, CycleRows(windows=(window_row(window, was=None),))


def _rejudged(state: CycleState, at: datetime, *, told: Window | None = None) -> Passed:
    """Judge every kept window anew; tell those that changed, and the one just opened."""
    rows = []
    windows = []
    for window in state.windows:
        fresh = judged(window, state.known, at=at, zone=state.plan.zone)
        windows.append(fresh)
        if fresh != window or window is told:
            rows.append(window_row(fresh, was=None if window is told else window.outcome))
    return replace(state, windows=tuple(windows)), CycleRows(windows=tuple(rows))


def _return_check(state: CycleState, at: datetime) -> Window:
    due_by = at + timedelta(hours=state.plan.return_check_hours)
    return one_off(RETURN_CHECK, state.plan, opens_at=at, closes_at=due_by)


def _with_window(state: CycleState, old: Window, new: Window) -> CycleState:
    return replace(state, windows=tuple(new if each is old else each for each in state.windows))


def _still_needed(state: CycleState) -> Facts:
    """Facts that may still turn a kept window; what is older has done its work."""
    since = min((window.opens_at for window in state.windows), default=state.enrolled_at)
    since = min([since, *(cursor.opens_at for cursor in state.cursors)])
    known = state.known
    return replace(
        known,
        contacts=tuple(each for each in known.contacts if each.occurred_at >= since),
        states=tuple(each for each in known.states if each.is_active or (each.ends_at or since) >= since),
        exceptions=tuple(each for each in known.exceptions if each.ends_at >= since),
    )


def _later(seen: datetime | None, contact: ContactFact) -> datetime | None:
    if not contact.is_reached:
        return seen
    return max(seen or contact.occurred_at, contact.occurred_at)


def _without(facts: tuple[T, ...], gone: T) -> tuple[T, ...]:
    return tuple(each for each in facts if each is not gone)


def _put(facts: tuple[T, ...], fact: T, key: Callable[[T], object]) -> tuple[T, ...]:
    return (*(each for each in facts if key(each) != key(fact)), fact)


_WINDOW_MOMENTS: dict[MomentKind, Callable[[CycleState, Window, datetime], Passed]] = {
    MomentKind.WARN: _warn,
    MomentKind.CLOSE: _close,
    MomentKind.FORGET: _forget,
}
