"""Readings (健康监测) and what they mean: a value never leaves the centre, the sign of it may (J-77)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from shared.domain.health.codes import Vital
from shared.domain.health.rules import Threshold, VitalRule

Readings = Mapping[Vital, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something abnormal, by the strictest threshold that was reached, with the kind of work it calls for."""

    code: str
    is_urgent: bool
    kind: str
    source: str


def impossible(readings: Readings, rules: Iterable[VitalRule]) -> dict[Vital, VitalRule]:
    """The readings that no living person has: typed wrongly, and refused with the bounds."""
    bounds = {rule.vital: rule for rule in rules}
    return {
        vital: bounds[vital]
        for vital, value in readings.items()
        if not bounds[vital].least <= value <= bounds[vital].most
    }


def is_swapped(readings: Readings) -> bool:
    """Whether the upper pressure is not above the lower one: nobody's is, the two were exchanged."""
    upper, lower = readings.get(Vital.SYSTOLIC), readings.get(Vital.DIASTOLIC)
    return upper is not None and lower is not None and upper <= lower


def signs_of(readings: Readings, thresholds: Iterable[Threshold]) -> tuple[Sign, ...]:
    """What is abnormal, each sign once: an urgent threshold outweighs one that is not."""
    found: dict[str, Sign] = {}
    for each in thresholds:
        if not _reached(readings.get(each.vital), each):
            continue
        sign = Sign(code=each.sign, is_urgent=each.is_urgent, kind=each.kind, source=each.source)
        if each.sign not in found or each.is_urgent:
            found[each.sign] = sign
    return tuple(found.values())


def judged_signs(readings: Readings, thresholds: Iterable[Threshold]) -> frozenset[str]:
    """The signs on which these readings say yes or no; of the others they know nothing."""
    return frozenset(each.sign for each in thresholds if each.vital in readings)


def _reached(value: Decimal | None, threshold: Threshold) -> bool:
    if value is None:
        return False
    is_high = threshold.at_least is not None and value >= threshold.at_least
    return is_high or (threshold.at_most is not None and value <= threshold.at_most)
