"""What a cycle tells of its windows, to the second: steps, warnings, excuses, late entry."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.codes import RecipientRole, StateStatus
from shared.domain.periods import Span
from shared.domain.plan import EXTRA_VISIT, Obligation, Period, Recipient, WindowWarning
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import ExtraVisit, Facts
from shared.domain.visit_cycle.judging import belongs, counted, judged
from shared.domain.visit_cycle.rows import NextStep, StepCode, WarningRow
from shared.domain.visit_cycle.state import CycleState, WindowOutcome
from tests.builders import (
    MONTHLY,
    SOMEBODY,
    WEEKLY,
    ZONE,
    a_contact,
    a_cycle,
    a_monthly,
    a_plan,
    a_state,
    a_weekly,
    an_exception,
    at,
)
from tests.domain import cycles
from tests.domain.cycles import MONDAY, SUNDAY_NIGHT

THURSDAY = at("2026-11-19 10:00")
ASSIGNEE = Recipient(role=RecipientRole.ASSIGNEE)
SECOND = timedelta(seconds=1)


def begun(*obligations: Obligation, moment: datetime = MONDAY) -> CycleState:
    return cycles.begun(moment, plan=a_plan(*obligations))


def told(state: CycleState, facts: Facts, now: datetime) -> CycleDecision:
    return cycle.take_in(state, facts, now)


def test_the_next_steps_say_what_is_still_missing_when_and_who_is_warned() -> None:
    """「周四10:00 提醒探访员（本周还差1次）；周日24:00 截止」, after one of two visits."""
    visited = told(begun(a_weekly(times=2)), Facts(contacts=(a_contact(at("2026-11-17 09:00")),)), THURSDAY)
    before = told(
        begun(a_weekly(times=2)), Facts(contacts=(a_contact(at("2026-11-17 09:00")),)), at("2026-11-17 09:00")
    )

    closing = NextStep(at=SUNDAY_NIGHT, code=StepCode.CLOSE, obligation=WEEKLY, missing=1)
    warning = NextStep(at=THURSDAY, code=StepCode.WARN, obligation=WEEKLY, missing=1, recipient=ASSIGNEE)
    assert before.row.next_steps == (warning, closing)
    assert visited.row.next_steps == (closing,)


def test_who_has_been_seen_is_owed_the_next_week() -> None:
    met = told(begun(), Facts(contacts=(a_contact(at("2026-11-17 09:00")),)), at("2026-11-17 09:00"))

    assert met.row.next_steps == (
        NextStep(at=SUNDAY_NIGHT, code=StepCode.OPEN, obligation=WEEKLY, missing=0),
    )
    assert cycle.close(met.state, THURSDAY).row.next_steps == ()


def test_a_warning_says_of_which_window_it_is_and_what_that_window_lacks() -> None:
    friday = WindowWarning(day=5, time="09:00", recipient=Recipient(role=RecipientRole.LEAD))
    rule = a_weekly(times=3, warnings=(*a_weekly().warnings, friday))
    state = told(
        begun(rule), Facts(contacts=(a_contact(at("2026-11-17 09:00")),)), at("2026-11-17 09:00")
    ).state
    first = cycle.tick(state, THURSDAY)
    second = cycle.tick(first.state, at("2026-11-20 09:00"))

    assert first.rows.warnings == (
        WarningRow(
            obligation=WEEKLY,
            opens_at=MONDAY,
            number=1,
            due_at=THURSDAY,
            closes_at=SUNDAY_NIGHT,
            missing=2,
            recipient=ASSIGNEE,
            not_before=THURSDAY,
            is_sent=True,
        ),
    )
    assert [(row.number, row.recipient) for row in second.rows.warnings] == [(2, friday.recipient)]


@pytest.mark.parametrize(("seconds", "is_sent"), [(0, True), (600, True), (601, False)])
def test_a_warning_is_overtaken_after_the_minutes_of_the_plan(seconds: int, *, is_sent: bool) -> None:
    decision = cycle.tick(begun(), THURSDAY + timedelta(seconds=seconds))

    assert [row.is_sent for row in decision.rows.warnings] == [is_sent]


@pytest.mark.parametrize(
    ("starts", "ends", "is_excused"),
    [
        ("2026-11-17 08:00", "2026-11-19 20:00", False),
        ("2026-11-17 08:00", "2026-11-20 00:00", True),
        ("2026-11-16 23:00", "2026-11-19 01:00", True),
        ("2026-11-10 08:00", "2026-11-18 20:00", False),
        ("2026-11-20 08:00", "2026-12-02 20:00", False),
        ("2026-11-19 08:00", "2026-12-02 20:00", True),
        ("2026-11-09 08:00", "2026-11-15 20:00", False),
    ],
)
def test_a_week_is_excused_if_a_state_left_fewer_than_four_days_of_it(
    starts: str, ends: str, *, is_excused: bool
) -> None:
    """Domain §0.2-3: a day that the state touches is no active one; four of seven bind."""
    (window,) = begun().windows
    ended = a_state(at(starts), StateStatus.ENDED, ends_at=at(ends))

    assert judged(window, Facts(states=(ended,)), at=SUNDAY_NIGHT, zone=ZONE).is_excused is is_excused
    refused = replace(ended, status=StateStatus.REFUSED, ends_at=None)
    assert not judged(window, Facts(states=(refused,)), at=SUNDAY_NIGHT, zone=ZONE).is_excused


def test_a_window_holds_its_opening_second_and_not_its_closing_one() -> None:
    (window,) = begun().windows
    span = Span(opens_at=MONDAY, closes_at=SUNDAY_NIGHT)

    for moment, is_inside in [
        (MONDAY - SECOND, False),
        (MONDAY, True),
        (SUNDAY_NIGHT - SECOND, True),
        (SUNDAY_NIGHT, False),
    ]:
        assert belongs(a_contact(moment), window) is is_inside
        assert span.holds(moment) is is_inside


@pytest.mark.parametrize(("gap", "count"), [(timedelta(hours=20), 2), (timedelta(hours=20) - SECOND, 1)])
def test_two_visits_are_two_if_the_gap_of_the_plan_lies_between_them(gap: timedelta, count: int) -> None:
    """J-11: a minimum gap, whether or not it has become another day."""
    evening = at("2026-11-17 18:00")
    for rule in (a_weekly(min_gap_hours=20), a_weekly(min_gap_hours=20, distinct_days=True)):
        assert counted([a_contact(evening), a_contact(evening + gap)], rule, ZONE) == count


def test_two_exceptions_for_two_duties_excuse_both() -> None:
    state = begun(a_weekly(), a_weekly(code="at_home"))
    for code in (WEEKLY, "at_home"):
        exception = replace(an_exception(MONDAY, SUNDAY_NIGHT, known_at=THURSDAY), obligation=code)
        state = told(state, Facts(exceptions=(exception,)), THURSDAY).state
    closed = cycle.tick(state, SUNDAY_NIGHT)

    past = [(row.outcome, row.was) for row in closed.rows.windows if row.closes_at == SUNDAY_NIGHT]
    assert past == [(WindowOutcome.EXCEPTED, WindowOutcome.OPEN)] * 2


def test_an_extra_visit_may_be_put_on_record_late_like_any_other() -> None:
    due = at("2026-11-18 18:00")
    extra = ExtraVisit(extra_id=SOMEBODY, due_by=due, known_at=at("2026-11-17 09:00"))
    decision = told(begun(), Facts(extras=(extra,)), extra.known_at)
    (row,) = [row for row in decision.rows.windows if row.obligation == EXTRA_VISIT]
    assert (row.opens_at, row.closes_at, row.required) == (extra.known_at, due, 1)

    missed = cycle.tick(decision.state, due).state
    late = a_contact(at("2026-11-18 10:00"), known_at=due + timedelta(hours=47))
    turned = told(missed, Facts(contacts=(late,)), late.known_at)
    assert [row.outcome for row in turned.rows.windows if row.obligation == EXTRA_VISIT] == [
        WindowOutcome.MET_LATE
    ]


def test_a_record_that_comes_later_never_takes_back_when_the_elder_was_last_seen() -> None:
    seen = a_contact(at("2026-11-18 10:00"))
    earlier = a_contact(at("2026-11-17 10:00"), known_at=at("2026-11-18 11:00"))
    state = told(begun(), Facts(contacts=(seen,)), seen.known_at).state

    assert told(state, Facts(contacts=(earlier,)), earlier.known_at).row.last_seen_at == seen.occurred_at


def test_a_duty_of_every_ten_days_counts_them_from_the_enrolment() -> None:
    rule = Obligation(code="ten_days", period=Period.DAYS, length_days=10, times=1)
    enrolled = at("2026-11-17 09:00")
    decision = cycle.begin(a_cycle(enrolled_at=enrolled, plan=a_plan(rule)), at("2026-12-08 09:00"))
    rows = {(row.opens_at, row.closes_at) for row in decision.rows.windows}

    assert rows == {
        (enrolled, at("2026-11-27 00:00")),
        (at("2026-11-27 00:00"), at("2026-12-07 00:00")),
        (at("2026-12-07 00:00"), at("2026-12-17 00:00")),
    }


def test_a_month_too_short_to_bind_is_followed_by_a_whole_one() -> None:
    """Domain §0.2-5: nothing is owed for the last four days, and everything from the first on."""
    late = at("2026-11-26 09:00")
    state = begun(a_weekly(), a_monthly(), moment=late)
    assert [window.rule.code for window in state.windows] == [WEEKLY]
    decision = cycle.tick(state, at("2026-12-01 00:00"))

    assert [row.opens_at for row in decision.rows.windows if row.obligation == MONTHLY] == [
        at("2026-12-01 00:00")
    ]
