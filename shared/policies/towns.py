"""A town's own rules laid over its district's (一镇一案, Z-05): they add, and may only be stricter.

A town is no place of its own: its file names its area, and its obligations stand in the district's policy for
elders of that area. So nobody has to ask which of two policies applies, and an elder who moves changes by it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from shared.domain.classification import Reason
from shared.domain.codes import Force, Health, Mobility, Reach
from shared.domain.conditions import Condition, Criterion, CriterionName, Subject, holds
from shared.domain.facts import Hardship
from shared.domain.visit_modes import Attempt, ContactRules, judge
from shared.policies.faults import Faults
from shared.policies.floors import samples
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.visiting import ObligationRule

MAY_SAY = frozenset({"policy", "layer", "documents", "labels", "obligations", "counting"})
"""The sections of a town's file: everything else is the district's to say."""


def check_town(town: Policy, district: Policy, layered: Layered, faults: Faults) -> None:
    """Note what the town may not say, and each rule by which less would do than in the district."""
    own = layered.files[-1]
    for section in sorted(set(own.table) - MAY_SAY):
        at = next(path for path in own.lines if path.split(".")[0].split("[")[0] == section)
        faults.found.append(own.fault(at, "not_in_layer", key=section))
    if not town.area_code.startswith(district.jurisdiction.area_code):
        faults.found.append(layered.fault("layer.area_code", "not_inside", value=town.area_code))
    for rule in _own_rules(town, district):
        known = next((each for each in district.obligations if each.code == rule.code), None)
        if known:
            _compare(rule, known, town, district, layered=layered, faults=faults)


def versions_with(district: Policy, towns: tuple[Policy, ...]) -> Iterator[Policy]:
    """The district's policy, once for each day from which another town's rules are in force."""
    days = {district.in_force_from, *(max(town.in_force_from, district.in_force_from) for town in towns)}
    for day in sorted(days):
        begun = [town for town in towns if town.in_force_from <= day]
        yield _on(day, district, sorted(begun, key=lambda town: (town.area_code, town.in_force_from)))


def _on(day: date, district: Policy, towns: list[Policy]) -> Policy:
    laid = replace(district, in_force_from=day)
    for town in towns:
        laid = _laid_over(laid, town, district)
    return laid


def _laid_over(below: Policy, town: Policy, district: Policy) -> Policy:
    own = _own_rules(town, district)
    codes = {rule.code for rule in own}
    here = Condition(tests=(Criterion(name=CriterionName.AREA_IN, values=(town.area_code,)),))
    elsewhere = tuple(
        replace(rule, who=Condition(every=(rule.who,), never=(here,))) if rule.code in codes else rule
        for rule in below.obligations
    )
    return replace(
        below,
        hash=hashlib.sha256(f"{below.hash}{town.hash}".encode()).hexdigest(),
        obligations=elsewhere + tuple(replace(rule, who=_both(here, rule.who)) for rule in own),
        contacts=_contacts(below.contacts, town.contacts, codes, here),
        towns=(*below.towns, town),
        texts=(*below.texts, town.texts[-1]),
    )


def _contacts(below: ContactRules, own: ContactRules, codes: set[str], here: Condition) -> ContactRules:
    elsewhere = tuple(
        replace(rule, who=Condition(every=(rule.who,), never=(here,))) if rule.obligation in codes else rule
        for rule in below.counting
    )
    inside = tuple(
        replace(rule, who=_both(here, rule.who)) for rule in own.counting if rule.obligation in codes
    )
    return replace(below, counting=elsewhere + inside)


def _own_rules(town: Policy, district: Policy) -> tuple[ObligationRule, ...]:
    """The obligations that the town says otherwise or in addition, in what is owed or in what counts."""
    known = {rule.code: (rule, _counting(district, rule.code)) for rule in district.obligations}
    return tuple(
        rule for rule in town.obligations if known.get(rule.code) != (rule, _counting(town, rule.code))
    )


def _counting(policy: Policy, code: str) -> ContactRules:
    """What the policy says of contacts, for the one obligation."""
    own = tuple(rule for rule in policy.contacts.counting if rule.obligation == code)
    return replace(policy.contacts, counting=own)


def _both(one: Condition, other: Condition) -> Condition:
    return Condition(every=(one, other))


def _compare(
    rule: ObligationRule,
    known: ObligationRule,
    town: Policy,
    district: Policy,
    *,
    layered: Layered,
    faults: Faults,
) -> None:
    """Note where less would do here than in the district, with the clause of either."""
    name = town.label("obligations", rule.code)
    if _asks_less(rule, known) or _owes_fewer(rule, known, town):
        clauses = {"parent_clause": district.clause(known.source), "child_clause": town.clause(rule.source)}
        faults.found.append(layered.fault(f"obligations.{rule.code}", "weaker_terms", name=name, **clauses))
    witness = next(_counted_more(rule.code, town, district), None)
    if witness:
        here, there = witness
        clauses = {"parent_clause": district.clause(there.source), "child_clause": town.clause(here.source)}
        faults.found.append(layered.fault(f"counting.{rule.counting}", "counts_more", name=name, **clauses))


def _asks_less(rule: ObligationRule, known: ObligationRule) -> bool:
    return (
        (known.distinct_days and not rule.distinct_days)
        or rule.min_gap_hours < known.min_gap_hours
        or (rule.in_principle and not known.in_principle)
    )


def _owes_fewer(rule: ObligationRule, known: ObligationRule, town: Policy) -> bool:
    """Whether somebody to whom the district owes it would not be owed it here."""
    return rule.who != known.who and any(
        holds(known.who, elder) and not holds(rule.who, elder) for elder in _elders(town)
    )


def _counted_more(code: str, town: Policy, district: Policy) -> Iterator[tuple[Reason, Reason]]:
    """Each contact that counts here and that the district, owing the same, withholds; by which rules."""
    here, there = _counting(town, code), _counting(district, code)
    if _ways(here) == _ways(there):
        return
    modes = sorted({mode for rule in here.counting for row in rule.modes for mode in row.modes})
    tries = [
        Attempt(mode=mode, reach=Reach.SPOKEN_WITH, force=force) for mode, force in product(modes, FORCES)
    ]
    for elder, attempt in product(_elders(town), tries):
        counted = judge(attempt, elder, here)
        if counted.counts_for and (withheld := judge(attempt, elder, there).withheld):
            yield counted.reason, withheld[0][1]


def _ways(rules: ContactRules) -> object:
    """In which ways an obligation can be met, whoever it is owed to."""
    return [(rule.modes, rule.forces) for rule in rules.counting]


def _elders(town: Policy) -> Iterator[Subject]:
    """Elders of the town in every class, and in every condition by which a plan says what counts."""
    for elder in samples(town):
        for known in CONDITIONS:
            yield replace(elder, facts=replace(elder.facts, **known))


FORCES = (Force.VISITOR, Force.COMMITTEE_CADRE)
CONDITIONS: tuple[dict[str, Any], ...] = (
    {},
    {"mobility": Mobility.LIMITED},
    {"mobility": Mobility.SELF_CARING, "health": Health.GOOD},
    {"health": Health.POOR},
    {"surveyed_healthy": True},
    {"hardships": (Hardship.FAMILY_UPHEAVAL,)},
)
