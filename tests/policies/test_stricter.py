"""What one rule must say so that it asks at least as much as another, whoever the elder is (Z-05)."""

import tomllib

import pytest

from shared.domain.codes import VisitMode
from shared.domain.conditions import Condition, holds
from shared.domain.plan import Period
from shared.domain.visit_modes import CountingRule, ModeRule
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.read_conditions import read_condition
from shared.policies.reader import Reader
from shared.policies.samples import samples
from shared.policies.stricter import brings, counted_more, covers
from shared.policies.visiting import Floor
from tests.policies.plans import ZICHUAN, plan, with_value
from tests.policies.test_faults import faults_with

EVERYBODY = ""
OLD, OLDER = "age_at_least = 70", "age_at_least = 80"
FOCUS = "tier_in = ['focus']"
HOME, CALL = VisitMode.AT_HOME, VisitMode.PHONE


def who(written: str) -> Condition:
    table = tomllib.loads(f"who = {{ {written} }}") if written else {}
    return read_condition(Reader(Layered(table, ()), Faults(), "", table), "who")


@pytest.mark.parametrize(
    ("wide", "narrow", "shown"),
    [
        (EVERYBODY, OLD, True),
        (OLD, EVERYBODY, False),
        (OLD, OLDER, True),
        (OLDER, OLD, False),
        ("age_below = 90", "age_below = 80", True),
        ("age_below = 80", "age_below = 90", False),
        ("mobility_in = ['limited', 'bedridden']", "mobility_in = ['limited']", True),
        ("mobility_in = ['limited']", "mobility_in = ['limited', 'bedridden']", False),
        ("area_in = ['370302']", "area_in = ['370302115', '370302116']", True),
        ("area_in = ['370302115']", "area_in = ['370302']", False),
        ("any = [{ age_at_least = 70 }, { tier_in = ['focus'] }]", OLDER, True),
        (OLD, "any = [{ age_at_least = 80 }, { age_at_least = 75 }]", True),
        (OLD, "any = [{ age_at_least = 80 }, { tier_in = ['focus'] }]", False),
        (OLD, "all = [{ age_at_least = 80 }, { tier_in = ['focus'] }]", True),
        ("all = [{ age_at_least = 70 }, { tier_in = ['focus'] }]", OLDER, False),
        ("not = [{ age_at_least = 80 }]", "not = [{ age_at_least = 70 }]", True),
        ("not = [{ age_at_least = 70 }]", "not = [{ age_at_least = 80 }]", False),
        ("not = [{ in_home_bed = true }]", "all = [{ not = [{ in_home_bed = true }] }]", True),
        ("not = [{ in_home_bed = true }]", EVERYBODY, False),
    ],
)
def test_whom_a_condition_covers_is_shown_by_its_words(wide: str, narrow: str, *, shown: bool) -> None:
    around, inside = who(wide), who(narrow)

    assert covers(around, inside) is shown
    if shown:
        meant = [elder for elder in samples(plan(ZICHUAN)) if holds(inside, elder)]
        assert all(holds(around, elder) for elder in meant)


@pytest.mark.parametrize(
    ("owed", "asked", "times"),
    [
        ((Period.WEEK, 0), (Period.WEEK, 0), 2),
        ((Period.WEEK, 0), (Period.MONTH, 0), 6),
        ((Period.MONTH, 0), (Period.QUARTER, 0), 6),
        ((Period.QUARTER, 0), (Period.MONTH, 0), 0),
        ((Period.DAYS, 10), (Period.MONTH, 0), 2),
        ((Period.DAYS, 15), (Period.MONTH, 0), 0),
        ((Period.DAYS, 30), (Period.DAYS, 30), 2),
        ((Period.DAYS, 3), (Period.WEEK, 0), 2),
    ],
)
def test_how_many_contacts_a_rule_brings_into_another_period_at_least(
    owed: tuple[Period, int], asked: tuple[Period, int], times: int
) -> None:
    """15 days may begin on 1 February and 16 January: the one visit of each leaves that month without any."""
    assert brings(floor(*owed, times=2), floor(*asked, times=1)) == times


def floor(period: Period, length_days: int, *, times: int) -> Floor:
    return Floor(
        code="any", who=Condition(), period=period, length_days=length_days, times=times, source="S2:L112"
    )


def counting(*rows: tuple[str, tuple[VisitMode, ...]]) -> CountingRule:
    modes = tuple(ModeRule(code="row", when=who(when), modes=modes, source=when) for when, modes in rows)
    return CountingRule(obligation="any", who=Condition(), modes=modes)


@pytest.mark.parametrize(
    ("own", "more"),
    [
        (counting((OLDER, (HOME,)), ("", (HOME, CALL))), None),
        (counting((OLD, (HOME,)), ("", (HOME, CALL))), None),
        (counting(("", (HOME,))), None),
        (counting((OLDER, (HOME, CALL)), ("", (HOME,))), (OLDER, OLDER)),
        (counting(("", (HOME, CALL))), ("", OLDER)),
        (counting(("age_at_least = 90", (HOME,)), ("", (HOME, CALL))), ("", OLDER)),
    ],
)
def test_a_call_that_is_withheld_from_the_old_counts_for_none_of_them(
    own: CountingRule, more: tuple[str, str] | None
) -> None:
    """The known rule: a visit at home from eighty on, a call for everybody else."""
    assert counted_more(own, counting((OLDER, (HOME,)), ("", (HOME, CALL)))) == more


def test_where_the_known_rule_counts_nothing_for_some_nothing_counts_for_them() -> None:
    known = counting((OLDER, (HOME,)))

    assert counted_more(counting((OLDER, (HOME,))), known) is None
    assert counted_more(counting(("", (HOME,))), known) == ("", known.source)
    assert counted_more(counting((OLDER, (HOME,)), (FOCUS, (HOME,))), known) == (FOCUS, known.source)


def test_a_place_that_forgets_an_age_between_two_rules_is_refused() -> None:
    """Before eighty and from eighty on, but for those between seventy and eighty."""
    written = '[obligations.monthly_visit]\nsource = "S2:L112"\n'
    gap = f"{written}who = {{ any = [{{ age_below = 70 }}, {{ age_at_least = 80 }}] }}\n"

    assert {fault.code for fault in faults_with(ZICHUAN, written, gap)} == {"weaker_floor"}


@pytest.mark.parametrize(
    "test",
    [
        "household_above = 3",
        "in_home_bed = true",
        "health_in = ['good']",
        "household_above = 3, in_home_bed = true, health_in = ['good']",
    ],
)
def test_a_place_that_leaves_out_some_by_anything_it_asks_is_refused(test: str) -> None:
    written = '[obligations.monthly_visit]\nsource = "S2:L112"\n'

    found = faults_with(ZICHUAN, written, f"{written}who = {{ not = [{{ {test} }}] }}\n")
    assert {fault.code for fault in found} == {"weaker_floor"}


def test_a_plan_that_asks_much_of_an_elder_is_tried_on_thousands_and_not_on_millions() -> None:
    """Each service reads every plan as it starts."""
    much = {
        "mobility_in": ["limited", "self_caring", "bedridden"],
        "health_in": ["good", "chronic_stable", "seriously_ill"],
        "disability_level_in": [1, 2, 3, 4],
        "care_level_at_least": 3,
        "household_above": 3,
        "youngest_below": 60,
        "in_home_bed": True,
        "surveyed_healthy": True,
        "area_in": ["370302115", "370302116"],
        "tier_in": ["focus"],
    }
    asked = {"any": [{name: value} for name, value in much.items()]}

    assert len(samples(with_value(ZICHUAN, "obligations.weekly_visit.who", asked))) < 50_000
