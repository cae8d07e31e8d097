"""How grave a device's signal is, and by when whom it must have reached (预警分级 P0–P3, domain §2.2).

A severity is looked up by what was signalled and who lives there. Nothing here mutes a signal: what is
merged stays attached to its incident, and a storm (网络中断、停水) holds back single dispatch only below P0.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.calendars import Limit, WorkCalendar, deadline
from shared.domain.conditions import Condition, Subject, holds
from shared.domain.readings import ReadingRules
from shared.domain.zones import to_wall

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """One level: by when it is answered, asked about by telephone, and looked at on site."""

    code: str
    answer_within: Limit
    phone_within: Limit | None
    on_site_by_day: Limit | None
    on_site_by_night: Limit | None
    ladder: str
    report: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRule:
    """A kind of signal, at whose home, and how grave it is; the first rule that fits decides."""

    signal: str
    when: Condition
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRules:
    """All that a policy says about alarms. Night runs from `night_from` to `night_until`, wall times."""

    severities: tuple[Severity, ...]
    signals: tuple[SignalRule, ...]
    merge_minutes: int
    storm_percent: int
    storm_minutes: int
    night_from: str
    night_until: str
    readings: ReadingRules


def severity_of(rules: AlarmRules, signal: str, subject: Subject) -> Severity:
    """How grave the signal is. One that the policy does not know is as grave as can be: the first level."""
    rule = next((each for each in rules.signals if each.signal == signal and holds(each.when, subject)), None)
    if rule is None:
        return rules.severities[0]
    return next(level for level in rules.severities if level.code == rule.severity)


def answer_by(level: Severity, at: datetime, calendar: WorkCalendar) -> datetime:
    """By when somebody must have answered an alarm of that instant (接警)."""
    return deadline(level.answer_within, at, calendar)


def phone_by(level: Severity, at: datetime, calendar: WorkCalendar) -> datetime | None:
    """By when somebody must have asked by telephone, or None: this level goes straight to the door."""
    return deadline(level.phone_within, at, calendar) if level.phone_within else None


def on_site_within(level: Severity, at: datetime, *, zone: str, rules: AlarmRules) -> Limit | None:
    """How soon somebody must stand at the door, for an alarm at that instant."""
    wall = to_wall(at, zone).strftime("%H:%M")
    is_night = wall >= rules.night_from or wall < rules.night_until
    return level.on_site_by_night if is_night else level.on_site_by_day


def is_same_incident(rules: AlarmRules, first_at: datetime, again_at: datetime) -> bool:
    """Whether a signal of the same class for the same elder belongs to the incident already open."""
    return again_at - first_at <= timedelta(minutes=rules.merge_minutes)


def graver(rules: AlarmRules, one: Severity, other: Severity) -> Severity:
    """The graver of two levels: a P0 during an open P1 raises it."""
    return min(one, other, key=rules.severities.index)


def storm_since(rules: AlarmRules, now: datetime) -> datetime:
    """From when on the devices that alarm are counted towards a storm."""
    return now - timedelta(minutes=rules.storm_minutes)


def is_storm(rules: AlarmRules, *, alarming: int, devices: int) -> bool:
    """Whether so many of an area's devices of one type alarm since `storm_since` that the net is down."""
    return alarming * WHOLE > devices * rules.storm_percent
