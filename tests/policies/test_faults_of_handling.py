"""Faults of the sections on handling, overlays, alarms and reports: each named with its path."""

from functools import cache

import pytest

from tests.policies.plans import ZICHUAN
from tests.policies.slips import Slip, Slips
from tests.policies.test_faults import faults_with

HANDING = 'because = "默认可直接交办，也可说明理由退回；不属于其职责的，应当立即移送"\n'
OPEN_HANDING = 'because = "“区域统筹、条块协同”：其余单位之间可直接交办，也可说明理由退回"\n'
BASIS = 'word_basis = "domestic_violence_law:14"\n'
EFFECTS = "does = ['record_state'] },\n]"
SWITCHED = "allowed = true\nswitched_on = false"
SIGNAL = 'signal = "leak"\nseverity = "p2"'
NAMED = 'occasion = "festival"\n'
LONG_AGO = 'on = "lunar 12-30"'

DECIDED = 'decided = ["key_holder"'

FAULTS = [
    (
        "national",
        'at_most = "3.9"\nurgent = true\nkind = "family_doctor_follow_up"',
        'at_most = "3.9"\nurgent = true\nkind = "dance"',
        "unknown_code",
        "health_care.thresholds[6].kind",
    ),
    (
        "national",
        'vital = "glucose"\nat_most = "3.9"\n',
        'vital = "glucose"\n',
        "missing",
        "health_care.thresholds[6]",
    ),
    (
        "national",
        'at_least = "16.7"',
        'at_least = "much"',
        "wrong_type",
        "health_care.thresholds[5].at_least",
    ),
    ("national", "round_days = 7", "round_days = 8", "rounds_too_seldom", "obligations.home_bed_round.times"),
    (
        "national",
        'moves = ["first_visit"',
        'moves = ["bath"',
        "unknown_code",
        "health_care.home_bed.seen.moves",
    ),
    ("national", "home_bed_opened = [", "home_bed_bought = [", "unknown_code", "health_care.evidence"),
    ("national", "[population.died]", "[population.flown]", "unknown_code", "population.flown"),
    ("national", DECIDED, 'decided = ["window"', "unknown_code", "police.welfare_check.decided"),
    ("national", BASIS, "", "no_basis", "kinds.mandatory_report"),
    ("national", BASIS, 'word_basis = "domestic_violence_law:15"\n', "no_basis", "kinds.mandatory_report"),
    ("national", 'handling = "long"', 'handling = "lung"', "unknown_code", "kinds.mediation.handling"),
    ("national", 'view = "identity"', 'view = "everything"', "unknown_code", "kinds.population_change.view"),
    (
        "national",
        'outcome = "moved_away", does',
        'outcome = "flown", does',
        "unknown_code",
        "kinds.population_change.effects",
    ),
    (
        "national",
        'does = ["record_contact"], seen = { mode = "phone",',
        'does = ["dance"], seen = { mode = "phone",',
        "unknown_code",
        "kinds.fraud_warning.effects[1].does",
    ),
    (
        "national",
        'pauses = ["awaiting_papers", "awaiting_elder"]',
        'pauses = ["awaiting_tea"]',
        "unknown_code",
        "handlings.routine.pauses",
    ),
    (
        "national",
        'granted_by = "coordinator"',
        'granted_by = "mayor"',
        "unknown_selector",
        "handlings.routine.extension.granted_by",
    ),
    ("national", 'ladder = "alarm_p1"', 'ladder = "alarm_p9"', "unknown_ladder", "alarms.severities.p1"),
    ("national", 'signal = "power"\n', 'signal = "powre"\n', "unknown_code", "alarms.readings[7].signal"),
    ("national", 'below = "0.1"\n', 'below = "0.1"\nabove = "9"\n', "missing", "alarms.readings[7]"),
    ("national", 'report = "incident"', 'report = "accident"', "unknown_code", "alarms.severities.p0.report"),
    ("national", SIGNAL, SIGNAL.replace("p2", "p9"), "unknown_code", "alarms.signals[7].severity"),
    ("national", 'ladder = "duty_report"', 'ladder = "no_report"', "unknown_ladder", "reports.incident"),
    ("national", 'on = "lunar 9-9"', LONG_AGO, "bad_festival", "festivals.double_ninth.on"),
    ("national", 'on = "lunar 9-9"', 'on = "solar 2-29"', "bad_festival", "festivals.double_ninth.on"),
    ("national", 'on = "lunar 9-9"', 'on = "solar 13-1"', "bad_festival", "festivals.double_ninth.on"),
    ("national", 'on = "lunar 9-9"', 'on = "term 大热"', "bad_festival", "festivals.double_ninth.on"),
    ("national", NAMED, f'{NAMED}names = ["easter"]\n', "unknown_code", "overlays.festival.names"),
    (
        "national",
        "[circumstances.definitions.empty_nest]\n",
        "[circumstances.definitions.full_nest]\n",
        "missing",
        "circumstances.definitions",
    ),
    (
        ZICHUAN,
        SWITCHED,
        SWITCHED.replace("true", "false").replace("on = false", "on = true"),
        "sharing_not_written",
        "overlay_sharing.switched_on",
    ),
    (ZICHUAN, OPEN_HANDING, f'{OPEN_HANDING}to = "grid"\n', "no_handing", "handing"),
    (
        ZICHUAN,
        'to = "committee"\nthrough = "town"',
        'to = "committee"\nthrough = "unit:mayor"',
        "unknown_unit",
        "handing[1].through",
    ),
    (
        ZICHUAN,
        'to = "committee"\nthrough = "town"',
        'to = "committee"\nthrough = "town"\nneeds_list_item = true',
        "not_through",
        "kinds.chase.routes[0]",
    ),
    (
        ZICHUAN,
        'unit = "unit:finance_bureau"',
        'unit = "unit:mint"',
        "unknown_unit",
        "assistance.funding_channel.unit",
    ),
    (
        ZICHUAN,
        'counts_as = "volunteer"',
        'counts_as = "conscript"',
        "unknown_code",
        "forces.volunteers.counts_as",
    ),
]


SLIPS = [Slip(*each) for each in FAULTS]
TOGETHER = Slips(SLIPS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}-{slip.path}")
def test_a_fault_is_named_with_its_path(slip: Slip) -> None:
    found = [fault for fault in TOGETHER.told(slip) if (fault.code, fault.path) == (slip.code, slip.path)]

    assert found
    assert all(fault.line for fault in found)


def test_an_effect_behind_the_one_for_every_outcome_is_never_reached() -> None:
    row = '{ does = ["open_next"], next = "welfare_check" }'
    old = f"effects = [{row}]"
    new = f'effects = [{row}, {{ outcome = "reported_to_police", does = ["tell_elder"] }}]'
    found = faults_with("national", old, new)

    assert {(fault.code, fault.path) for fault in found} == {
        ("dead_effect", "kinds.mandatory_report.effects[1]")
    }


EFFECT_ROWS = [
    ('{ does = ["open_next"] }', "effect_incomplete", ""),
    ('{ does = ["record_state"] }', "effect_incomplete", ""),
    ('{ does = ["record_contact"] }', "effect_incomplete", ""),
    ('{ does = ["follow_move"] }', "unknown_code", ".does"),
    ('{ does = ["record_ability"] }', "effect_incomplete", ""),
    ('{ does = ["record_ability"], scale = "thumb" }', "unknown_code", ".scale"),
    ('{ does = ["tell_elder"], state = "away" }', "effect_incomplete", ""),
    ('{ does = ["open_next"], next = "chase" }', "unknown_code", ".next"),
]


@pytest.mark.parametrize("row", EFFECT_ROWS, ids=lambda row: row[0])
def test_an_effect_names_what_it_records_or_opens(row: tuple[str, str, str]) -> None:
    _, code, key = row

    assert (code, f"kinds.mandatory_report.effects[{EFFECT_ROWS.index(row)}]{key}") in faults_of_effects()


@cache
def faults_of_effects() -> set[tuple[str, str]]:
    """What is told of a kind in which each of the rows stands."""
    old = 'effects = [{ does = ["open_next"], next = "welfare_check" }]'
    found = faults_with("national", old, f"effects = [{', '.join(row for row, _, _ in EFFECT_ROWS)}]")
    return {(fault.code, fault.path) for fault in found}
