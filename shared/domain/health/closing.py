"""Closing a referral from the centre's own record: an outcome must rest on what was really done."""

from collections.abc import Set as AbstractSet

from shared.domain.health.codes import Evidence
from shared.domain.health.rules import HealthRules


def lacking(outcome: str, held: AbstractSet[Evidence], rules: HealthRules) -> tuple[Evidence, ...]:
    """The records that the outcome needs and that nobody has made; nothing for an outcome without need."""
    return tuple(each for each in rules.evidence.get(outcome, ()) if each not in held)
