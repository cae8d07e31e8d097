"""A place may only raise what its parent demands: obligations, compared elder by elder (Z-05)."""

from shared.domain.conditions import Subject, holds, met_since
from shared.policies.faults import Fault, Faults
from shared.policies.layers import Layered
from shared.policies.messages import NO_CLAUSE, NOTHING_OWED
from shared.policies.model import Policy
from shared.policies.samples import samples
from shared.policies.stricter import brings
from shared.policies.visiting import LONGEST_DAYS, Floor, ObligationRule


def check_floor(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note each floor of the parents that some elder of this place would fall below."""
    elders = samples(policy)
    for floor in policy.floors:
        below = next((elder for elder in elders if _is_below(floor, policy, elder)), None)
        if below:
            faults.found.append(_fault(policy, layered, floor, below))


def fallen_below(policy: Policy, subject: Subject) -> Floor | None:
    """The first floor that this elder would fall below in this class; none if the class may stand (Z-02)."""
    return next((floor for floor in policy.floors if _is_below(floor, policy, subject)), None)


def _is_below(floor: Floor, policy: Policy, subject: Subject) -> bool:
    return holds(floor.who, subject) and all(
        brings(rule, floor) < floor.times for rule in _owed(floor, policy, subject)
    )


def _owed(floor: Floor, policy: Policy, subject: Subject) -> list[ObligationRule]:
    """What is owed to the elder as long as the floor holds: what ends by itself (撤床) holds up no other."""
    ends = met_since(floor.who, subject) is not None
    return [
        rule
        for rule in policy.obligations
        if holds(rule.who, subject) and (ends or met_since(rule.who, subject) is None)
    ]


def _fault(policy: Policy, layered: Layered, floor: Floor, subject: Subject) -> Fault:
    densest = max(_owed(floor, policy, subject), key=_per_day, default=None)
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


def _per_day(rule: ObligationRule) -> float:
    return rule.times / LONGEST_DAYS.get(rule.period, rule.length_days)
