"""Elders made up to try a policy on: of every kind that its rules tell apart, as far as one can list them."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain, product
from typing import Any

from shared.domain.classification import ClassificationRules, classed
from shared.domain.codes import Ability, Circumstance, Mobility
from shared.domain.conditions import Answer, Condition, Criterion, CriterionName, Subject
from shared.domain.facts import AssessedAbility, ElderFacts, Spell
from shared.policies.model import Policy

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
    whom = tuple(chain(*map(asked_in, owed)))
    classed_by = chain(*map(asked_in, classes))
    ages = {int(test.values[0]) for test in (*whom, *classed_by) if test.name in AGES_ASKED}
    near = {age for each in ages for age in (each - 1, each) if age > min(AGES)} | {*AGES}
    return _samples(rules, policy.circumstances, policy.area_code, tuple(sorted(near)), frozenset(whom))


@lru_cache(maxsize=4)
def _samples(
    rules: ClassificationRules,
    circumstances: tuple[Circumstance, ...],
    area_code: str,
    ages: tuple[int, ...],
    whom: frozenset[Criterion],
) -> tuple[Subject, ...]:
    """The same for all versions of a place that ask the same of an elder."""
    together = (*((each,) for each in circumstances), circumstances)
    abilities = (None, *(AssessedAbility(level=level) for level in Ability))
    others = product(*(({}, *OTHERWISE[test.name](test.values)) for test in whom if test.name in OTHERWISE))
    found = []
    for other, age, known, ability, level, mobility in product(
        others, ages, together, abilities, LEVELS, MOBILITIES
    ):
        facts = ElderFacts(
            birth_on=_born(age),
            circumstances=known,
            ability=ability,
            disability_level=level,
            mobility=mobility,
            area_code=area_code,
        )
        found.append(classed(replace(facts, **ChainMap(*other)), rules, TODAY))
    return tuple(found)


def asked_in(condition: Condition) -> Iterator[Criterion]:
    """Every test of the condition, however deep."""
    yield from condition.tests
    for part in (*condition.every, *condition.some, *condition.never):
        yield from asked_in(part)


def _born(age: int) -> date:
    return TODAY.replace(year=TODAY.year - age)


OTHERWISE: Mapping[CriterionName, Callable[[tuple[Answer, ...]], Iterable[dict[str, Any]]]] = {
    CriterionName.DISABILITY_LEVEL_IN: lambda values: [{"disability_level": each} for each in values],
    CriterionName.MOBILITY_IN: lambda values: [{"mobility": each} for each in values],
    CriterionName.HEALTH_IN: lambda values: [{"health": each} for each in values],
    CriterionName.SURVEYED_HEALTHY: lambda _: [{"surveyed_healthy": True}],
    CriterionName.CARE_LEVEL_AT_LEAST: lambda values: [{"care_level": values[0]}],
    CriterionName.HARDSHIP_ANY: lambda values: [{"hardships": (each,)} for each in values],
    CriterionName.HOUSEHOLD_ABOVE: lambda values: [{"household_size": int(values[0]) + 1}],
    CriterionName.YOUNGEST_BELOW: lambda values: [{"youngest_birth_on": _born(int(values[0]) - 1)}],
    CriterionName.IN_HOME_BED: lambda _: [{"home_bed": Spell(from_on=TODAY)}],
    CriterionName.AREA_IN: lambda values: [{"area_code": each} for each in values],
}
"""What else an elder may be of whom an obligation asks it."""
