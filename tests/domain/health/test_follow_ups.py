"""Follow-up and readings (J-75, J-77): when the next is due, what is abnormal, what cannot be."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.health.codes import Owing, Vital
from shared.domain.health.follow_ups import due_on, owing
from shared.domain.health.vitals import impossible, judged_signs, signs_of
from tests.policies.plans import ZICHUAN, plan

RULES = plan(ZICHUAN).health_care
BEGUN = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("programme", "due"),
    [
        ("hypertension", date(2026, 4, 10)),
        ("diabetes", date(2026, 4, 10)),
        ("check_up", date(2027, 1, 10)),
    ],
)
def test_a_follow_up_is_due_each_quarter_and_a_check_up_each_year(programme: str, due: date) -> None:
    """J-75: quarterly HTN/DM."""
    rule = RULES.programme(programme)
    assert rule is not None

    assert due_on(rule, since_on=BEGUN, last_on=None) == due
    assert due_on(rule, since_on=date(2020, 1, 1), last_on=BEGUN) == due


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    due = date(2026, 4, 10)

    assert owing(due, due - timedelta(days=14), remind_days=14) is Owing.LATER
    assert owing(due, due - timedelta(days=13), remind_days=14) is Owing.DUE
    assert owing(due, due, remind_days=14) is Owing.DUE
    assert owing(due, due + timedelta(days=1), remind_days=14) is Owing.OVERDUE


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ({Vital.SYSTOLIC: "149", Vital.DIASTOLIC: "89"}, []),
        ({Vital.SYSTOLIC: "150", Vital.DIASTOLIC: "89"}, [("blood_pressure_high", False)]),
        ({Vital.SYSTOLIC: "149", Vital.DIASTOLIC: "90"}, [("blood_pressure_high", False)]),
        ({Vital.SYSTOLIC: "180", Vital.DIASTOLIC: "95"}, [("blood_pressure_high", True)]),
        ({Vital.SYSTOLIC: "155", Vital.DIASTOLIC: "110"}, [("blood_pressure_high", True)]),
        ({Vital.GLUCOSE: "6.9"}, []),
        ({Vital.GLUCOSE: "7.0"}, [("glucose_high", False)]),
        ({Vital.GLUCOSE: "16.7"}, [("glucose_high", True)]),
        ({Vital.GLUCOSE: "3.9"}, [("glucose_low", True)]),
        ({Vital.PULSE: "72"}, []),
        ({}, []),
    ],
)
def test_what_is_abnormal_is_said_once_and_by_its_gravest_threshold(
    readings: dict[Vital, str], expected: list[tuple[str, bool]]
) -> None:
    """J-77: vitals with thresholds, on abnormal."""
    exact = {vital: Decimal(value) for vital, value in readings.items()}

    found = signs_of(exact, RULES.thresholds)

    assert [(sign.code, sign.is_urgent) for sign in found] == expected


@given(lower=st.integers(min_value=50, max_value=300), higher=st.integers(min_value=50, max_value=300))
def test_a_higher_pressure_is_never_judged_milder(lower: int, higher: int) -> None:
    low, high = sorted((lower, higher))
    grave = [
        max(
            (1 + sign.is_urgent for sign in signs_of({Vital.SYSTOLIC: Decimal(each)}, RULES.thresholds)),
            default=0,
        )
        for each in (low, high)
    ]

    assert grave[0] <= grave[1]


def test_readings_speak_only_about_what_they_measure() -> None:
    """Sugar says nothing about pressure: an earlier 血压高 stays until the pressure is taken again."""
    assert judged_signs({Vital.GLUCOSE: Decimal("5.5")}, RULES.thresholds) == {"glucose_high", "glucose_low"}
    assert judged_signs({}, RULES.thresholds) == set()


def test_a_sign_brings_the_work_that_it_calls_for_and_its_clause() -> None:
    (sign,) = signs_of({Vital.GLUCOSE: Decimal("3.9")}, RULES.thresholds)
    (rule,) = [each for each in RULES.thresholds if each.sign == "glucose_low"]

    assert (sign.kind, sign.source) == (rule.kind, rule.source)
    assert rule.kind == "family_doctor_follow_up"


def test_what_is_just_possible_is_no_slip_of_the_pen() -> None:
    bounds = [(rule.vital, bound) for rule in RULES.vitals for bound in (rule.least, rule.most)]

    assert [vital for vital, bound in bounds if impossible({vital: bound}, RULES.vitals)] == []


def test_a_slip_of_the_pen_is_found_by_bounds() -> None:
    found = impossible({Vital.SYSTOLIC: Decimal(1350), Vital.DIASTOLIC: Decimal(85)}, RULES.vitals)

    assert list(found) == [Vital.SYSTOLIC]


def test_a_programme_that_the_plan_does_not_know_is_none() -> None:
    """What a record of long ago names may be gone from the plan."""
    assert RULES.programme("from_long_ago") is None
