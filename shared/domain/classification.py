"""Which class and which care groups an elder belongs to, and why (分类分级, Z-12; 重点关爱, J-16).

Total: where a place has tiers, everyone eligible gets one, and everyone else a named thing to verify.
"""

from dataclasses import dataclass, replace
from datetime import date

from shared.domain.codes import Tier
from shared.domain.conditions import Condition, Subject, holds, met_by
from shared.domain.facts import ElderFacts, age_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a rule decided so: a code with a label, its parameters, and the clause (or standing) behind it."""

    code: str
    params: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """One row of the decision table; the first that holds wins. `to_verify`: what must be found out."""

    code: str
    when: Condition
    tier: Tier
    presumptive: bool = False
    to_verify: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """One ground for belonging to a care group; every ground that holds is a reason."""

    code: str
    group: str
    when: Condition
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """Facts that contradict each other or have grown old, and what must therefore be verified."""

    code: str
    when: Condition
    to_verify: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationRules:
    """All that a policy says about classes. A place without tiers has none and classifies by groups alone."""

    eligible: tuple[CheckRule, ...] = ()
    tiers: tuple[TierRule, ...] = ()
    groups: tuple[GroupRule, ...] = ()
    checks: tuple[CheckRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The proposal that a person confirms. `presumptive` marks a class taken for lack of a fact (待核实)."""

    tier: Tier | None
    groups: tuple[str, ...]
    reasons: tuple[Reason, ...]
    presumptive: bool
    to_verify: tuple[str, ...]


def classify(facts: ElderFacts, rules: ClassificationRules, on: date) -> Classification:
    """The elder's tier and groups on the day, with the reason of each."""
    subject = Subject(facts=facts, on=on)
    doubts = [rule for rule in rules.eligible if holds(rule.when, subject)]
    if doubts:
        return _undecided(doubts, subject)
    tier_rule, grounds = _ranked(rules, subject)
    checks = [rule for rule in rules.checks if holds(rule.when, subject)]
    decided: list[TierRule | GroupRule | CheckRule] = [*([tier_rule] if tier_rule else []), *grounds, *checks]
    to_verify = (tier_rule.to_verify if tier_rule else ()) + tuple(
        code for rule in checks for code in rule.to_verify
    )
    return Classification(
        tier=tier_rule.tier if tier_rule else None,
        groups=_groups(grounds),
        reasons=tuple(_reason(rule, subject) for rule in decided),
        presumptive=tier_rule.presumptive if tier_rule else False,
        to_verify=tuple(dict.fromkeys(to_verify)),
    )


def classed(facts: ElderFacts, rules: ClassificationRules, on: date) -> Subject:
    """The elder with the class that `classify` gives, for those who do not ask why."""
    subject = Subject(facts=facts, on=on)
    if any(holds(rule.when, subject) for rule in rules.eligible):
        return subject
    tier_rule, grounds = _ranked(rules, subject)
    return replace(subject, tier=tier_rule.tier if tier_rule else None, groups=_groups(grounds))


def _ranked(rules: ClassificationRules, subject: Subject) -> tuple[TierRule | None, list[GroupRule]]:
    """The first tier whose rule holds, and every ground for belonging to a group."""
    tier_rule = next((rule for rule in rules.tiers if holds(rule.when, subject)), None)
    return tier_rule, [rule for rule in rules.groups if holds(rule.when, subject)]


def _groups(grounds: list[GroupRule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.group for rule in grounds))


def _undecided(doubts: list[CheckRule], subject: Subject) -> Classification:
    """Nobody gets a class by mistake, and nobody disappears: what stands in the way has a name."""
    return Classification(
        tier=None,
        groups=(),
        reasons=tuple(_reason(rule, subject) for rule in doubts),
        presumptive=False,
        to_verify=tuple(dict.fromkeys(code for rule in doubts for code in rule.to_verify)),
    )


def _reason(rule: TierRule | GroupRule | CheckRule, subject: Subject) -> Reason:
    facts = subject.facts
    params = [
        (test.name.value, "、".join(str(value) for value in test.values))
        for test in met_by(rule.when, subject)
    ]
    if facts.birth_on is not None:
        params.append(("age", str(age_on(facts.birth_on, subject.on))))
    if facts.ability is not None:
        params.append(("scale", facts.ability.scale))
    return Reason(code=rule.code, params=tuple(params), source=rule.source)
