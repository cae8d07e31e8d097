"""Every clause of the two plans: a rule has its place in a policy and holds; the rest is named."""

from functools import cache

import pytest

from shared.policies.files import parent_path
from tests.policies.functions import FUNCTIONS
from tests.policies.plans import plan
from tests.policies.requirements import TABLE, all_rules, table
from tests.policies.rule_checks import Rule

NUMBERED = {f"J-{number:02}" for number in range(1, 81)} | {f"Z-{number:02}" for number in range(1, 100)}
RULES = all_rules()


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_of_the_plan_holds_and_says_where_it_comes_from(rule: Rule) -> None:
    policy = plan(rule.place)

    assert [path for path in rule.paths if not _is_written(rule, path)] == []
    assert rule.holds(policy)


def test_no_requirement_is_forgotten_or_claimed_twice() -> None:
    rules = [rule.id for rule in RULES]

    assert len(set(rules)) == len(rules)
    assert set(rules).isdisjoint(FUNCTIONS)
    assert NUMBERED - set(rules) - set(FUNCTIONS) == set()


def test_the_table_is_as_it_would_be_written() -> None:
    """`python -m tests.policies.requirements` writes it anew."""
    assert TABLE.read_text(encoding="utf-8") == table()


def _is_written(rule: Rule, path: str) -> bool:
    """Whether the place's policy has the value, with where it comes from."""
    return path in written(rule.place)


@cache
def written(place: str) -> frozenset[str]:
    """Every path at which, or inside of which, the place's policy has a value."""
    paths = {*plan(place).origins}
    around = paths
    while around := {parent_path(path) for path in around} - paths:
        paths |= around
    return frozenset(paths)
