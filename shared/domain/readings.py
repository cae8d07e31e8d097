"""What a device's reading means (设备阈值, J-62): too little over a long stretch, or too much in a short one.

A device only measures. What is unusual, and for whom, the plan says; how grave it is, `alarms.severity_of`.
An elder who has been reported away is nobody whose water should run: who asks leaves those out before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from shared.domain.conditions import Condition, Subject, holds
from shared.domain.zones import to_instant, to_wall

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one device measured between two instants, in the unit that its label names."""

    device: str
    amount: Decimal
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRule:
    """One threshold: less than `below` over at least so many hours, or more than `above` within so many.

    is_waking: only the hours count in which people are up; a night without water means nothing.
    """

    device: str
    when: Condition
    hours: int
    is_waking: bool
    below: Decimal | None
    above: Decimal | None
    signal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """All thresholds of a plan, and the wall times between which people are up."""

    rows: tuple[ReadingRule, ...]
    waking_from: str
    waking_until: str


def signals_of(rules: ReadingRules, reading: Reading, subject: Subject, zone: str) -> tuple[str, ...]:
    """What the reading signals about the elder, each signal once; nothing if all is as usual."""
    found = [
        row.signal
        for row in rules.rows
        if row.device == reading.device
        and _is_out(row, reading.amount, _stretch(rules, row, reading, zone))
        and holds(row.when, subject)
    ]
    return tuple(dict.fromkeys(found))


def waking_time(rules: ReadingRules, reading: Reading, zone: str) -> timedelta:
    """How much of the reading's stretch lies in hours in which people are up."""
    day, total = to_wall(reading.since, zone).date(), timedelta()
    while to_instant(day, "00:00", zone) < reading.until:
        opens = max(reading.since, to_instant(day, rules.waking_from, zone))
        closes = min(reading.until, to_instant(day, rules.waking_until, zone))
        total += max(closes - opens, timedelta())
        day += ONE_DAY
    return total


def _stretch(rules: ReadingRules, row: ReadingRule, reading: Reading, zone: str) -> timedelta:
    return waking_time(rules, reading, zone) if row.is_waking else reading.until - reading.since


def _is_out(row: ReadingRule, amount: Decimal, stretch: timedelta) -> bool:
    limit = timedelta(hours=row.hours)
    is_little = row.below is not None and amount < row.below and stretch >= limit
    return is_little or (row.above is not None and amount > row.above and stretch <= limit)
