"""The closed language of policies: every test on both sides of its edge, and how tests combine."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.codes import Ability, Circumstance, Tier
from shared.domain.conditions import Condition, Criterion, CriterionName, Subject, holds, met_by
from shared.domain.facts import AssessedAbility, ElderFacts

TODAY = date(2026, 11, 21)
NOBODY_KNOWS = ElderFacts(birth_on=date(1956, 1, 1), area_code="370302115201")


def test_of(name: str, *values: object) -> Condition:
    return Condition(tests=(Criterion(name=CriterionName(name), values=values),))  # type: ignore[arg-type]


test_of.__test__ = False  # type: ignore[attr-defined]

ALONE = test_of("circumstance_any", Circumstance.LIVING_ALONE)
OLD = test_of("age_at_least", 80)


def is_meant(condition: Condition, **known: object) -> bool:
    return holds(condition, Subject(facts=replace(NOBODY_KNOWS, **known), on=TODAY, tier=Tier.FOCUS))


def born(years: int, days_before: int = 0) -> date:
    return TODAY.replace(year=TODAY.year - years) - timedelta(days=days_before)


def assessed(days_ago: int) -> Mapping[str, object]:
    on = TODAY - timedelta(days=days_ago)
    return {"ability": AssessedAbility(level=Ability.MILD, assessed_on=on)}


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        (OLD, {"birth_on": born(80)}, {"birth_on": born(80, -1)}),
        (test_of("age_below", 60), {"birth_on": born(60, -1)}, {"birth_on": born(60)}),
        (test_of("youngest_below", 60), {"youngest_birth_on": born(60, -1)}, {"youngest_birth_on": born(60)}),
        (test_of("household_above", 1), {"household_size": 2}, {"household_size": 1}),
        (test_of("assessed_days_ago_over", 730), assessed(731), assessed(730)),
        (test_of("care_level_at_least", 2), {"care_level": 2}, {"care_level": 1}),
        (test_of("area_in", "370302115"), {}, {"area_code": "370302001201"}),
        (test_of("disability_level_in", 1, 2), {"disability_level": 2}, {"disability_level": 3}),
    ],
)
def test_a_test_holds_up_to_its_edge(
    condition: Condition, inside: Mapping[str, object], outside: Mapping[str, object]
) -> None:
    assert is_meant(condition, **inside)
    assert not is_meant(condition, **outside)


@pytest.mark.parametrize(
    "condition",
    [
        OLD,
        test_of("age_below", 60),
        test_of("youngest_below", 60),
        test_of("household_above", 1),
        test_of("assessed_days_ago_over", 730),
        test_of("care_level_at_least", 2),
        test_of("disability_level_in", 1),
        test_of("ability_in", Ability.SEVERE),
    ],
)
def test_what_nobody_has_said_holds_for_no_test(condition: Condition) -> None:
    """A missing fact never stands for a value (domain §5.4)."""
    assert not is_meant(condition, birth_on=None)


@given(is_old=st.booleans(), is_alone=st.booleans())
def test_tests_combine_as_all_any_and_not(is_old: bool, is_alone: bool) -> None:  # noqa: FBT001 - drawn
    circumstances = (Circumstance.LIVING_ALONE,) if is_alone else ()
    known = {"birth_on": born(80 if is_old else 70), "circumstances": circumstances}

    assert is_meant(Condition(every=(OLD, ALONE)), **known) == (is_old and is_alone)
    assert is_meant(Condition(some=(OLD, ALONE)), **known) == (is_old or is_alone)
    assert is_meant(Condition(never=(OLD, ALONE)), **known) == (not is_old and not is_alone)
    both = Condition(tests=OLD.tests, every=(ALONE,))
    assert is_meant(both, **known) == (is_old and is_alone)


def test_the_tests_that_fitted_are_named_in_the_order_of_the_policy() -> None:
    """A decision returns its reasons."""
    subject = Subject(
        facts=replace(NOBODY_KNOWS, birth_on=born(85), circumstances=(Circumstance.LIVING_ALONE,)), on=TODAY
    )
    whole = Condition(tests=OLD.tests, some=(test_of("care_level_at_least", 2), ALONE))

    assert met_by(whole, subject) == (*OLD.tests, *ALONE.tests)
    assert met_by(test_of("care_level_at_least", 2), subject) == ()
