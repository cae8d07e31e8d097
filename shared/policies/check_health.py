"""What the section about the health centre says of the others: kinds and outcomes that are there."""

from collections.abc import Iterator

from shared.domain.conditions import CriterionName
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy
from shared.policies.referring import Opening
from shared.policies.visiting import LONGEST_DAYS


def check_health(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every fault: a threshold without a bound never speaks, a kind or outcome must be known."""
    for path, code, params in _found(policy):
        faults.found.append(layered.fault(path, code, **params))


def _found(policy: Policy) -> Iterator[tuple[str, str, dict[str, str]]]:
    kinds = [kind.code for kind in policy.kinds if kind.opened is Opening.BY_HAND]
    outcomes = sorted({outcome for kind in policy.kinds for outcome in kind.outcomes})
    for index, each in enumerate(policy.health_care.thresholds):
        path = f"health_care.thresholds[{index}]"
        if each.kind not in kinds:
            known = LIST_MARK.join(sorted(kinds))
            yield f"{path}.kind", "unknown_code", {"key": "kind", "value": each.kind, "known": known}
        if each.at_least is None and each.at_most is None:
            yield path, "missing", {"key": "at_least"}
    yield from _rounds(policy)
    for outcome in policy.health_care.evidence:
        if outcome not in outcomes:
            known = LIST_MARK.join(outcomes)
            yield (
                "health_care.evidence",
                "unknown_code",
                {"key": "evidence", "value": outcome, "known": known},
            )


def _rounds(policy: Policy) -> Iterator[tuple[str, str, dict[str, str]]]:
    """A centre that keeps its own pace of rounds keeps what is owed to an elder in a home bed."""
    days = policy.health_care.home_bed.round_days
    for rule in policy.obligations:
        rests = any(test.name is CriterionName.IN_HOME_BED for test in rule.who.tests)
        if rests and days * rule.times > LONGEST_DAYS.get(rule.period, rule.length_days):
            name = policy.label("obligations", rule.code)
            path = f"obligations.{rule.code}.times"
            yield path, "rounds_too_seldom", {"name": name, "days": str(days)}
