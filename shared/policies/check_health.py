"""What the section about the health centre says of the others: kinds and outcomes that are there."""

from collections.abc import Iterator

from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.referring import Opening


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
            known = "、".join(sorted(kinds))
            yield f"{path}.kind", "unknown_code", {"key": "kind", "value": each.kind, "known": known}
        if each.at_least is None and each.at_most is None:
            yield path, "missing", {"key": "at_least"}
    for outcome in policy.health_care.evidence:
        if outcome not in outcomes:
            known = "、".join(outcomes)
            yield (
                "health_care.evidence",
                "unknown_code",
                {"key": "evidence", "value": outcome, "known": known},
            )
