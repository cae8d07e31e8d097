"""Whom a rule means, in words: a condition of the policy as people would say it."""

from services.coordination.policy_page.lines import joined
from services.coordination.policy_page.messages import CRITERIA, CRITERIA_NOT, POLICY
from shared.domain.conditions import VALUE_TYPES, Condition, Criterion, CriterionName
from shared.policies.model import Policy

SECTIONS = {
    CriterionName.CIRCUMSTANCE_ANY: "circumstances",
    CriterionName.DISABILITY_LEVEL_IN: "disability_levels",
    CriterionName.ABILITY_IN: "abilities",
    CriterionName.MOBILITY_IN: "mobility",
    CriterionName.HEALTH_IN: "health",
    CriterionName.CARE_LEVEL_AT_LEAST: "care_levels",
    CriterionName.HARDSHIP_ANY: "hardships",
    CriterionName.TIER_IN: "tiers",
    CriterionName.GROUP_IN: "groups",
}
"""Tests whose values are codes with labels."""


def who_words(policy: Policy, when: Condition, *, after: int = 0) -> str:
    """Those who fit; what must hold together is joined by 且, what may by 或.

    A condition for everybody means, `after` so many rows before it, whoever none of them has met.
    """
    if when == Condition():
        return POLICY["the_rest" if after else "everybody"]
    parts = [_test(policy, each) for each in when.tests]
    parts += [who_words(policy, each) for each in when.every]
    if when.some:
        some = POLICY["or"].join(who_words(policy, each) for each in when.some)
        parts.append(POLICY["one_of"].format(some=some) if parts else some)
    parts += [POLICY["none_of"].format(who=who_words(policy, each)) for each in when.never]
    return POLICY["also"].join(parts)


def _test(policy: Policy, test: Criterion) -> str:
    if VALUE_TYPES[test.name] is bool:
        return (CRITERIA if test.values[0] else CRITERIA_NOT)[test.name]
    codes = [str(value) for value in test.values]
    if test.name is CriterionName.AREA_IN:
        values = POLICY["comma"].join(area_words(policy, code) for code in codes)
    elif test.name in SECTIONS:
        values = joined(policy, SECTIONS[test.name], codes)
    else:
        values = POLICY["comma"].join(codes)
    return CRITERIA[test.name].format(values=values)


def area_words(policy: Policy, code: str) -> str:
    """What a territory is called: by the unit that has it, else as it is written."""
    return next((unit.name for unit in reversed(policy.units) if unit.area_code == code), code)
