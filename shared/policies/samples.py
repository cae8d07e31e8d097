"""Elders made up to try a policy on: of every kind that its rules tell apart, as far as one can list them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain, product
from typing import Any

from shared.domain.classification import ClassificationRules, classed
from shared.domain.codes import Ability, Circumstance, Mobility
from shared.domain.conditions import Answer, Condition, CriterionName, Subject
from shared.domain.facts import AssessedAbility, ElderFacts, Spell
from shared.policies.model import Policy

Known = tuple[tuple[str, Any], ...]
"""Fields of an elder's facts, and what is in them."""

AGES = (60, 80)
AGES_ASKED = frozenset({CriterionName.AGE_AT_LEAST, CriterionName.AGE_BELOW})
LEVELS = (None, 1)
MOBILITIES = (None, Mobility.BEDRIDDEN)
TODAY = date(2024, 1, 1)
"""Any day will do: the samples are made so many years before it."""


def samples(policy: Policy) -> tuple[Subject, ...]:
    """Elders of every age, circumstance and ability that a rule may tell apart."""
    rules = policy.classification
    owed = [each.who for each in policy.obligations] + [each.who for each in policy.floors]
    classes = [each.when for each in rules.tiers] + [each.when for each in rules.groups]
    parts = [*chain(*map(_parts, owed))]
    asked = (test for part in (*parts, *chain(*map(_parts, classes))) for test in part.tests)
    ages = {int(test.values[0]) for test in asked if test.name in AGES_ASKED}
    near = {age for each in ages for age in (each - 1, each) if age > min(AGES)} | {*AGES}
    otherwise = sorted({(), *chain(*map(_otherwise, parts))}, key=repr)
    return _samples(rules, policy.circumstances, policy.area_code, tuple(sorted(near)), tuple(otherwise))


@lru_cache(maxsize=4)
def _samples(
    rules: ClassificationRules,
    circumstances: tuple[Circumstance, ...],
    area_code: str,
    ages: tuple[int, ...],
    otherwise: tuple[Known, ...],
) -> tuple[Subject, ...]:
    """The same for all versions of a place that ask the same of an elder."""
    together = (*((each,) for each in circumstances), circumstances)
    abilities = (None, *(AssessedAbility(level=level) for level in Ability))
    found = []
    for other, age, known, ability, level, mobility in product(
        otherwise, ages, together, abilities, LEVELS, MOBILITIES
    ):
        facts: dict[str, Any] = {
            "birth_on": _born(age),
            "circumstances": known,
            "ability": ability,
            "disability_level": level,
            "mobility": mobility,
            "area_code": area_code,
        }
        found.append(classed(ElderFacts(**facts | dict(other)), rules, TODAY))
    return tuple(found)


def _parts(condition: Condition) -> Iterator[Condition]:
    """The condition and every one inside it."""
    yield condition
    for part in (*condition.every, *condition.some, *condition.never):
        yield from _parts(part)


def _otherwise(part: Condition) -> Iterator[Known]:
    """What else an elder may be of whom this is asked: each thing alone, and all that is asked at once.

    Not each with each of every other rule: of a plan that asks much that would be millions.
    """
    tests = chain(part.tests, *(each.tests for each in part.every))
    choices = [tuple(OTHERWISE[test.name](test.values)) for test in tests if test.name in OTHERWISE]
    yield from chain(*choices)
    yield tuple(chain(*(first for first, *_ in choices)))


def _born(age: int) -> date:
    return TODAY.replace(year=TODAY.year - age)


OTHERWISE: Mapping[CriterionName, Callable[[tuple[Answer, ...]], Iterable[Known]]] = {
    CriterionName.DISABILITY_LEVEL_IN: lambda values: [(("disability_level", each),) for each in values],
    CriterionName.MOBILITY_IN: lambda values: [(("mobility", each),) for each in values],
    CriterionName.HEALTH_IN: lambda values: [(("health", each),) for each in values],
    CriterionName.SURVEYED_HEALTHY: lambda _: [(("surveyed_healthy", True),)],
    CriterionName.CARE_LEVEL_AT_LEAST: lambda values: [(("care_level", values[0]),)],
    CriterionName.HARDSHIP_ANY: lambda values: [(("hardships", (each,)),) for each in values],
    CriterionName.HOUSEHOLD_ABOVE: lambda values: [(("household_size", int(values[0]) + 1),)],
    CriterionName.YOUNGEST_BELOW: lambda values: [(("youngest_birth_on", _born(int(values[0]) - 1)),)],
    CriterionName.IN_HOME_BED: lambda _: [(("home_bed", Spell(from_on=TODAY)),)],
    CriterionName.AREA_IN: lambda values: [(("area_code", each),) for each in values[:1]],
}
"""What an elder may be of whom a rule asks it; of areas in one list one stands for all."""
