"""The rules of the Zichuan plan (Z-…), each with its paths in the policy and what must be true."""

from dataclasses import replace
from datetime import date

from shared.domain.codes import Ability, Force, Mobility, VisitMode
from shared.domain.facts import Hardship
from shared.domain.plan import Period
from shared.policies.handling import Effect, overridden_until
from shared.policies.resolve import responsible_unit
from shared.policies.stricter import asks_as_much
from tests.policies.plans import TODAY, ZICHUAN, directory, subject
from tests.policies.rule_checks import (
    FRAIL,
    HEALTHY,
    ability,
    asked_of,
    classed,
    counts,
    does,
    goes_to,
    has_duty,
    offers,
    owed,
    printed,
    rules_of,
    through,
    visits,
)

MONTHLY = {"monthly_visit"}
OFTEN = {"monthly_visit", "weekly_visit"}
SURVEY = "姓名 性别 年龄 身份证号码 类别 身体能力 家庭住址"
RECORD = "日期 健康管理 居家安全 生活照料 康复护理 精神慰藉 环境卫生 应急救援 文体活动 其他 服务人员签字 备注"
SUMMARY = "序号 姓名 性别 年龄 身份证号 家庭住址 类别 身体能力 备注"
ZICHUAN_RULES = rules_of(
    ZICHUAN,
    ("Z-01", "circumstances.active classification.checks", lambda p: len(p.classification.checks) == 7),
    ("Z-02", "obligations.monthly_visit", lambda p: {f.code for f in p.floors} == {"care_dependent_monthly"}),
    ("Z-03", "participants forces", lambda p: len(p.forces.forces) == 8),
    (
        "Z-05",
        "obligations",
        lambda p: (
            [
                asks_as_much(
                    replace(p.obligation("weekly_visit"), period=period), p.obligation("weekly_visit")
                )
                for period in (Period.WEEK, Period.MONTH)
            ]
            == [True, False]
        ),
    ),
    ("Z-07", "obligations.monthly_visit.adjusted", lambda p: p.obligation("monthly_visit").active_days == 15),
    ("Z-09", "assistance.village_survey", asked_of("village_survey", "committee")),
    ("Z-12", "classification.tiers", classed("general", "R3", surveyed_healthy=True)),
    ("Z-13", "classification.override", lambda p: overridden_until(p.override, TODAY) == date(2027, 5, 20)),
    ("Z-14", "classification.tiers", classed("focus", "R1c", ability=ability(Ability.SEVERE))),
    ("Z-15", "classification.tiers", classed("secondary", "R2b", mobility=Mobility.LIMITED)),
    ("Z-16", "classification.tiers", classed("general", "R3", ability=ability(Ability.MILD))),
    ("Z-17", "verification.assess_ability", classed("focus", "R1d", **FRAIL)),
    ("Z-18", "participants", lambda p: len(p.forces.participants) == 11),
    (
        "Z-19",
        "forces.committees",
        visits("committees", Force.COMMITTEE_CADRE, VisitMode.AT_HOME, OFTEN, **FRAIL),
    ),
    (
        "Z-20",
        "kinds.visitor_change",
        lambda p: responsible_unit(p, subject(p), directory(p)).endswith("370302115201"),
    ),
    (
        "Z-21",
        "forces.care_institutions",
        visits("care_institutions", Force.CARE_INSTITUTION, VisitMode.AT_HOME, OFTEN, **FRAIL),
    ),
    ("Z-23", "forces.social_workers kinds.psychological", goes_to("psychological", "town_115")),
    (
        "Z-24",
        "health_care.programmes kinds.family_doctor_follow_up",
        goes_to("family_doctor_follow_up", "health_bureau"),
    ),
    (
        "Z-25",
        "forces.seniors_associations",
        visits("seniors_associations", Force.SENIORS_ASSOCIATION, VisitMode.PHONE, MONTHLY, **HEALTHY),
    ),
    (
        "Z-26",
        "forces.property_companies",
        counts(VisitMode.CHANCE_MEETING, {"monthly_visit"}, Force.PROPERTY_COMPANY, **HEALTHY),
    ),
    ("Z-27", "kinds.volunteer_pairing", goes_to("volunteer_pairing", "civility_office")),
    ("Z-32", "assistance.school_project", asked_of("school_project", "unit:education_sports_bureau")),
    ("Z-36", "states.in_hospital timing.return_check", lambda p: p.timing.return_check_hours == 24),
    ("Z-37", "assistance.family_talk", asked_of("family_talk", "committee")),
    (
        "Z-40",
        "recording.findings",
        lambda p: (
            [f.code for f in p.recording.findings][:5]
            == ["expression", "movement", "response", "illness", "mind"]
        ),
    ),
    ("Z-41", "kinds.home_bed", goes_to("home_bed", "health_bureau")),
    ("Z-42", "recording.findings.hazards", offers("hazards", "hazard_found", "home_repair")),
    ("Z-43", "kinds.home_repair", does("home_repair", "repaired", Effect.CLOSE_HAZARD)),
    ("Z-45", "kinds.benefits_help", goes_to("benefits_help", "disability_federation", disability_level=2)),
    ("Z-47", "kinds.aging_modification", goes_to("aging_modification", "civil_affairs_bureau")),
    ("Z-48", "kinds.meal_and_cleaning", goes_to("meal_and_cleaning", "town_115")),
    ("Z-49", "kinds.fraud_warning", lambda p: "96110" in p.kind("fraud_warning").emergency_numbers),
    ("Z-50", "justice.family_duty", lambda p: p.justice.assess_months == 3),
    (
        "Z-51",
        "justice.family_duty assistance.family_talk",
        lambda p: [s.within and s.within.amount for s in p.justice.duty_stages] == [7, 14, 30, None],
    ),
    (
        "Z-52",
        "kinds.legal_aid_forwarding",
        lambda p: p.kind("legal_aid_forwarding").external[0].limit.amount == 7,
    ),
    ("Z-53", "recording.findings.mind", offers("mind", "worse", "psychological")),
    (
        "Z-55",
        "kinds.welfare_check",
        lambda p: p.kind("welfare_check").emergency_numbers == ("110", "120", "119"),
    ),
    ("Z-56", "ladders.not_seen", lambda p: p.ladders["not_seen"][0].action == "call_family_and_key_holder"),
    ("Z-57", "overlays overlay_sharing", lambda p: p.overlays.may_share and not p.overlays.shares),
    (
        "Z-59",
        "assistance.evacuation overlays.weather_red",
        lambda p: p.overlays.overlays[3].prepares_transfer,
    ),
    ("Z-60", "obligations", owed({"monthly_visit": 1}, **HEALTHY)),
    (
        "Z-61",
        "obligations.monthly_visit",
        lambda p: [w.day for w in p.obligation("monthly_visit").warnings] == [20, 25],
    ),
    ("Z-62", "obligations.weekly_visit", owed({"monthly_visit": 1, "weekly_visit": 1}, **FRAIL)),
    ("Z-65", "counting.by_health", counts(VisitMode.VIDEO, {"monthly_visit"}, **HEALTHY)),
    ("Z-66", "counting.by_health.modes", counts(VisitMode.PHONE, MONTHLY, **HEALTHY)),
    (
        "Z-67",
        "counting.by_health.modes",
        counts(VisitMode.PHONE, set(), hardships=(Hardship.NATURAL_DISASTER,), **HEALTHY),
    ),
    ("Z-70", "kinds.device_fault", goes_to("device_fault", "civil_affairs_bureau")),
    ("Z-71", "alarms.severities", lambda p: p.alarms.severities[0].answer_within.amount == 1),
    ("Z-76", "assistance.training", asked_of("training", "unit:civility_office")),
    ("Z-78", "recording.late_entry", lambda p: p.recording.counts_until_hours == 48),
    ("Z-79", "handing", through("town_115")),
    (
        "Z-80",
        "assistance.safety_indicators",
        asked_of("safety_indicators", "unit:political_legal_commission"),
    ),
    ("Z-81", "units.civility_office", has_duty("civility_office")),
    ("Z-82", "units.civil_affairs_bureau", has_duty("civil_affairs_bureau")),
    ("Z-83", "units.education_sports_bureau", has_duty("education_sports_bureau")),
    (
        "Z-84",
        "units.finance_bureau assistance.purchase_compliance",
        asked_of("purchase_compliance", "unit:finance_bureau"),
    ),
    ("Z-85", "assistance.property_not_acting", asked_of("property_not_acting", "unit:enforcement_bureau")),
    ("Z-86", "assistance.rural_facility", asked_of("rural_facility", "unit:agriculture_bureau")),
    (
        "Z-87",
        "health_care.family_contacts kinds.family_planning_care",
        goes_to("family_planning_care", "health_bureau"),
    ),
    ("Z-88", "assistance.doctor_coverage", asked_of("doctor_coverage", "unit:health_bureau")),
    ("Z-89", "assistance.ageing_committee", asked_of("ageing_committee", "unit:health_bureau")),
    (
        "Z-90",
        "assistance.disability_volunteers",
        asked_of("disability_volunteers", "unit:disability_federation"),
    ),
    ("Z-91", "assistance.training", asked_of("training", "unit:civility_office")),
    ("Z-94", "assistance.model_case", asked_of("model_case", "unit:civility_office")),
    ("Z-95", "forms.sheets.baseline_survey forms.class_cell", printed("baseline_survey", SURVEY)),
    ("Z-96", "forms.sheets.visit_record", printed("visit_record", RECORD)),
    (
        "Z-97",
        "forms.sheets.summary",
        printed("summary", SUMMARY, "填表人： 分管领导："),
    ),
    ("Z-98", "kinds.mediation", does("mediation", "not_settled_other_ways_told", Effect.OPEN_NEXT)),
    ("Z-99", "units.leading_group", has_duty("leading_group")),
)
