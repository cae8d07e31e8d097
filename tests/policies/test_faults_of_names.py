"""Names that nothing answers to, and numbers with which nothing could go on: each is told with its path."""

import pytest

from tests.policies.plans import ZICHUAN
from tests.policies.slips import Slip, Slips

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
TOGETHER = Slips(SLIPS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}-{slip.path}")
def test_what_would_silence_a_rule_is_told_where_it_is_written(slip: Slip) -> None:
    """Acceptance: a config with a typo or an empty target is refused with path and reason."""
    assert (slip.code, slip.path) in {(fault.code, fault.path) for fault in TOGETHER.told(slip)}
