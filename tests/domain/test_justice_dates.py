"""Limits beside a record, counted as the law counts days (J-68, domain §0.2-9)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.calendars import Limit, LimitUnit, is_working_day
from shared.domain.justice.codes import Step
from shared.domain.justice.dates import dues, last_day
from shared.domain.justice.events import Event
from shared.domain.periods import months_after
from tests.policies.plans import JIANGPU, ZICHUAN, plan

ON = date(2026, 11, 18)
CALENDAR = plan(JIANGPU).work_days.calendar("Asia/Shanghai", plan(JIANGPU).jurisdiction.hours, ON)


def days(amount: int) -> Limit:
    return Limit(amount=amount, unit=LimitUnit.DAYS)


def working(amount: int) -> Limit:
    return Limit(amount=amount, unit=LimitUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("limit", "began", "ends"),
    [
        (days(7), date(2026, 11, 18), date(2026, 11, 25)),
        (days(3), date(2026, 11, 18), date(2026, 11, 23)),  # the third day is a Saturday
        (days(7), date(2026, 9, 25), date(2026, 10, 8)),  # the seventh lies in the National Day holiday
        (working(10), date(2026, 11, 18), date(2026, 12, 2)),
        (working(5), date(2026, 11, 18), date(2026, 11, 25)),
        (working(1), date(2026, 11, 20), date(2026, 11, 23)),  # from a Friday
        (working(1), date(2026, 9, 30), date(2026, 10, 8)),
        (days(30), date(2026, 11, 18), date(2026, 12, 18)),
        (Limit(amount=72, unit=LimitUnit.HOURS), date(2026, 11, 20), date(2026, 11, 23)),
        (Limit(amount=24, unit=LimitUnit.HOURS), date(2026, 11, 20), date(2026, 11, 21)),
        (days(0), date(2026, 11, 18), date(2026, 11, 18)),
    ],
)
def test_the_last_day_of_a_limit(limit: Limit, began: date, ends: date) -> None:
    """Worked out by hand: the first day does not count, a free last day gives way to the next working day."""
    assert last_day(limit, began, CALENDAR) == ends


@given(
    amount=st.integers(min_value=1, max_value=60),
    began=st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 10, 1)),
)
def test_a_limit_in_days_ends_on_a_working_day_and_never_early(amount: int, began: date) -> None:
    ends = last_day(days(amount), began, CALENDAR)

    assert is_working_day(ends, CALENDAR)
    assert ends >= began + timedelta(days=amount)
    between = range((ends - began).days - amount)
    assert not any(is_working_day(began + timedelta(days=amount + n), CALENDAR) for n in between)


@given(
    amount=st.integers(min_value=1, max_value=60),
    began=st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 9, 1)),
)
def test_working_days_count_exactly_those_on_which_somebody_works(amount: int, began: date) -> None:
    ends = last_day(working(amount), began, CALENDAR)
    passed = [began + timedelta(days=n) for n in range(1, (ends - began).days + 1)]

    assert sum(is_working_day(day, CALENDAR) for day in passed) == amount


@pytest.mark.parametrize(("place", "local"), [(JIANGPU, date(2026, 12, 2)), (ZICHUAN, date(2026, 11, 25))])
def test_the_centres_decision_is_due_by_the_law_and_by_the_place(place: str, local: date) -> None:
    """7 days by the national law; 10 working days in Shanghai, 5 in Shandong, shown beside it."""
    limits = plan(place).kind("legal_aid_forwarding").external
    found = dues(limits, [Event(step=Step.OPENED, on=ON), Event(step=Step.FORWARDED, on=ON)], CALENDAR)

    assert {due.code: due.by for due in found} == {
        "aid_decision": date(2026, 11, 25),
        "aid_decision_local": local,
    }


def test_a_limit_runs_from_its_step_and_is_met_by_the_answer() -> None:
    """法律援助法 art. 43: appointed within three days of the decision, not of the application."""
    events = [
        Event(step=Step.FORWARDED, on=ON),
        Event(step=Step.AID_GRANTED, on=date(2026, 11, 27)),
        Event(step=Step.AID_APPOINTED, on=date(2026, 11, 30)),
    ]
    found = {
        due.code: due for due in dues(plan(JIANGPU).kind("legal_aid_forwarding").external, events, CALENDAR)
    }

    assert found["aid_decision"].is_late(date(2026, 12, 1))
    assert found["aid_decision"].met_on == date(2026, 11, 27)
    assert found["aid_appointment"].by == date(2026, 11, 30)
    assert not found["aid_appointment"].is_late(date(2027, 1, 1))


def test_a_limit_that_nothing_has_met_is_late_from_the_next_day_on() -> None:
    (due,) = [
        each
        for each in dues(
            plan(JIANGPU).kind("mediation").external, [Event(step=Step.SETTLED, on=ON)], CALENDAR
        )
        if each.code == "judicial_confirmation"
    ]

    assert due.by == date(2026, 12, 18)
    assert not due.is_late(due.by)
    assert due.is_late(due.by + timedelta(days=1))


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 11, 18), date(2027, 5, 18)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_a_protection_order_ends_after_six_months(began: date, ends: date) -> None:
    """反家庭暴力法 art. 30."""
    assert months_after(began, plan(JIANGPU).justice.order_months) == ends
