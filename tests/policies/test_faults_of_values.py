"""Values that can be read and yet do harm: swapped limits, no time at all, a row that nobody reaches."""

import pytest

from tests.policies.plans import ZICHUAN
from tests.policies.slips import Slip, Slips

TIMES = 'period = "week"\ntimes = 1\ncounting = "by_health"'
TIER = "when = { disability_level_in = [1, 2] }\ntier"
PAIRED = 'unit:civility_office" }]\n\n[kinds.visitor_change]'
REPAIR = '{ when = { area_in = ["370302001"'
ASSESSED = 'accept = "30 minutes"\ncomplete = "60 minutes"'
DRILL = 'accept = { limit = "1 minutes", reminders = [50, 80], ladder = "drill" }\n'
PLAN = [
    ("issued_on = 2023-10-13", "issued_on = 0203-10-13", "out_of_range", "documents.S2.issued_on"),
    ('"370302002"', '"370302001"', "same_area", "units.town_002.area_code"),
    ('"370302116"', '"370302116000"', "bad_area", "units.town_116.area_code"),
    ('"钟楼街道办事处"', '"将军路街道办事处"', "same_name", "units.town_005.name"),
    ('kind = "town"', 'kind = "body"', "town_by_half", "units.town_102.kind"),
    ('"序号", "姓名"', '"姓名"', "wrong_columns", "forms.sheets.summary.columns"),
    ('"精神慰藉", "环境', '"精神安慰", "环境', "unknown_code", "forms.sheets.visit_record.columns"),
    (
        TIMES,
        TIMES.replace("1\n", "8\ndistinct = { days = true }\n"),
        "out_of_range",
        "obligations.weekly_visit.times",
    ),
    (
        TIMES,
        TIMES.replace("1\n", "2\ngap = { hours = 200 }\n"),
        "out_of_range",
        "obligations.weekly_visit.gap.hours",
    ),
    (PAIRED, PAIRED.replace("unit:civility_office", "district:justice"), "no_such_role", "kinds"),
    (TIER, TIER.replace("disability_level_in = [1, 2]", "age_at_least = 85"), "dead_rule", "tiers"),
    (REPAIR, REPAIR.replace("001", "999"), "not_inside", "kinds.home_repair"),
    ('code = "R1b"', 'code = "R1a"', "listed_twice", "classification.tiers[1].code"),
    ('need", "need_met"]', 'need", "new_need"]', "listed_twice", "recording.findings.needs.options"),
    (ASSESSED, 'accept = "60 minutes"\ncomplete = "30 minutes"', "too_late", "assistance.knock.accept"),
    ('because = "周四上午提醒探访人"', 'because = " "', "empty_text", "obligations.weekly_visit"),
    ('because = "周四上午提醒探访人"', "because = [1]", "wrong_type", "obligations.weekly_visit"),
    ('because = "周四上午提醒探访人"', 'because = "一\\n二"', "unprintable", "obligations.weekly_visit"),
    ("who = { tier_in = [", "who = { any = [{}], tier_in = [", "no_condition", "obligations.weekly_visit"),
    ('who = { tier_in = ["focus"] }', "who = {}", "no_condition", "obligations.weekly_visit.who"),
    (ASSESSED, 'accept = "0 minutes"\ncomplete = "30 minutes"', "no_time", "assistance.knock.accept"),
    ('new_need", "need_met"]', 'new_need", ""]', "empty_text", "recording.findings.needs.options"),
]
NATIONAL = [
    ('phone = "15 minutes"', 'phone = "45 minutes"', "too_late", "reports.incident.phone"),
    ('again_every = "2 hours"', 'again_every = "0 hours"', "no_time", "reports.incident.again_every"),
    (
        '[population.died]\nwithin = "1 days"',
        '[population.died]\nwithin = "0 days"',
        "no_time",
        "population.",
    ),
    ("declines = 3", "declines = 0", "out_of_range", "timing.ruling.declines"),
    (DRILL, DRILL.replace("1 min", "11 min"), "too_late", "kinds.drill.accept"),
    (
        "papers]\nmax_days = 15",
        "papers]\nmax_days = 99",
        "upside_down",
        "pauses.awaiting_papers.max_days",
    ),
    ("reask_days = 30", "reask_days = 300", "upside_down", "states.declines_visits.reask_days"),
    ('at_most = "3.9"', 'at_most = "0.39"', "upside_down", "health_care.thresholds[6].least"),
    ("megabytes = 8", "megabytes = 0", "out_of_range", "attachments.max_megabytes"),
    ('first_modes = ["at_home"]', 'first_modes = ["remote_monitoring"]', "unknown_code", "overlays"),
    ('"2 hours", reminders', '"2 working_hours", reminders', "asleep", "kinds."),
    ('at_least = "180"', 'at_least = "１８０"', "wrong_type", "health_care.thresholds[2].at_least"),
]
PLACE = [
    ("in_force_from = 2023", "in_force_from = 9999", "out_of_range", "policy.in_force_from"),
    ('duty_room = "town"', 'duty_room = "duty_room"', "unknown_unit", "jurisdiction.duty_room"),
]
SLIPS = [Slip(ZICHUAN, *each) for each in PLAN] + [Slip("national", *each) for each in NATIONAL]
SLIPS += [Slip(ZICHUAN, *each) for each in PLACE]
TOGETHER = Slips(SLIPS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}-{slip.path}")
def test_a_value_that_does_harm_is_told_with_path_and_line(slip: Slip) -> None:
    found = [fault for fault in TOGETHER.told(slip) if fault.code == slip.code and slip.path in fault.path]

    assert found
    assert all(fault.line for fault in found)
