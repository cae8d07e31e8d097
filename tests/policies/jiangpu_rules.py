"""The rules of the Jiangpu plan (J-…), each with its paths in the policy and what must be true."""

from dataclasses import replace
from datetime import date, timedelta

from shared.domain.alarms import severity_of
from shared.domain.codes import Circumstance, Force, Health, StateKind, VisitMode
from shared.domain.health.contracts import last_day
from shared.domain.population import PopulationChange
from shared.policies.book import PolicyBook
from shared.policies.festivals import festivals_on
from shared.policies.handling import Effect
from shared.policies.model import Policy
from tests.policies.plans import JIANGPU, TODAY, subject
from tests.policies.rule_checks import (
    FRAIL,
    asked_of,
    contacts_in,
    counts,
    does,
    every,
    goes_to,
    grouped,
    offers,
    owed,
    rules_of,
    through,
)

BEREAVED = {"circumstances": (Circumstance.SPECIAL_FAMILY_PLANNING,)}
EVE = TODAY - timedelta(days=1)


def versions(policy: Policy) -> PolicyBook:
    """The plan, and another one from today on."""
    return PolicyBook((policy, replace(policy, in_force_from=TODAY, hash="next")))


BOTH = {"daily_care": 2, "committee_monthly": 1}
EVERYTHING = {"daily_care": 2, "focus_home_care": 1, "committee_monthly": 1}
JIANGPU_RULES = rules_of(
    JIANGPU,
    ("J-05", "obligations.daily_care.adjusted", lambda p: p.obligation("daily_care").active_days == 4),
    (
        "J-06",
        "jurisdiction",
        lambda p: [versions(p).in_force(JIANGPU, day).hash for day in (EVE, TODAY)] == [p.hash, "next"],
    ),
    ("J-08", "circumstances.active", lambda p: Circumstance.ELDERS_ONLY_HOUSEHOLD in p.circumstances),
    ("J-09", "circumstances.temporary", lambda p: (p.passing.review_days, p.passing.max_days) == (30, 180)),
    ("J-11", "obligations.daily_care", lambda p: p.obligation("daily_care").distinct_days),
    ("J-12", "obligations.daily_care", owed(BOTH)),
    ("J-13", "obligations.daily_care.times", owed(EVERYTHING, **FRAIL)),
    ("J-14", "counting.any_contact counting.at_home", counts(VisitMode.PHONE, {"daily_care"}, **FRAIL)),
    ("J-15", "recording.findings.needs", offers("needs", "new_need", "other_assistance")),
    ("J-16", "classification.groups obligations.focus_home_care", grouped("G1_bedridden", **FRAIL)),
    (
        "J-17",
        "obligations.focus_home_care",
        counts(VisitMode.AT_HOME, {"daily_care", "focus_home_care"}, **FRAIL),
    ),
    ("J-18", "contact.device_modes", counts(VisitMode.REMOTE_MONITORING, set(), **FRAIL)),
    (
        "J-19",
        "overlays.weather_orange overlay_sharing",
        lambda p: (
            [contacts_in(p, colour, routine=2, days=3) for colour in ("blue", "yellow", "orange")]
            == [3, 5, 5]
        ),
    ),
    (
        "J-20",
        "overlays.festival festivals",
        lambda p: "double_ninth" in [f.code for f in festivals_on(p.festivals, date(2026, 10, 18))],
    ),
    (
        "J-22",
        "recording.findings",
        lambda p: [f.code for f in p.recording.findings] == ["health", "needs", "hazards"],
    ),
    ("J-26", "states.declines_visits", lambda p: p.state(StateKind.DECLINES_VISITS).reask_days == 30),
    (
        "J-28",
        "recording.findings.hazards kinds.severe_hazard",
        offers("hazards", "severe_hazard", "severe_hazard"),
    ),
    ("J-29", "kinds.urgent_relief", goes_to("urgent_relief", "service_office")),
    ("J-31", "kinds.psychological", goes_to("psychological", "health_centre")),
    ("J-33", "kinds.benefits_help pauses", lambda p: p.kind("benefits_help").handling == "long"),
    (
        "J-34",
        "kinds.meal_and_cleaning kinds.aging_modification",
        goes_to("aging_modification", "service_office"),
    ),
    ("J-35", "kinds.welfare_check", lambda p: "120" in p.kind("welfare_check").emergency_numbers),
    ("J-36", "kinds.other_assistance", goes_to("other_assistance", "service_office")),
    ("J-38", "units", lambda p: len([unit for unit in p.units if unit.kind == "member"]) == 13),
    ("J-39", "assistance.budget_request", asked_of("budget_request", "unit:party_government_office")),
    ("J-40", "assistance.purchase_advice", asked_of("purchase_advice", "unit:party_government_office")),
    (
        "J-41",
        "reports.incident ladders.duty_report",
        lambda p: (
            [limit.amount for limit in (p.reports[0].phone, p.reports[0].written, p.reports[0].final)]
            == [15, 60, 24]
        ),
    ),
    ("J-42", "assistance.party_helpers", asked_of("party_helpers", "unit:party_building_office")),
    (
        "J-44",
        "kinds.family_planning_care kinds.visitor_change responsible",
        every(
            goes_to("family_planning_care", "publicity_office"),
            goes_to("visitor_change", "publicity_office", **BEREAVED),
        ),
    ),
    ("J-45", "kinds.volunteer_pairing", goes_to("volunteer_pairing", "publicity_office")),
    ("J-46", "assistance.student_project", asked_of("student_project", "unit:publicity_office")),
    ("J-47", "assistance.publicity", asked_of("publicity", "unit:publicity_office")),
    ("J-48", "assistance.tag_change", asked_of("tag_change", "unit:self_governance_office")),
    ("J-49", "assistance.door_survey handing", through("self_governance_office")),
    (
        "J-50",
        "obligations.committee_monthly counting.by_cadre",
        counts(VisitMode.AT_HOME, {"daily_care", "committee_monthly"}, Force.COMMITTEE_CADRE),
    ),
    ("J-51", "assistance.safety_indicators", asked_of("safety_indicators", "unit:safety_office")),
    ("J-52", "kinds.fire_hazard", goes_to("fire_hazard", "safety_office")),
    (
        "J-53",
        "kinds.grid_check",
        every(
            goes_to("grid_check", "management_office"),
            lambda p: p.kind("grid_check").complete.limit.amount == 30,
        ),
    ),
    ("J-54", "assistance.grid_resources", asked_of("grid_resources", "unit:management_office")),
    ("J-55", "forces.visitors kinds.visitor_change responsible", goes_to("visitor_change", "service_office")),
    (
        "J-56",
        "forces.care_insurance kinds.care_need_assessment",
        counts(VisitMode.AT_HOME, {"daily_care", "focus_home_care"}, Force.CARE_INSURANCE_CARER, **FRAIL),
    ),
    (
        "J-57",
        "assistance.disability_care classification.groups",
        grouped("G3_severe_disability", disability_level=1),
    ),
    ("J-59", "assistance.data_interface", asked_of("data_interface", "unit:city_operation_centre")),
    ("J-60", "kinds.device_fault", goes_to("device_fault", "city_operation_centre")),
    ("J-61", "assistance.camera_link", asked_of("camera_link", "unit:city_operation_centre")),
    (
        "J-62",
        "alarms.severities alarms.signals alarms.readings",
        lambda p: (
            [severity_of(p.alarms, "inactivity", subject(p, **who)).code for who in (FRAIL, {})]
            == ["p1", "p2"]
        ),
    ),
    (
        "J-63",
        "ladders.alarm_p0",
        lambda p: (
            [rung.whom for rung in p.ladders["alarm_p0"]]
            == ["duty_room.lead", "committee", "coordinator", "working_group"]
        ),
    ),
    (
        "J-65",
        "kinds.property_repair",
        every(
            goes_to("property_repair", "city_construction_centre"),
            does("property_repair", "repaired", Effect.CLOSE_HAZARD),
        ),
    ),
    ("J-66", "contact.seen", counts(VisitMode.CHANCE_MEETING, {"daily_care"}, Force.PROPERTY_COMPANY)),
    ("J-67", "units.benefits_centre", lambda p: p.why("units.benefits_centre").standing == "proposal"),
    (
        "J-68",
        "kinds.legal_aid_forwarding",
        lambda p: [e.limit.amount for e in p.kind("legal_aid_forwarding").external] == [7, 3, 5, 10],
    ),
    ("J-69", "kinds.mediation", lambda p: "one_side_refuses" in p.kind("mediation").decline_reasons),
    (
        "J-70",
        "kinds.legal_consultation",
        lambda p: p.kind("legal_consultation").variants[0].complete.limit.amount == 3,
    ),
    (
        "J-71",
        "kinds.population_change states.presumed_dead population.died",
        lambda p: (
            p.state(StateKind.PRESUMED_DEAD).stops_contact
            and p.news(PopulationChange.DIED).state is StateKind.PRESUMED_DEAD
            and p.news(PopulationChange.DIED).within.amount == 1
        ),
    ),
    ("J-72", "assistance.beat_visit forces.police", asked_of("beat_visit", "unit:police_station")),
    ("J-73", "kinds.fraud_warning police.fraud", goes_to("fraud_warning", "police_station")),
    (
        "J-74",
        "health_care.contract kinds.family_doctor_follow_up",
        lambda p: last_day(TODAY, p.health_care.contract) == date(2027, 11, 20),
    ),
    (
        "J-75",
        "health_care.programmes kinds.family_doctor_follow_up",
        lambda p: [each.every_months for each in p.health_care.programmes] == [3, 3, 12],
    ),
    (
        "J-76",
        "health_care.home_bed kinds.home_bed obligations.home_bed_round",
        goes_to("home_bed", "health_centre"),
    ),
    (
        "J-77",
        "health_care.thresholds assistance.medicines",
        lambda p: (
            {each.sign for each in p.health_care.thresholds}
            == {"blood_pressure_high", "glucose_high", "glucose_low"}
        ),
    ),
    ("J-78", "classification.groups", grouped("G2_seriously_ill", health=Health.SERIOUSLY_ILL)),
)
