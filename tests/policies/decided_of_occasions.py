"""What a policy decides about what is out of the usual: overlays, festivals, alarms, reports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product

from shared.domain.alarms import (
    answer_by,
    is_same_incident,
    is_storm,
    on_site_within,
    phone_by,
    severity_of,
    storm_since,
)
from shared.domain.codes import VisitMode
from shared.domain.overlays import (
    Occasion,
    Trigger,
    WarningColour,
    counts_for_overlay,
    extra_owed,
    first_due_by,
    measures,
    overlay_for,
    required,
)
from shared.domain.readings import Reading, signals_of
from shared.domain.reports import continuing_by, final_by, first_report, lacking, report_for
from shared.policies.festivals import spans_of
from shared.policies.model import Policy
from shared.policies.resolve import (
    Setting,
)
from tests.policies.elders import NOON, Elders
from tests.policies.plans import TODAY, directory

HOURS_OF_A_DAY = tuple(NOON.replace(hour=hour) for hour in (2, 10, 14, 19, 22))
"""In the morning, at six, at ten at night, at three and at six, in Shanghai."""


def overlaid(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    triggers = [Trigger(occasion=Occasion.WEATHER, name="cold", colour=each) for each in WarningColour]
    triggers += [Trigger(occasion=each, name="mid_autumn") for each in Occasion]
    calendar = policy.work_days.calendar(policy.jurisdiction.zone, policy.jurisdiction.hours, TODAY)
    sharing = [
        policy.overlays,
        *(replace(policy.overlays, **{half: True}) for half in ("may_share", "shares")),
    ]
    for trigger in triggers:
        rule = overlay_for(policy.overlays, trigger)
        yield rule.code if rule else "", measures(rule) if rule else ()
        for elder in elders if rule else ():
            extra = extra_owed(rule, elder)
            yield [required(1, extra, days=3, rules=rules) for rules in sharing]
            if extra:
                yield first_due_by(extra, NOON, calendar)
                yield [
                    counts_for_overlay(extra, mode, is_first=first)
                    for mode, first in product(VisitMode, (True, False))
                ]


def feast(policy: Policy, code: str, _: Elders) -> Iterator[object]:
    festival = next(each for each in policy.festivals if each.code == code)
    return (span for year in (2025, 2026) for span in spans_of(festival, year))


def alarmed(policy: Policy, section: str, elders: Elders) -> Iterator[object]:
    rules, zone = policy.alarms, policy.jurisdiction.zone
    calendar = policy.work_days.calendar(zone, policy.jurisdiction.hours, TODAY)
    if section in {"readings", "waking"}:
        yield from _read(policy, elders)
        return
    yield storm_since(rules, NOON), [is_storm(rules, alarming=number, devices=100) for number in range(9, 13)]
    yield [is_same_incident(rules, NOON, NOON.replace(minute=minute)) for minute in (29, 30, 31, 32)]
    for signal, elder in product(SIGNALS, elders):
        level = severity_of(rules, signal, elder)
        yield level.code, answer_by(level, NOON, calendar), phone_by(level, NOON, calendar)
        yield [on_site_within(level, at, zone=zone, rules=rules) for at in HOURS_OF_A_DAY]
        yield policy.ladders[level.ladder], [each for each in policy.reports if each.code == level.report]


def _read(policy: Policy, elders: Elders) -> Iterator[object]:
    """Each device with too little or too much, over stretches that begin in the evening or the morning."""
    zone, rules = policy.jurisdiction.zone, policy.alarms.readings
    starts, lengths = (NOON.replace(hour=0), NOON.replace(hour=14)), (11, 12, 13, 23, 24, 25, 48)
    for since, hours, (device, amounts) in product(starts, lengths, AMOUNTS.items()):
        for amount, elder in product(amounts, elders):
            reading = Reading(
                device=device, amount=Decimal(amount), since=since, until=since + timedelta(hours=hours)
            )
            yield signals_of(rules, reading, elder, zone)


def reported(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    calendar = policy.work_days.calendar(policy.jurisdiction.zone, policy.jurisdiction.hours, TODAY)
    setting = Setting(policy=policy, subject=elders[0], directory=directory(policy))
    for trigger in TRIGGERS:
        rule = report_for(policy.reports, trigger)
        yield rule.code if rule else ""
        if rule:
            yield first_report(rule, NOON, calendar), continuing_by(rule, NOON, calendar)
            yield lacking(rule, ("nature",))
            yield (
                final_by(rule, NOON, calendar),
                setting.recipient(rule.signed_by),
                policy.ladders[rule.ladder],
            )


AMOUNTS = {
    "water_meter": ("0", "5", "1000", "2000.5"),
    "door_sensor": ("0", "1"),
    "motion_sensor": ("0", "1"),
    "bathroom_sensor": ("120", "120.5", "121", "122"),
    "bedroom_sensor": ("720", "720.5", "721", "722"),
    "power_meter": ("0.05", "0.1", "1"),
    "heartbeat": ("0", "1"),
}
SIGNALS = (
    "help_button", "smoke", "gas", "fall", "vital_sign", "inactivity", "leak", "power", "device_silent",
    "low_battery",
)  # fmt: skip
TRIGGERS = ("death_at_home", "missing_over_two_hours", "media_risk")
