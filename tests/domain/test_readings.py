"""What a device's reading means (J-62): each threshold of the plan, on both of its sides."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from shared.domain.codes import Mobility
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.domain.readings import Reading, signals_of, waking_time
from tests.builders import at
from tests.policies.plans import JIANGPU, TODAY, plan

RULES = plan(JIANGPU).alarms.readings
ZONE = "Asia/Shanghai"
MORNING = at("2026-11-18 08:00")
SOMEBODY = Subject(facts=ElderFacts(), on=TODAY)
FRAIL = Subject(facts=ElderFacts(mobility=Mobility.BEDRIDDEN), on=TODAY)


def read(device: str, amount: str, hours: float, *, since: datetime = MORNING) -> Reading:
    return Reading(device=device, amount=Decimal(amount), since=since, until=since + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("device", "amount", "hours", "signal"),
    [
        ("water_meter", "9.9", 12, "inactivity"),
        ("water_meter", "10", 12, ""),
        ("water_meter", "9.9", 11.5, ""),
        ("water_meter", "2001", 24, "leak"),
        ("water_meter", "2000", 24, ""),
        ("water_meter", "2001", 25, ""),
        ("door_sensor", "0", 24, "inactivity"),
        ("door_sensor", "1", 24, ""),
        ("motion_sensor", "0", 12, "inactivity"),
        ("bathroom_sensor", "121", 3, "inactivity"),
        ("bathroom_sensor", "120", 3, ""),
        ("bedroom_sensor", "721", 13, "inactivity"),
        ("power_meter", "0.05", 24, "power"),
        ("heartbeat", "0", 24, "device_silent"),
        ("toaster", "0", 99, ""),
    ],
)
def test_a_threshold_speaks_beyond_its_bound_and_not_at_it(
    device: str, amount: str, hours: float, signal: str
) -> None:
    assert signals_of(RULES, read(device, amount, hours), SOMEBODY, ZONE) == ((signal,) if signal else ())


def test_who_rarely_goes_out_may_leave_the_door_shut_for_two_days() -> None:
    assert signals_of(RULES, read("door_sensor", "0", 47), FRAIL, ZONE) == ()
    assert signals_of(RULES, read("door_sensor", "0", 48), FRAIL, ZONE) == ("inactivity",)


def test_a_night_without_water_means_nothing() -> None:
    """Twelve hours from nine in the evening hold four in which people are up."""
    night = read("water_meter", "0", 12, since=at("2026-11-18 21:00"))

    assert waking_time(RULES, night, ZONE) == timedelta(hours=4)
    assert signals_of(RULES, night, SOMEBODY, ZONE) == ()


def test_what_two_rows_signal_is_told_once() -> None:
    twice = replace(RULES, rows=RULES.rows + RULES.rows)

    assert signals_of(twice, read("heartbeat", "0", 30), SOMEBODY, ZONE) == ("device_silent",)
