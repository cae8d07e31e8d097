"""What rests on a home bed (家庭病床) in a cycle: begun with the next whole week, ended with the bed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.conditions import Condition, Criterion, CriterionName, Subject, holds, met_since
from shared.domain.facts import ElderFacts, Spell
from shared.domain.periods import day_start, local_day
from shared.domain.plan import Obligation, Plan
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import ContactFact, Facts
from shared.domain.visit_cycle.rows import ChaseEnd, StepCode
from shared.domain.visit_cycle.state import CycleState, WindowOutcome
from tests.builders import WEEKLY, ZONE, a_contact, a_cycle, a_plan, a_weekly, at
from tests.domain.cycles import MONDAY

ROUND = "home_bed_round"
AGREED = at("2026-11-18 10:00")
NEXT_MONDAY = at("2026-11-23 00:00")
DISCHARGED = at("2026-11-25 15:00")
WEEK = timedelta(days=7)
IN_BED = Condition(tests=(Criterion(name=CriterionName.IN_HOME_BED, values=(True,)),))
days = st.dates(date(2026, 10, 1), date(2026, 12, 31))


def a_round(agreed_at: datetime = AGREED) -> Obligation:
    return a_weekly(code=ROUND, from_on=local_day(agreed_at, ZONE))


def with_bed(agreed_at: datetime = AGREED) -> Plan:
    return a_plan(a_weekly(), a_round(agreed_at))


def agreed() -> CycleDecision:
    begun = cycle.begin(a_cycle(enrolled_at=MONDAY), MONDAY).state
    return cycle.change_plan(begun, with_bed(), AGREED)


def open_codes(state: CycleState) -> set[str]:
    return {window.rule.code for window in state.windows if window.is_owed}


def seen(when: datetime, *counts_for: str) -> Facts:
    return Facts(contacts=(replace(a_contact(when), counts_for=counts_for, contact_id=uuid4()),))


def test_a_bed_agreed_on_adds_a_round_from_the_next_whole_week_and_says_so_at_once() -> None:
    """J-76: what the bed adds is known at once; the week of the agreement is owed as it was (J-06)."""
    decision = agreed()

    ahead = [(step.code, step.obligation, step.at) for step in decision.row.next_steps]
    assert (StepCode.OPEN, ROUND, NEXT_MONDAY) in ahead
    assert open_codes(decision.state) == {WEEKLY}
    assert open_codes(cycle.tick(decision.state, NEXT_MONDAY).state) == {WEEKLY, ROUND}


def test_a_discharge_voids_the_open_round_at_once_and_leaves_every_other_duty() -> None:
    """J-76: 撤床 ends it; nobody is reminded of, or missed at, a bed that is gone."""
    running = cycle.tick(agreed().state, NEXT_MONDAY).state
    decision = cycle.change_plan(running, a_plan(), DISCHARGED)

    gone = [(row.obligation, row.outcome) for row in decision.rows.windows]
    assert gone == [(ROUND, WindowOutcome.VOID)]
    assert open_codes(decision.state) == {WEEKLY}
    later = cycle.tick(decision.state, DISCHARGED + WEEK)
    assert ROUND not in {row.obligation for row in (*later.rows.windows, *later.rows.warnings)}


@pytest.mark.parametrize(
    ("told_at", "ended_on", "void"),
    [
        ("2026-11-30 09:00", date(2026, 11, 25), [NEXT_MONDAY, NEXT_MONDAY + WEEK]),
        ("2026-11-30 09:00", date(2026, 11, 29), [NEXT_MONDAY, NEXT_MONDAY + WEEK]),
        ("2026-11-30 09:00", date(2026, 11, 30), [NEXT_MONDAY + WEEK]),
        ("2026-11-30 09:00", None, [NEXT_MONDAY + WEEK]),
        ("2026-12-02 00:01", date(2026, 11, 25), [NEXT_MONDAY + WEEK]),
    ],
)
def test_a_discharge_told_late_takes_back_the_week_that_was_missed_for_nothing(
    told_at: str, ended_on: date | None, void: list[datetime]
) -> None:
    """Typed in on Monday for the Wednesday before: until then no late record can turn the week any more."""
    running = cycle.tick(agreed().state, at(told_at)).state
    decision = cycle.change_plan(running, a_plan(a_weekly()), at(told_at), ended_on=ended_on)

    told = [(row.opens_at, row.outcome) for row in decision.rows.windows if row.obligation == ROUND]
    assert told == [(opens_at, WindowOutcome.VOID) for opens_at in void]
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY,)


def test_a_week_whose_round_was_made_stays_made_however_late_the_discharge_is_told() -> None:
    """A visit is a fact: only what was missed is taken back."""
    running = cycle.tick(agreed().state, NEXT_MONDAY).state
    met = cycle.take_in(running, seen(at("2026-11-24 09:00"), ROUND), at("2026-11-24 09:00")).state
    told_at = at("2026-11-30 09:00")
    decision = cycle.change_plan(met, a_plan(), told_at, ended_on=date(2026, 11, 25))

    told = {row.opens_at: row.outcome for row in decision.rows.windows if row.obligation == ROUND}
    assert told == {NEXT_MONDAY: WindowOutcome.MET, NEXT_MONDAY + WEEK: WindowOutcome.VOID}


def test_a_round_that_was_made_stays_made_after_the_discharge() -> None:
    """A met window is a fact of its week, whatever ends afterwards."""
    running = cycle.tick(agreed().state, NEXT_MONDAY).state
    met = cycle.take_in(running, seen(at("2026-11-24 09:00"), ROUND), at("2026-11-24 09:00")).state
    decision = cycle.change_plan(met, a_plan(), DISCHARGED)
    closed = cycle.tick(decision.state, NEXT_MONDAY + WEEK)

    assert decision.rows.windows == ()
    assert [r.outcome for r in closed.rows.windows if r.obligation == ROUND] == [WindowOutcome.MET]


def test_a_discharge_ends_the_chase_for_a_round_that_nobody_can_make_any_more() -> None:
    """Domain §0.2-2: it ends by a fact; the missed week stays missed."""
    started = a_cycle(enrolled_at=MONDAY, plan=with_bed(MONDAY - WEEK))
    visited = [seen(at(f"2026-11-{day} 09:00"), WEEKLY) for day in (17, 24)]
    running = cycle.begin(replace(started, coming=visited[0] + visited[1]), DISCHARGED).state
    assert running.chase is not None
    assert running.chase.obligations == (ROUND,)
    decision = cycle.change_plan(running, a_plan(), DISCHARGED)

    assert [move.end for move in decision.rows.chases] == [ChaseEnd.RELEASED]
    assert decision.state.chase is None
    assert [row.opens_at for row in decision.rows.windows] == [NEXT_MONDAY]


def test_a_chase_for_more_than_the_round_goes_on_for_the_rest() -> None:
    """Two duties missed stay two."""
    running = cycle.begin(a_cycle(enrolled_at=MONDAY, plan=with_bed(MONDAY - WEEK)), DISCHARGED).state
    decision = cycle.change_plan(running, a_plan(), DISCHARGED)

    assert decision.rows.chases == ()
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY,)


def test_another_class_keeps_the_open_window_and_any_visit_that_counts_ends_its_chase() -> None:
    """J-06 keeps open windows; but nothing counts any more for what the new class does not ask."""
    started = a_cycle(enrolled_at=MONDAY, plan=a_plan(a_weekly(), a_weekly(code="at_home")))
    visited = seen(at("2026-11-17 09:00"), WEEKLY)
    running = cycle.begin(replace(started, coming=visited), NEXT_MONDAY).state
    lower = cycle.change_plan(running, a_plan(), NEXT_MONDAY + timedelta(hours=1))
    assert open_codes(lower.state) == {WEEKLY, "at_home"}
    assert lower.rows.chases == ()
    now = at("2026-11-24 09:00")
    decision = cycle.take_in(lower.state, seen(now, WEEKLY), now)

    assert [move.end for move in decision.rows.chases] == [ChaseEnd.CONTACT]


def test_what_was_on_record_in_time_but_arrives_late_opens_no_closed_window_again() -> None:
    """J-05: one contact of two, told after the closing second, leaves the window missed."""
    twice = a_cycle(enrolled_at=MONDAY, plan=a_plan(a_weekly(times=2)))
    closed = cycle.tick(cycle.begin(twice, MONDAY).state, NEXT_MONDAY).state
    spoken = ContactFact(
        contact_id=uuid4(),
        occurred_at=at("2026-11-22 20:00"),
        known_at=at("2026-11-22 23:59"),
        is_reached=True,
        counts_for=(WEEKLY,),
    )
    decision = cycle.take_in(closed, Facts(contacts=(spoken,)), NEXT_MONDAY + timedelta(minutes=1))

    [row] = [each for each in decision.rows.windows if each.closes_at == NEXT_MONDAY]
    assert (row.outcome, row.done) == (WindowOutcome.MISSED, 1)


@given(agreed_on=st.dates(date(2026, 9, 8), date(2026, 10, 20)), later=st.integers(1, 30))
def test_a_cycle_started_anew_owes_the_same_rounds_as_the_one_that_ran(agreed_on: date, later: int) -> None:
    """Reconcile: the start in the past owes no round before the bed, and each one since."""
    enrolled_at = at("2026-09-07 00:00")
    agreed_at = day_start(agreed_on, ZONE) + timedelta(hours=10)
    now = agreed_at + timedelta(days=later)
    before = cycle.begin(a_cycle(enrolled_at=enrolled_at), agreed_at).state
    ran = cycle.tick(cycle.change_plan(before, with_bed(agreed_at), agreed_at).state, now).state
    anew = cycle.begin(a_cycle(enrolled_at=enrolled_at, plan=with_bed(agreed_at)), now).state

    assert rounds_of(anew) == rounds_of(ran)
    assert cursor_of(anew) == cursor_of(ran)
    assert all(opens_at > agreed_at for opens_at, _ in rounds_of(anew))


@given(agreed_on=days, in_use=st.none() | st.integers(0, 60), asked=days)
def test_a_bed_is_in_use_from_the_agreement_to_the_day_before_the_discharge(
    agreed_on: date, in_use: int | None, asked: date
) -> None:
    """J-76: on the day of the discharge nothing is owed any more; before the agreement nothing was."""
    to_on = None if in_use is None else agreed_on + timedelta(days=in_use)
    elder = Subject(facts=ElderFacts(home_bed=Spell(from_on=agreed_on, to_on=to_on)), on=asked)
    expected = asked >= agreed_on and (to_on is None or asked < to_on)

    assert holds(IN_BED, elder) is expected
    assert met_since(IN_BED, elder) == (agreed_on if expected else None)


def test_without_a_bed_nothing_rests_on_one() -> None:
    """A missing fact is no home bed, and a duty of everybody has no first day."""
    elder = Subject(facts=ElderFacts(), on=date(2026, 11, 18))

    assert not holds(IN_BED, elder)
    assert met_since(IN_BED, elder) is None
    assert met_since(Condition(), elder) is None


def rounds_of(state: CycleState) -> list[tuple[datetime, datetime]]:
    return [(each.opens_at, each.closes_at) for each in state.windows if each.rule.code == ROUND]


def cursor_of(state: CycleState) -> list[datetime]:
    return [each.opens_at for each in state.cursors if each.obligation == ROUND]
