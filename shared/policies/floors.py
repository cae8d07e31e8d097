"""A place may only raise what its parent demands: obligations, compared elder by elder (Z-05)."""

from datetime import date
from functools import lru_cache
from itertools import product

from shared.domain.classification import ClassificationRules, classed
from shared.domain.codes import Ability, Circumstance, Mobility
from shared.domain.conditions import Subject, holds, met_since
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.plan import Period
from shared.policies.faults import Fault, Faults
from shared.policies.layers import Layered
from shared.policies.messages import NO_CLAUSE, NOTHING_OWED
from shared.policies.model import Policy
from shared.policies.visiting import Floor, ObligationRule

LONGEST_DAYS = {Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 92}
AGES = (60, 80)
LEVELS = (None, 1)
MOBILITIES = (None, Mobility.BEDRIDDEN)
TODAY = date(2024, 1, 1)
"""Any day will do: the samples are made so many years before it."""


def check_floor(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note each floor of the parents that some elder of this place would fall below."""
    owed = [(subject, _densest(policy, subject)) for subject in samples(policy)]
    for floor in policy.floors:
        below = next((subject for subject, densest in owed if _is_below(floor, densest, subject)), None)
        if below:
            faults.found.append(_fault(policy, layered, floor, below))


def fallen_below(policy: Policy, subject: Subject) -> Floor | None:
    """The first floor that this elder would fall below in this class; none if the class may stand (Z-02)."""
    densest = _densest(policy, subject)
    return next((floor for floor in policy.floors if _is_below(floor, densest, subject)), None)


def _is_below(floor: Floor, densest: ObligationRule | None, subject: Subject) -> bool:
    return holds(floor.who, subject) and (densest is None or _per_day(densest) < _per_day(floor))


def _densest(policy: Policy, subject: Subject) -> ObligationRule | None:
    """What is owed most often; what ends by itself (撤床) holds nobody up for good."""
    owed = (
        rule
        for rule in policy.obligations
        if holds(rule.who, subject) and met_since(rule.who, subject) is None
    )
    return max(owed, key=_per_day, default=None)


def _fault(policy: Policy, layered: Layered, floor: Floor, subject: Subject) -> Fault:
    densest = _densest(policy, subject)
    circumstance = subject.facts.circumstances[0]
    return layered.fault(
        f"obligations.{densest.code}" if densest else "obligations",
        "weaker_floor",
        elder=policy.label("circumstances", circumstance),
        parent=policy.label("obligations", floor.code),
        parent_clause=policy.clause(floor.source),
        child=policy.label("obligations", densest.code) if densest else NOTHING_OWED,
        child_clause=policy.clause(densest.source) if densest else NO_CLAUSE,
    )


def _per_day(rule: Floor | ObligationRule) -> float:
    return rule.times / (rule.length_days or LONGEST_DAYS[rule.period])


def samples(policy: Policy) -> tuple[Subject, ...]:
    """Elders of every age, circumstance and ability that a rule may tell apart."""
    return _samples(policy.classification, policy.circumstances, policy.area_code)


@lru_cache(maxsize=4)
def _samples(
    rules: ClassificationRules, circumstances: tuple[Circumstance, ...], area_code: str
) -> tuple[Subject, ...]:
    """The same for a district and each of its towns, whose elders are classed by the district's rules."""
    found = []
    abilities = (None, *(AssessedAbility(level=level) for level in Ability))
    for age, circumstance, ability, level, mobility in product(
        AGES, circumstances, abilities, LEVELS, MOBILITIES
    ):
        facts = ElderFacts(
            birth_on=TODAY.replace(year=TODAY.year - age),
            circumstances=(circumstance,),
            ability=ability,
            disability_level=level,
            mobility=mobility,
            area_code=area_code,
        )
        found.append(classed(facts, rules, TODAY))
    return tuple(found)
