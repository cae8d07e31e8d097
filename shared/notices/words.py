"""A notice in words: the policy's template and the few values that may fill it.

What may be filled in is listed here, whatever else a notice carries: a text that leaves the house never holds
a name, an address or an illness (domain §0.2-6).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from shared.policies.model import Policy

FILLED_IN = frozenset({"count", "kind", "missing", "period"})
"""The only holes that a template may have; a test reads every template for others."""


def words_of(policy: Policy, code: str, params: Mapping[str, Any], *, count: int = 1) -> str:
    """The sentence for one notice, or for `count` notices of the same kind that wait together."""
    known = {
        "count": str(count),
        "kind": policy.public_kind(str(params.get("kind", ""))),
        "missing": str(params.get("missing", "")),
        "period": _period(policy, str(params.get("obligation", ""))),
    }
    # A template of a later policy may ask for more: a gap in the sentence, never a lost notice.
    return policy.label("notices", code).format_map(defaultdict(str, known))


def _period(policy: Policy, obligation: str) -> str:
    """「本周」 for what is owed weekly; a window that comes once is called by its own name (首次探访)."""
    rule = next((each for each in policy.obligations if each.code == obligation), None)
    return policy.label("periods", rule.period) if rule else policy.label("obligations", obligation)
