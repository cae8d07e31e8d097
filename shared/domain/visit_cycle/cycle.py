"""Decisions of a visit cycle (探访周期). Pure: the state, a command and now give the next state and its rows.

Every decision is the same fold: put the facts on the timeline, then pass every moment up to now. Starting in
the past, waking after an outage and running on time therefore come out alike.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared.domain.periods import day_start
from shared.domain.plan import Plan
from shared.domain.visit_cycle import chasing, windows
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.judging import quiet_because
from shared.domain.visit_cycle.passing import pass_moment
from shared.domain.visit_cycle.rows import ChaseEnd, CycleRow, CycleRows, window_row
from shared.domain.visit_cycle.state import CycleState, WindowOutcome
from shared.domain.visit_cycle.steps import next_steps
from shared.domain.visit_cycle.timeline import Fact, next_moment

AHEAD = timedelta(seconds=30)
"""So far two machines' clocks may differ (architecture §4); what is further ahead waits for its instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleDecision:
    """What follows from a command: the next state, what to tell others, and when to wake up next."""

    state: CycleState
    rows: CycleRows
    row: CycleRow
    due: datetime | None


def begin(state: CycleState, now: datetime) -> CycleDecision:
    """Start the cycle at `state.enrolled_at`, perhaps weeks ago, and catch up to now in one decision.

    With cursors it goes on from there, where an earlier process stood (`resuming.py`).
    """
    opened, cursors = windows.first_windows(state)
    if state.cursors:
        opened, cursors = (), windows.cursors_for(state, state.plan, now)
    rows = CycleRows(windows=tuple(window_row(window, was=None) for window in opened))
    return _advance(replace(state, windows=opened, cursors=cursors), rows, now)


def take_in(state: CycleState, facts: Facts, now: datetime) -> CycleDecision:
    """Take facts in: contacts, states, exceptions, extra visits. The same fact twice changes nothing."""
    return _advance(replace(state, coming=state.coming + facts), CycleRows(), _as_late_as(facts, now))


def change_plan(
    state: CycleState, plan: Plan, now: datetime, *, area_code: str = "", ended_on: date | None = None
) -> CycleDecision:
    """Carry another plan: windows already open keep the size they have, the next ones take the new (J-06).

    Who has moved takes the open windows along; those that have closed stay with the area that owed them.
    What rests on a fact that is over (撤床) ends with it, on `ended_on` if that is known.
    """
    decided = _advance(state, CycleRows(), now)
    current, rows = _end_with_its_fact(decided.state, plan, now, ended_on=ended_on)
    rows = decided.rows + rows
    if area_code not in {"", current.area_code}:
        open_ones = [each for each in current.windows if not each.is_past]
        moved_windows = tuple(window_row(each, was=None) for each in open_ones)
        rows += CycleRows(windows=moved_windows, moved_at=now)
    cursors = windows.cursors_for(current, plan, now)
    moved = replace(current, plan=plan, cursors=cursors, area_code=area_code or current.area_code)
    return _advance(moved, rows, now)


def close(state: CycleState, now: datetime) -> CycleDecision:
    """End the cycle (移出): open windows become void, the chase ends with it."""
    decided = _advance(state, CycleRows(), now)
    current = decided.state
    void = tuple(replace(each, outcome=WindowOutcome.VOID) for each in current.windows if not each.is_past)
    rows = CycleRows(windows=tuple(window_row(each, was=WindowOutcome.OPEN) for each in void))
    current, ended = chasing.conclude(current, end=ChaseEnd.CLOSED, fact_id=None, at=now)
    closed = replace(current, windows=(), cursors=(), is_closed=True)
    return _decided(closed, decided.rows + rows + ended)


def tick(state: CycleState, now: datetime) -> CycleDecision:
    """Pass whatever has come due."""
    return _advance(state, CycleRows(), now)


def _as_late_as(facts: Facts, now: datetime) -> datetime:
    """Now, by the clock of whoever put the facts on record if that is a little ahead of ours.

    Left to a timer, a contact would reach the cycle only with the next wake-up, its spread included.
    """
    told: tuple[Fact, ...] = (*facts.contacts, *facts.states, *facts.exceptions, *facts.extras, *facts.voided)
    return max((each.known_at for each in told if now < each.known_at <= now + AHEAD), default=now)


def _end_with_its_fact(
    state: CycleState, plan: Plan, now: datetime, *, ended_on: date | None
) -> tuple[CycleState, CycleRows]:
    """What rested on a fact that is over is owed no more: its open windows are void, nobody is chased.

    Void is also what was missed meanwhile because the end was told late, while a late record could turn it.
    """
    over_since = day_start(ended_on, state.plan.zone) if ended_on else now
    gone = {rule.code for rule in state.plan.obligations if rule.from_on and not plan.obligation(rule.code)}
    ended = [
        each
        for each in state.windows
        if each.rule.code in gone
        and (each.is_owed or (each.outcome is WindowOutcome.MISSED and each.closes_at > over_since))
    ]
    void = tuple(window_row(replace(each, outcome=WindowOutcome.VOID), was=each.outcome) for each in ended)
    kept = tuple(each for each in state.windows if each not in ended)
    state, released = chasing.released(replace(state, windows=kept), gone, at=now)
    return state, CycleRows(windows=void) + released


def _advance(state: CycleState, rows: CycleRows, now: datetime) -> CycleDecision:
    while (moment := next_moment(state)) is not None and moment.at <= now:
        state, more = pass_moment(state, moment, now=now)
        rows += more
    return _decided(state, rows)


def _decided(state: CycleState, rows: CycleRows) -> CycleDecision:
    moment = next_moment(state)
    settled = replace(state, seq=state.seq + 1)
    return CycleDecision(
        state=settled,
        rows=rows.settled(),
        row=CycleRow(
            is_closed=state.is_closed,
            last_seen_at=state.last_seen_at,
            quiet_because=quiet_because(state.known.states),
            chase_referral_id=state.chase.referral_id if state.chase else None,
            next_steps=next_steps(state),
        ),
        due=moment.at if moment else None,
    )
