"""The closed language in which a policy says who is meant: data that the loader parses, never code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.codes import Ability, Circumstance, Health, Mobility, Tier
from shared.domain.facts import ElderFacts, Hardship, age_on

Answer = int | bool | str
"""What a test compares with: a number, yes or no, or a code."""


class CriterionName(StrEnum):
    """Everything a policy may ask about an elder."""

    AGE_AT_LEAST = "age_at_least"
    AGE_BELOW = "age_below"
    BIRTH_KNOWN = "birth_known"
    CIRCUMSTANCE_ANY = "circumstance_any"
    CIRCUMSTANCE_KNOWN = "circumstance_known"
    DISABILITY_LEVEL_IN = "disability_level_in"
    DISABILITY_LEVEL_KNOWN = "disability_level_known"
    ABILITY_IN = "ability_in"
    ASSESSED = "assessed"
    ASSESSED_DAYS_AGO_OVER = "assessed_days_ago_over"
    MOBILITY_IN = "mobility_in"
    HEALTH_IN = "health_in"
    SURVEYED_HEALTHY = "surveyed_healthy"
    CARE_LEVEL_AT_LEAST = "care_level_at_least"
    HARDSHIP_ANY = "hardship_any"
    HOUSEHOLD_ABOVE = "household_above"
    YOUNGEST_BELOW = "youngest_below"
    IN_HOME_BED = "in_home_bed"
    TIER_IN = "tier_in"
    GROUP_IN = "group_in"
    AREA_IN = "area_in"


VALUE_TYPES: Mapping[CriterionName, type[int] | type[bool] | type[str]] = {
    CriterionName.AGE_AT_LEAST: int,
    CriterionName.AGE_BELOW: int,
    CriterionName.BIRTH_KNOWN: bool,
    CriterionName.CIRCUMSTANCE_ANY: Circumstance,
    CriterionName.CIRCUMSTANCE_KNOWN: bool,
    CriterionName.DISABILITY_LEVEL_IN: int,
    CriterionName.DISABILITY_LEVEL_KNOWN: bool,
    CriterionName.ABILITY_IN: Ability,
    CriterionName.ASSESSED: bool,
    CriterionName.ASSESSED_DAYS_AGO_OVER: int,
    CriterionName.MOBILITY_IN: Mobility,
    CriterionName.HEALTH_IN: Health,
    CriterionName.SURVEYED_HEALTHY: bool,
    CriterionName.CARE_LEVEL_AT_LEAST: int,
    CriterionName.HARDSHIP_ANY: Hardship,
    CriterionName.HOUSEHOLD_ABOVE: int,
    CriterionName.YOUNGEST_BELOW: int,
    CriterionName.IN_HOME_BED: bool,
    CriterionName.TIER_IN: Tier,
    CriterionName.GROUP_IN: str,
    CriterionName.AREA_IN: str,
}
"""What each test compares with. Tests named `..._in` and `..._any` take a list, the others one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One elder as the rules see them on one day: facts, and the class and groups already decided."""

    facts: ElderFacts
    on: date
    tier: Tier | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question and the values that answer it with yes. A single value stands alone in the tuple."""

    name: CriterionName
    values: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """All of `tests` and `every` hold, one of each group in `some`, none of `never`. Empty holds for all."""

    tests: tuple[Criterion, ...] = ()
    every: tuple["Condition", ...] = ()
    some: tuple["Condition", ...] = ()
    never: tuple["Condition", ...] = ()


def holds(condition: Condition, subject: Subject) -> bool:
    """Whether the elder is meant."""
    for test in condition.tests:
        if not PREDICATES[test.name](subject, test.values):
            return False
    for part in condition.every:
        if not holds(part, subject):
            return False
    for part in condition.never:
        if holds(part, subject):
            return False
    return not condition.some or any(holds(part, subject) for part in condition.some)


def met_by(condition: Condition, subject: Subject) -> tuple[Criterion, ...]:
    """The tests that made the condition hold, in the order in which the policy names them; else nothing."""
    if not holds(condition, subject):
        return ()
    parts = (*condition.every, *condition.some)
    return condition.tests + tuple(test for part in parts for test in met_by(part, subject))


def met_since(condition: Condition, subject: Subject) -> date | None:
    """The first day of the fact that the condition rests on, if it rests on one that has a first day."""
    bed = subject.facts.home_bed
    if bed is None or not bed.holds_on(subject.on):
        return None
    rests = any(test.name is CriterionName.IN_HOME_BED for test in met_by(condition, subject))
    return bed.from_on if rests else None


def _age_at_least(subject: Subject, values: tuple[Answer, ...]) -> bool:
    birth_on = subject.facts.birth_on
    return birth_on is not None and age_on(birth_on, subject.on) >= int(values[0])


def _age_below(subject: Subject, values: tuple[Answer, ...]) -> bool:
    birth_on = subject.facts.birth_on
    return birth_on is not None and age_on(birth_on, subject.on) < int(values[0])


def _ability_in(subject: Subject, values: tuple[Answer, ...]) -> bool:
    ability = subject.facts.ability
    return ability is not None and ability.level in values


def _assessed_days_ago_over(subject: Subject, values: tuple[Answer, ...]) -> bool:
    ability = subject.facts.ability
    if ability is None or ability.assessed_on is None:
        return False
    return (subject.on - ability.assessed_on).days > int(values[0])


def _care_level_at_least(subject: Subject, values: tuple[Answer, ...]) -> bool:
    level = subject.facts.care_level
    return level is not None and level >= int(values[0])


def _household_above(subject: Subject, values: tuple[Answer, ...]) -> bool:
    size = subject.facts.household_size
    return size is not None and size > int(values[0])


def _youngest_below(subject: Subject, values: tuple[Answer, ...]) -> bool:
    birth_on = subject.facts.youngest_birth_on
    return birth_on is not None and age_on(birth_on, subject.on) < int(values[0])


def _in_home_bed(subject: Subject, values: tuple[Answer, ...]) -> bool:
    bed = subject.facts.home_bed
    return (bed is not None and bed.holds_on(subject.on)) in values


def _share(own: tuple[str, ...], values: tuple[Answer, ...]) -> bool:
    return not set(values).isdisjoint(own)


def _area_in(subject: Subject, values: tuple[Answer, ...]) -> bool:
    return any(subject.facts.area_code.startswith(str(prefix)) for prefix in values)


PREDICATES: Mapping[CriterionName, Callable[[Subject, tuple[Answer, ...]], bool]] = {
    CriterionName.AGE_AT_LEAST: _age_at_least,
    CriterionName.AGE_BELOW: _age_below,
    CriterionName.BIRTH_KNOWN: lambda subject, values: (subject.facts.birth_on is not None) in values,
    CriterionName.CIRCUMSTANCE_ANY: lambda subject, values: _share(subject.facts.circumstances, values),
    CriterionName.CIRCUMSTANCE_KNOWN: lambda subject, values: bool(subject.facts.circumstances) in values,
    CriterionName.DISABILITY_LEVEL_IN: lambda subject, values: subject.facts.disability_level in values,
    CriterionName.DISABILITY_LEVEL_KNOWN: lambda subject, values: (
        (subject.facts.disability_level is not None) in values
    ),
    CriterionName.ABILITY_IN: _ability_in,
    CriterionName.ASSESSED: lambda subject, values: (subject.facts.ability is not None) in values,
    CriterionName.ASSESSED_DAYS_AGO_OVER: _assessed_days_ago_over,
    CriterionName.MOBILITY_IN: lambda subject, values: subject.facts.mobility in values,
    CriterionName.HEALTH_IN: lambda subject, values: subject.facts.health in values,
    CriterionName.SURVEYED_HEALTHY: lambda subject, values: subject.facts.surveyed_healthy in values,
    CriterionName.CARE_LEVEL_AT_LEAST: _care_level_at_least,
    CriterionName.HARDSHIP_ANY: lambda subject, values: _share(subject.facts.hardships, values),
    CriterionName.HOUSEHOLD_ABOVE: _household_above,
    CriterionName.YOUNGEST_BELOW: _youngest_below,
    CriterionName.IN_HOME_BED: _in_home_bed,
    CriterionName.TIER_IN: lambda subject, values: subject.tier in values,
    CriterionName.GROUP_IN: lambda subject, values: _share(subject.groups, values),
    CriterionName.AREA_IN: _area_in,
}
