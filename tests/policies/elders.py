"""Elders who differ in what a key asks: so that whatever it says otherwise is said of somebody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain, combinations, product

from shared.domain.classification import classify
from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.conditions import CriterionName, Subject
from shared.domain.facts import AssessedAbility, Hardship, Spell
from tests.policies.leaves import Leaf, row_around
from tests.policies.plans import TODAY, VILLAGE, elder, plan

Known = Mapping[str, object]
Elders = Sequence[Subject]

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
"""A working day at noon, in Shanghai."""


def asked_around(leaf: Leaf) -> frozenset[CriterionName]:
    """What the row asks of an elder in which the key stands."""
    keys = set(_keys(row_around(leaf)))
    return frozenset(each for each in CriterionName if each in keys)


@cache
def elders(place: str, names: frozenset[CriterionName]) -> tuple[Subject, ...]:
    """The usual elder and a frail one, then others in one or two of the facts that are asked for."""
    asked = list({id(VARIANTS[name]): VARIANTS[name] for name in CriterionName if name in names}.values())
    alone = chain([{}, FRAIL], *asked)
    pairs = (product(one, other) for one, other in combinations(asked, 2))
    both = ({**known, **more} for known, more in chain(*pairs))
    return tuple(_elder(place, known) for known in chain(alone, both))


def _elder(place: str, known: Known) -> Subject:
    facts = replace(elder(place), **known)
    found = classify(facts, plan(place).classification, TODAY)
    return Subject(facts=facts, on=TODAY, tier=found.tier, groups=found.groups)


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _keys(each)
    if isinstance(value, list):
        for each in value:
            yield from _keys(each)


def _aged(years: int) -> Known:
    return {"birth_on": date(TODAY.year - years, 1, 1)}


def _assessed(level: Ability, days_ago: int = 30) -> Known:
    return {"ability": AssessedAbility(level=level, assessed_on=TODAY - timedelta(days=days_ago))}


IN_BED: Known = {"home_bed": Spell(from_on=TODAY - timedelta(days=21))}
FRAIL: Known = {
    **IN_BED,
    "mobility": Mobility.BEDRIDDEN,
    "circumstances": (Circumstance.LIVING_ALONE, Circumstance.CARE_DEPENDENT),
}
AGES = [_aged(years) for years in (59, 60, 79, 80, 81, 99)]
CIRCUMSTANCES: list[Known] = [
    *({"circumstances": (each,)} for each in Circumstance),
    {"circumstances": ()},
    {"circumstances": (Circumstance.LIVING_ALONE, Circumstance.CARE_DEPENDENT)},
]
LEVELS: list[Known] = [{"disability_level": level} for level in (1, 2, 3, 4)]
ABILITIES = [_assessed(level) for level in Ability]
MOBILITIES: list[Known] = [{"mobility": each} for each in Mobility]
HEALTHS: list[Known] = [{"health": each} for each in Health]
CLASSED: list[Known] = [{"mobility": Mobility.BEDRIDDEN}, *AGES[2:4], *ABILITIES, {"surveyed_healthy": True}]

VARIANTS: Mapping[CriterionName, Sequence[Known]] = {
    CriterionName.AGE_AT_LEAST: AGES,
    CriterionName.AGE_BELOW: AGES,
    CriterionName.BIRTH_KNOWN: [{"birth_on": None}],
    CriterionName.CIRCUMSTANCE_ANY: CIRCUMSTANCES,
    CriterionName.CIRCUMSTANCE_KNOWN: CIRCUMSTANCES,
    CriterionName.DISABILITY_LEVEL_IN: LEVELS,
    CriterionName.DISABILITY_LEVEL_KNOWN: LEVELS,
    CriterionName.ABILITY_IN: ABILITIES,
    CriterionName.ASSESSED: ABILITIES,
    CriterionName.ASSESSED_DAYS_AGO_OVER: [_assessed(Ability.MILD, days) for days in (729, 731, 771)],
    CriterionName.MOBILITY_IN: MOBILITIES,
    CriterionName.HEALTH_IN: HEALTHS,
    CriterionName.SURVEYED_HEALTHY: [{"surveyed_healthy": True}],
    CriterionName.CARE_LEVEL_AT_LEAST: [{"care_level": level} for level in range(1, 7)],
    CriterionName.HARDSHIP_ANY: [{"hardships": (each,)} for each in Hardship],
    CriterionName.HOUSEHOLD_ABOVE: [{"household_size": size} for size in (1, 2, 3)],
    CriterionName.YOUNGEST_BELOW: [{"youngest_birth_on": _aged(years)["birth_on"]} for years in (59, 60, 61)],
    CriterionName.IN_HOME_BED: [IN_BED],
    CriterionName.TIER_IN: CLASSED,
    CriterionName.GROUP_IN: CLASSED,
    CriterionName.AREA_IN: [{"area_code": code} for code in (VILLAGE, "370302001201", "370302005201")],
}
"""For each test of the language, elders among whom it tells some from others."""
