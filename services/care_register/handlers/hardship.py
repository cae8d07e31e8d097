"""Hardship that passes (阶段性临时困难, J-09): it has a last day, and no later one than the plan allows."""

from datetime import date

from shared.domain.codes import Circumstance
from shared.domain.errors import Invalid
from shared.domain.facts import ElderFacts
from shared.policies.handling import Passing, last_day


def hardship_until(
    facts: ElderFacts,
    circumstances: tuple[Circumstance, ...],
    until: date | None,
    *,
    passing: Passing,
    on: date,
) -> date | None:
    """The last day as stated, else the plan's; None for who has none. Raises Invalid `hardship_too_long`."""
    if not facts.hardships and Circumstance.TEMPORARY_HARDSHIP not in circumstances:
        return None
    latest = last_day(passing, on)
    if until is not None and until > latest:
        raise Invalid("hardship_too_long", max_days=passing.max_days)
    return until or latest
