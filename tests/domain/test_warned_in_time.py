"""Nobody misses the warning of a window that closes soon after it opened, or in a holiday (§0.2-5, Z-61)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.codes import RecipientRole
from shared.domain.periods import local_day
from shared.domain.plan import FIRST_VISIT, Obligation, Recipient, WindowWarning
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.rows import WarningRow
from shared.domain.visit_cycle.state import Window
from tests.builders import MONTHLY, WEEKLY, ZONE, a_calendar, a_cycle, a_monthly, a_plan, a_weekly, at

VISITOR, VILLAGE = Recipient(role=RecipientRole.ASSIGNEE), Recipient(role=RecipientRole.MEMBERS)
THE_20TH, THE_25TH = (
    WindowWarning(day=day, time="10:00", recipient=whom) for day, whom in ((20, VISITOR), (25, VILLAGE))
)
BY_MONTH = a_monthly(warnings=(THE_20TH, THE_25TH))
LONG_HOLIDAY = tuple(date(2026, 10, day) for day in range(1, 8))


def begun(enrolled_at: datetime, rule: Obligation, **plan: object) -> CycleDecision:
    state = a_cycle(enrolled_at=enrolled_at, plan=a_plan(rule, **plan))
    return cycle.begin(state, enrolled_at)


def warned(decision: CycleDecision) -> tuple[Window, list[WarningRow]]:
    """The first window, and its warnings about somebody whom nobody visits."""
    (window,) = decision.state.windows
    rows = [*decision.rows.warnings]
    while decision.due is not None and decision.due <= window.closes_at:
        decision = cycle.tick(decision.state, decision.due)
        rows += decision.rows.warnings
    return window, rows


@pytest.mark.parametrize(
    ("enrolled_at", "visitor_at"),
    [
        ("2026-12-20 09:59", "2026-12-20 10:00"),
        ("2026-12-20 10:00", "2026-12-20 10:00"),
        ("2026-12-20 10:00:01", "2026-12-21 10:00"),
        ("2026-12-22 23:59", "2026-12-23 10:00"),
        ("2026-11-21 00:00", "2026-11-22 10:00"),
    ],
)
def test_who_is_enrolled_after_the_day_of_a_warning_is_warned_about_on_the_next(
    enrolled_at: str, visitor_at: str
) -> None:
    """The 20th is the visitor's warning, the 25th the village's: the visitor had none at all."""
    _, rows = warned(begun(at(enrolled_at), BY_MONTH))

    village_at = at(f"{enrolled_at[:8]}25 10:00")
    assert [(row.due_at, row.recipient) for row in rows] == [(at(visitor_at), VISITOR), (village_at, VILLAGE)]
    assert [row.is_sent for row in rows] == [True, True]


def test_who_is_enrolled_on_a_thursday_afternoon_is_warned_about_on_friday() -> None:
    """Z-62: 周四上午提醒探访人 is the only warning of that week."""
    _, rows = warned(begun(at("2026-11-19 15:00"), a_weekly()))

    assert [row.due_at for row in rows] == [at("2026-11-20 10:00")]


def test_a_warning_put_off_does_not_overtake_the_one_after_it() -> None:
    """Whoever is told second is told not earlier: the numbers of the warnings go on rising."""
    evening = WindowWarning(day=20, time="16:00", recipient=VILLAGE)
    rule = a_monthly(warnings=(THE_20TH, evening))
    _, rows = warned(begun(at("2026-12-20 12:00"), rule))

    assert [(row.number, row.due_at) for row in rows] == [
        (1, at("2026-12-21 10:00")),
        (2, at("2026-12-21 10:00")),
    ]


@pytest.mark.parametrize("day", [23, 28, 29, 30, 31])
def test_from_when_the_month_does_not_bind_a_first_visit_is_owed_and_the_plan_names_no_warning(
    day: int,
) -> None:
    """§0.2-5: fewer than ten days remain; within seven days somebody goes, and the round shows it at once."""
    window, rows = warned(begun(at(f"2026-12-{day} 09:00"), BY_MONTH))

    assert (window.rule.code, rows) == (FIRST_VISIT, [])


def test_on_the_last_day_of_a_period_there_is_no_day_after_to_warn_on() -> None:
    """An obligation that binds from any day on: the window closes before anybody could be told."""
    rule = a_weekly(binds_from_days=0)
    for enrolled_at in ("2026-11-22 09:00", "2026-11-22 23:59"):
        window, rows = warned(begun(at(enrolled_at), rule))
        assert (window.closes_at, rows) == (at("2026-11-23 00:00"), [])
        assert window.warned == 1


@given(minutes=st.integers(0, 4 * 365 * 24 * 60), last=st.sampled_from([25, 28]))
def test_whoever_binds_in_a_month_is_warned_about_to_everybody_named_before_it_closes(
    minutes: int, last: int
) -> None:
    """Whatever its length: of the 29th or later no policy may speak, for February would not have it."""
    written = WindowWarning(day=last, time="23:59", recipient=VILLAGE)
    moment = at("2026-01-01 00:00") + timedelta(minutes=minutes)
    window, rows = warned(begun(moment, a_monthly(warnings=(THE_20TH, written))))

    if window.rule.code == MONTHLY:
        assert [row.recipient for row in rows] == [VISITOR, VILLAGE]
        assert all(moment <= row.due_at < window.closes_at for row in rows)
        days = [(local_day(row.due_at, ZONE) - local_day(moment, ZONE)).days for row in rows]
        assert days == sorted(days)


def test_a_warning_in_a_holiday_that_outlasts_the_window_is_told_at_its_hour() -> None:
    """2026年国庆: the office opens again on Thursday the 8th, the week closed on Sunday the 4th."""
    calendar = a_calendar(holidays=LONG_HOLIDAY)
    _, (row,) = warned(begun(at("2026-09-28 00:00"), a_weekly(), calendar=calendar))

    assert row.due_at == row.not_before == at("2026-10-01 10:00")


def test_a_warning_in_a_holiday_waits_for_the_office_while_the_window_lasts() -> None:
    """Routine notices keep office hours: the Friday after is soon enough for a month."""
    calendar = a_calendar(holidays=LONG_HOLIDAY[:1])
    early = WindowWarning(day=1, time="10:00", recipient=VISITOR)
    _, (row,) = warned(begun(at("2026-10-01 00:00"), a_monthly(warnings=(early,)), calendar=calendar))

    assert row.not_before == at("2026-10-02 08:30")


@pytest.mark.parametrize(
    ("free", "told_at"),
    [(LONG_HOLIDAY[:3], "2026-10-04 00:00"), (LONG_HOLIDAY[:4], "2026-10-01 10:00")],
)
def test_an_office_that_opens_the_instant_the_window_closes_is_too_late(
    free: tuple[date, ...], told_at: str
) -> None:
    """That instant belongs to the next period."""
    calendar = a_calendar(hours=(("00:00", "11:30"),), holidays=free, workdays=(date(2026, 10, 4),))
    calendar = replace(calendar, workdays=tuple(set(calendar.workdays) - set(free)))
    _, (row,) = warned(begun(at("2026-09-28 00:00"), a_weekly(), calendar=calendar))

    assert (row.obligation, row.not_before) == (WEEKLY, at(told_at))
