"""Overlays add, alarms are never muted, and reports are due on time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.alarms import (
    answer_by,
    graver,
    is_same_incident,
    is_storm,
    on_site_within,
    phone_by,
    severity_of,
    storm_since,
)
from shared.domain.calendars import Limit, LimitUnit, WorkCalendar
from shared.domain.codes import Mobility, VisitMode
from shared.domain.conditions import Subject
from shared.domain.overlays import (
    ExtraContacts,
    Measure,
    Occasion,
    OverlayRules,
    Trigger,
    WarningColour,
    counts_for_overlay,
    extra_owed,
    first_due_by,
    measures,
    overlay_for,
    required,
)
from shared.domain.reports import continuing_by, final_by, first_report, lacking, report_for
from tests.policies.plans import JIANGPU, TODAY, ZICHUAN, plan, subject

POLICY = plan(ZICHUAN)
ALARMS = POLICY.alarms
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
FRAIL = subject(POLICY, mobility=Mobility.BEDRIDDEN)
HEALTHY = subject(POLICY, surveyed_healthy=True)
CALENDAR: WorkCalendar = POLICY.work_days.calendar("Asia/Shanghai", POLICY.jurisdiction.hours, TODAY)


def warned(colour: WarningColour, rules: OverlayRules = POLICY.overlays) -> ExtraContacts | None:
    overlay = overlay_for(rules, Trigger(occasion=Occasion.WEATHER, name="cold_wave", colour=colour))
    assert overlay is not None
    return extra_owed(overlay, FRAIL)


def test_a_warning_that_grows_worse_asks_for_more() -> None:
    """J-19: yellow to orange in mid-campaign tightens."""
    yellow, orange, red = (warned(colour) for colour in list(WarningColour)[1:])
    assert yellow is not None
    assert orange is not None
    assert red is not None

    assert not counts_for_overlay(orange, VisitMode.PHONE, is_first=True)
    assert counts_for_overlay(orange, VisitMode.PHONE, is_first=False)
    assert counts_for_overlay(yellow, VisitMode.PHONE, is_first=True)
    due = [first_due_by(extra, NOON, CALENDAR) for extra in (yellow, orange, red)]
    assert due == [NOON + timedelta(hours=hours) for hours in (24, 24, 4)]


def test_blue_asks_nothing_for_those_who_are_well() -> None:
    overlay = overlay_for(
        POLICY.overlays, Trigger(occasion=Occasion.WEATHER, name="", colour=WarningColour.BLUE)
    )
    assert overlay is not None

    assert extra_owed(overlay, HEALTHY) is None
    assert required(1, None, days=3, rules=POLICY.overlays) == 1


def test_extra_visits_come_on_top_of_the_usual_ones() -> None:
    """Domain §0.2-10: required is routine plus extra; sharing only where the plan says 适当 and it is on."""
    extra = warned(WarningColour.YELLOW)
    shared = OverlayRules(overlays=POLICY.overlays.overlays, may_share=True, shares=True)
    strict = OverlayRules(overlays=POLICY.overlays.overlays, may_share=False, shares=True)

    assert required(1, extra, days=3, rules=POLICY.overlays) == 4
    assert required(1, extra, days=3, rules=shared) == 3
    assert required(1, extra, days=3, rules=strict) == 4


def test_a_festival_asks_once_and_any_time_of_it() -> None:
    overlay = overlay_for(plan(JIANGPU).overlays, Trigger(occasion=Occasion.FESTIVAL, name="double_ninth"))
    assert overlay is not None
    extra = extra_owed(overlay, HEALTHY)
    assert extra is not None

    assert first_due_by(extra, NOON, CALENDAR) is None
    assert required(2, extra, days=7, rules=plan(JIANGPU).overlays) == 3


def test_what_no_overlay_names_asks_for_nothing() -> None:
    none = OverlayRules(overlays=(), may_share=False, shares=False)

    assert overlay_for(none, Trigger(occasion=Occasion.FESTIVAL, name="easter")) is None


@pytest.mark.parametrize(
    ("signal", "who", "code"),
    [
        ("smoke", HEALTHY, "p0"),
        ("inactivity", FRAIL, "p1"),
        ("inactivity", HEALTHY, "p2"),
        ("low_battery", FRAIL, "p3"),
    ],
)
def test_how_grave_a_signal_is_depends_on_what_and_where(signal: str, who: Subject, code: str) -> None:
    """J-62, Z-71."""
    assert severity_of(ALARMS, signal, who).code == code


def test_a_signal_that_nobody_foresaw_is_as_grave_as_can_be() -> None:
    assert severity_of(ALARMS, "earthquake", HEALTHY).code == "p0"


@pytest.mark.parametrize(("hour", "minutes"), [(13, 30), (14, 60), (22, 60), (23, 30)])
def test_at_night_the_way_to_the_door_takes_longer(hour: int, minutes: int) -> None:
    """22:00 to 07:00 in the place's zone, eight hours ahead of UTC."""
    at = NOON.replace(hour=hour)

    found = on_site_within(severity_of(ALARMS, "inactivity", FRAIL), at, zone="Asia/Shanghai", rules=ALARMS)
    assert found == Limit(amount=minutes, unit=LimitUnit.MINUTES)


def test_signals_of_half_an_hour_are_one_incident_and_the_graver_level_wins() -> None:
    assert is_same_incident(ALARMS, NOON, NOON + timedelta(minutes=30))
    assert not is_same_incident(ALARMS, NOON, NOON + timedelta(minutes=30, seconds=1))
    p0, p1, *_ = ALARMS.severities
    assert graver(ALARMS, p1, p0) is p0


def test_an_alarm_is_answered_at_once_and_asked_about_by_telephone_where_there_is_time() -> None:
    """Z-72, X-21: P1 within 5 and 15 minutes; a lost device within working hours, without a call."""
    inactive, silent = (severity_of(ALARMS, signal, FRAIL) for signal in ("inactivity", "device_silent"))

    assert answer_by(inactive, NOON, CALENDAR) == NOON + timedelta(minutes=5)
    assert phone_by(inactive, NOON, CALENDAR) == NOON + timedelta(minutes=15)
    # Friday at noon: three and a half hours of the afternoon, and the first half hour of Monday.
    assert answer_by(silent, NOON, CALENDAR) == datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert phone_by(silent, NOON, CALENDAR) is None


def test_when_more_than_a_tenth_alarms_at_once_the_net_is_down() -> None:
    assert not is_storm(ALARMS, alarming=10, devices=100)
    assert is_storm(ALARMS, alarming=11, devices=100)
    assert storm_since(ALARMS, NOON) == NOON - timedelta(minutes=10)


def test_a_warning_is_told_to_the_care_team_and_red_prepares_the_move() -> None:
    """Z-57 and domain §1.4: blue to orange are told, red makes ready to move people."""
    triggers = [Trigger(occasion=Occasion.WEATHER, name="cold_wave", colour=each) for each in WarningColour]
    asked = [measures(rule) for each in triggers if (rule := overlay_for(POLICY.overlays, each))]

    assert asked == [(Measure.TELL_CARE_TEAM,)] * 3 + [(Measure.TELL_CARE_TEAM, Measure.PREPARE_TRANSFER)]


def test_the_duty_room_reports_by_telephone_in_writing_again_and_at_last() -> None:
    """J-41: first, continuing and final report, each with its clock."""
    rule = report_for(POLICY.reports, "fire_or_gas")
    assert rule is not None
    first = first_report(rule, NOON, CALENDAR)

    assert [first.phone_by, first.phone_at_latest_by, first.written_by] == [
        NOON + timedelta(minutes=minutes) for minutes in (15, 30, 60)
    ]
    assert continuing_by(rule, NOON, CALENDAR) == NOON + timedelta(hours=2)
    assert final_by(rule, NOON, CALENDAR) == NOON + timedelta(hours=24)
    assert lacking(rule, [each for each in rule.contents if each != "nature"]) == ("nature",)
    assert report_for(POLICY.reports, "lost_umbrella") is None


def test_a_report_whose_limit_is_in_working_hours_waits_for_the_office() -> None:
    """Friday noon: three and a half hours of the afternoon, and the rest of four on Monday morning."""
    four = Limit(amount=4, unit=LimitUnit.WORKING_HOURS)
    rule = replace(
        POLICY.reports[0], phone=four, phone_at_latest=four, written=four, again_every=four, final=four
    )
    first, monday = first_report(rule, NOON, CALENDAR), datetime(2026, 11, 23, 1, tzinfo=UTC)

    assert (first.phone_by, first.phone_at_latest_by, first.written_by) == (monday, monday, monday)
    assert (continuing_by(rule, NOON, CALENDAR), final_by(rule, NOON, CALENDAR)) == (monday, monday)
