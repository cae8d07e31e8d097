"""Opening windows: which one is next for an obligation, and which stand on their own."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate

from shared.domain.periods import Span, day_start, local_day, period_at
from shared.domain.plan import FIRST_VISIT, Obligation, Period, Plan
from shared.domain.visit_cycle.state import Cursor, CycleState, Window
from shared.domain.zones import to_instant

ONE_DAY = timedelta(days=1)


def first_windows(state: CycleState) -> tuple[tuple[Window, ...], tuple[Cursor, ...]]:
    """The windows that bind from the enrolment on, and from when the others are due (domain §0.2-5).

    A first partial window binds only if enough of its days remain, and never with fewer than it asks for; if
    none does, a first visit is owed within the plan's `first_visit_days` instead. What rests on a later fact
    begins after that.
    """
    binding: list[Window] = []
    cursors: list[Cursor] = []
    for rule in state.plan.obligations:
        span = span_of(rule, state, state.enrolled_at)
        if rule.from_on is not None and rule.from_on > local_day(state.enrolled_at, state.plan.zone):
            cursors.append(_next_cursor(rule, state, day_start(rule.from_on, state.plan.zone)))
        elif _days_left(span, state) >= max(rule.binds_from_days, rule.times if rule.distinct_days else 0):
            binding.append(opened(rule, state, opens_at=state.enrolled_at, span=span))
            cursors.append(Cursor(obligation=rule.code, opens_at=span.closes_at))
        else:
            cursors.append(Cursor(obligation=rule.code, opens_at=span.closes_at))
    if not binding and state.plan.obligations:
        binding.append(_first_visit(state))
    return tuple(binding), tuple(cursors)


def opened(rule: Obligation, state: CycleState, *, opens_at: datetime, span: Span) -> Window:
    """A window of the rule; the warnings passed before it opens never were."""
    late_entry = timedelta(hours=state.plan.late_entry_hours)
    times = _warning_times(rule, state.plan.zone, opens_at=opens_at, span=span)
    return Window(
        rule=rule,
        opens_at=opens_at,
        closes_at=span.closes_at,
        late_until=span.closes_at + late_entry,
        warning_times=times,
        warned=sum(time < opens_at for time in times),
    )


def one_off(code: str, plan: Plan, *, opens_at: datetime, closes_at: datetime) -> Window:
    """A window that comes once: a first visit, a return check, a visit that a coordinator adds."""
    return Window(
        rule=Obligation(code=code, period=Period.DAYS, times=1),
        opens_at=opens_at,
        closes_at=closes_at,
        late_until=closes_at + timedelta(hours=plan.late_entry_hours),
    )


def span_of(rule: Obligation, state: CycleState, at: datetime) -> Span:
    """The natural period of the rule that the instant falls in."""
    zone = state.plan.zone
    anchor = local_day(state.enrolled_at, zone)
    return period_at(rule.period, rule.length_days, anchor, local_day(at, zone), zone)


def cursors_for(state: CycleState, plan: Plan, now: datetime) -> tuple[Cursor, ...]:
    """The cursors under a new plan: old ones go on, a new obligation starts with its next whole window."""
    kept = {cursor.obligation: cursor for cursor in state.cursors}
    return tuple(kept.get(rule.code) or _next_cursor(rule, state, now) for rule in plan.obligations)


def still_kept(windows: Iterable[Window], gone: Window) -> tuple[Window, ...]:
    """The windows without the one that is no longer judged."""
    return tuple(window for window in windows if window is not gone)


def _next_cursor(rule: Obligation, state: CycleState, now: datetime) -> Cursor:
    return Cursor(obligation=rule.code, opens_at=span_of(rule, state, now).closes_at)


def _days_left(span: Span, state: CycleState) -> int:
    zone = state.plan.zone
    today = day_start(local_day(state.enrolled_at, zone), zone)
    return (local_day(span.closes_at, zone) - local_day(today, zone)).days


def _first_visit(state: CycleState) -> Window:
    zone = state.plan.zone
    last_on = local_day(state.enrolled_at, zone) + timedelta(days=state.plan.first_visit_days)
    return one_off(FIRST_VISIT, state.plan, opens_at=state.enrolled_at, closes_at=day_start(last_on, zone))


def _warning_times(rule: Obligation, zone: str, *, opens_at: datetime, span: Span) -> tuple[datetime, ...]:
    """When each warning is due, in their order.

    Who is enrolled after a warning's day is warned about on the day after the enrolment, if the period still
    runs then: else whoever visits them would hear of it only when the visit is missed.
    """
    next_on = local_day(opens_at, zone) + ONE_DAY
    times = []
    for warning in rule.warnings:
        on = local_day(span.opens_at, zone) + timedelta(days=warning.day - 1)
        usual, next_day = (to_instant(day, warning.time, zone) for day in (on, next_on))
        times.append(next_day if usual < opens_at and next_day < span.closes_at else usual)
    return tuple(accumulate(times, max))
