"""Names that nothing answers to, and numbers with which nothing could go on: each is told with its path."""

import pytest

from tests.policies.plans import ZICHUAN
from tests.policies.slips import Slip, Slips
from tests.policies.test_faults import faults_with

RUNG = 'after = "2 working_days"\nwhom = "coordinator"'
ROLES = 'roles = ["education"]'
BASES = 'restricted_to = ["family_planning"]'
FOCUS = '{ group_in = ["focus_care"]'
NAMES = [
    (ZICHUAN, ROLES, f'{ROLES}\nservice = "scool"', "unknown_code", "units.education_sports_bureau.service"),
    (ZICHUAN, 'from = "town"', 'from = "twon"', "unknown_code", "handing[0].from"),
    (ZICHUAN, 'through = "town"', 'through = "town:all"', "unknown_selector", "handing[1].through"),
    (ZICHUAN, RUNG, RUNG.replace("coord", "district:coord"), "unknown_code", "ladders.chase.rungs[3].whom"),
    (ZICHUAN, '{ option = "worse"', '{ option = "wors"', "unknown_code", "recording.findings.movement"),
    (
        ZICHUAN,
        'items = ["health"]',
        'items = ["wealth"]',
        "unknown_code",
        "recording.contents.mapping.health_content.items",
    ),
    (
        "national",
        BASES,
        BASES.replace("plan", "pan"),
        "unknown_code",
        "kinds.family_planning_care.restricted_to",
    ),
    ("national", FOCUS, FOCUS.replace("cus", "kus"), "unknown_code", "unseen[0].when.any[1].group_in"),
    (
        "national",
        '"moderate", "severe"]',
        '"moderate", "bad"]',
        "unknown_code",
        "scales.MZ/T 039-2013.levels",
    ),
    ("national", 'topics = ["phone_fraud"', 'topics = ["fone_fraud"', "no_label", "labels.fraud_topics"),
    ("national", 'ways = ["at_home"', 'ways = ["at_hoem"', "no_label", "labels.fraud_ways"),
    ("national", 'entries = ["opened_by_elder"', 'entries = ["open_by_elder"', "no_label", "labels.entries"),
]
NUMBERS = [
    ("\nreview_days = 30\n", "\nreview_days = 0\n", "circumstances.temporary.review_days"),
    ("\nevery_months = 12\n", "\nevery_months = 0\n", "health_care.programmes.check_up.every_months"),
    ("\nassess_months = 3\n", "\nassess_months = 99999\n", "justice.family_duty.assess_months"),
    ("[timing.first_visit]\ndays = 7", "[timing.first_visit]\ndays = 0", "timing.first_visit.days"),
    ("\nat_most = 30\n", "\nat_most = 0\n", "timing.held.at_most"),
]
SLIPS = [
    *(Slip(*each) for each in NAMES),
    *(Slip("national", old, new, "out_of_range", path) for old, new, path in NUMBERS),
]
AREA = 'area_in = ["370302001"'
NUMBERS_TO_DIAL = 'emergency_numbers = ["110", "120", "119"]'
SIGNAL = '[[alarms.signals]]\nsignal = "inactivity"\nseverity = "p2"\n'
REST = '[[unseen]]\nstanding = "proposal"\nbecause = "同上，其他对象"\n'
VALUES = [
    (ZICHUAN, AREA, AREA.replace("001", "00l"), "bad_area", "kinds.home_repair.routes[0].when.area_in"),
    (
        ZICHUAN,
        "= [1, 2] }",
        "= [11, 2] }",
        "unknown_code",
        "classification.tiers[1].when.disability_level_in",
    ),
    (
        ZICHUAN,
        "{ age_at_least = 80",
        "{ age_at_least = 800",
        "out_of_range",
        "classification.tiers[0].when.age_at_least",
    ),
    (ZICHUAN, "sheets.visit_record]", "sheets.visit_recrod]", "unknown_code", "forms.sheets.visit_recrod"),
    (ZICHUAN, "370302002", "370303002", "not_inside", "units.town_002.area_code"),
    (ZICHUAN, "[units.town_004]", "[units.Town-004]", "bad_code", "units.Town-004"),
    (
        "national",
        NUMBERS_TO_DIAL,
        NUMBERS_TO_DIAL.replace("110", "11O"),
        "bad_number",
        "kinds.not_seen.emergency_numbers",
    ),
    ("national", SIGNAL, "", "no_rest", "alarms.signals"),
    ("national", REST, f"{REST}when = {{ age_below = 99 }}\n", "no_rest", "unseen"),
    ("national", "{ age_below = 60 }", "{ birth_known = true }", "missing", "classification.not_eligible"),
    (
        "national",
        "usual_days = 30\nmax_days = 180\nsecond",
        "usual_days = 300\nmax_days = 180\nsecond",
        "upside_down",
        "states.short_stay.usual_days",
    ),
    ("national", 'least = "50"', 'least = "500"', "upside_down", "health_care.vitals.systolic.least"),
]
PLACE = [
    ('id = "zibo_zichuan"', 'id = "淄川"', "bad_code", "jurisdiction.id"),
    ('committee_prefix = "village"', 'committee_prefix = "a:b"', "bad_code", "jurisdiction.committee_prefix"),
    ('phone_code = "0533"', 'phone_code = "533"', "bad_number", "jurisdiction.phone_code"),
    ("phone_digits = 7", "phone_digits = 70", "out_of_range", "jurisdiction.phone_digits"),
]
SLIPS += [Slip(*each) for each in VALUES] + [Slip(ZICHUAN, *each) for each in PLACE]
TOGETHER = Slips(SLIPS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}-{slip.path}")
def test_what_would_silence_a_rule_is_told_where_it_is_written(slip: Slip) -> None:
    """Acceptance: a config with a typo or an empty target is refused with path and reason."""
    assert (slip.code, slip.path) in {(fault.code, fault.path) for fault in TOGETHER.told(slip)}


@pytest.mark.parametrize("written", ['[labels.content]\nx = "y"\n', '[labels.tiers]\nfokus = "重点"\n'])
def test_a_word_for_nothing_is_told_as_a_slip(written: str) -> None:
    """It would leave the word that was meant as it is."""
    before = "[labels.contents]\n"

    (fault,) = faults_with(ZICHUAN, before, written + before)
    assert fault.code == "unused_label"
    assert fault.text.endswith("没有用处。请检查拼写，或删去。")


def test_a_word_is_no_slip_as_long_as_its_code_could_not_be_read() -> None:
    found = faults_with(ZICHUAN, 'items = ["health", "home_safety"', 'items = [1, "home_safety"')

    assert "unused_label" not in {fault.code for fault in found}
