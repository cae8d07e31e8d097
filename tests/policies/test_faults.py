"""Every fault is told at once, with its place and what to do; nothing half-right is ever used."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.policies.book import PolicyBook
from shared.policies.faults import Fault, Faults, PolicyFaults
from shared.policies.files import MOST_BYTES, PolicyFile, read_file
from shared.policies.messages import FAULTS
from tests.policies.plans import TODAY, ZICHUAN, files_with, load, parsed, with_text
from tests.policies.slips import Slip, Slips

WEEKLY = 'who = { tier_in = ["focus"] }\nperiod = "week"\ntimes = 1\ncounting = "by_health"'
RUNG = 'after = "2 working_days"\nwhom = "coordinator"\naction = "raise"'
RESPONSIBLE = '[[responsible]]\nsource = "S2:L70"\nto = "committee"'
CHASE = 'routes = [{ to = "committee" }]'
HURT = (
    'when = { any = [{ hardship_any = ["living_difficulty", "family_upheaval", "natural_disaster", '
    '"accident", "public_health_event"] }, { circumstance_any = ["temporary_hardship"] }] }\n'
)
AWAY = '[states.away]\nusual_days = 14\nmax_days = 90\nsecond_person = "2 working_days"\n'
EMPTY_LADDER = '[ladders.empty]\nstanding = "proposal"\nbecause = "试"\nrungs = []\n\n[ladders.chase]'
ONE_FAULT = [
    ('coordinator_unit = "civil_affairs_bureau"', "", "missing", "jurisdiction.coordinator_unit"),
    (WEEKLY, WEEKLY.replace("times", "tmies"), "unknown_key", "obligations.weekly_visit.tmies"),
    (WEEKLY, WEEKLY.replace("= 1", '= "1"'), "wrong_type", "obligations.weekly_visit.times"),
    (WEEKLY, WEEKLY.replace("= 1", "= 0"), "out_of_range", "obligations.weekly_visit.times"),
    (WEEKLY, WEEKLY.replace("= 1", "= 101"), "out_of_range", "obligations.weekly_visit.times"),
    (WEEKLY, WEEKLY.replace('"week"', '"days"'), "missing", "obligations.weekly_visit.length_days"),
    (
        WEEKLY,
        WEEKLY.replace('"week"', '"days"\nlength_days = 0'),
        "out_of_range",
        "obligations.weekly_visit.length_days",
    ),
    ("day = 20\n", "day = 29\n", "out_of_range", "obligations.monthly_visit.warnings[0].day"),
    ("day = 4\n", "day = 8\n", "out_of_range", "obligations.weekly_visit.warnings[0].day"),
    (
        "active_days = 15",
        "active_days = 40",
        "out_of_range",
        "obligations.monthly_visit.adjusted.active_days",
    ),
    ('zone = "Asia/Shanghai"', 'zone = "Asia/Zibo"', "unknown_zone", "jurisdiction.zone"),
    ("from = 2023-10-13", "from = 2023-10-13T08:00:00", "wrong_type", "policy.in_force_from"),
    (
        RUNG,
        RUNG.replace("2 working", "99999999999 working"),
        "limit_too_long",
        "ladders.chase.rungs[3].after",
    ),
    (
        'parent = "leading_group"',
        'parent = "civil_affairs_bureau"',
        "circle_of_units",
        "units.civil_affairs_bureau.parent",
    ),
    (WEEKLY, WEEKLY.replace('"week"', '"fortnight"'), "unknown_code", "obligations.weekly_visit.period"),
    (WEEKLY, WEEKLY.replace("focus", "fokus"), "unknown_code", "obligations.weekly_visit.who.tier_in"),
    (WEEKLY, WEEKLY.replace("tier_in", "tear_in"), "unknown_key", "obligations.weekly_visit.who.tear_in"),
    (WEEKLY, WEEKLY.replace("by_health", "by_wealth"), "unknown_counting", "obligations.weekly_visit"),
    (RUNG, RUNG.replace("2 working", "two working"), "bad_limit", "ladders.chase.rungs[3].after"),
    (RUNG, RUNG.replace("2 working_days", "1 working_days"), "falling_ladder", "ladders.chase.rungs[3]"),
    (RUNG, RUNG.replace("coordinator", "mayor"), "unknown_selector", "ladders.chase.rungs[3].whom"),
    (RUNG, RUNG.replace("coordinator", "assignee.lead"), "unknown_selector", "ladders.chase.rungs[3].whom"),
    (RUNG, RUNG.replace("coordinator", "unit:mayor"), "unknown_unit", "ladders.chase.rungs[3].whom"),
    (RUNG, RUNG.replace("raise", "rise"), "no_label", "labels.actions"),
    ('time = "10:00"', 'time = "10.00"', "bad_time", "obligations.monthly_visit.warnings[0].time"),
    ('hours = [["08:30", "12:00"]', 'hours = [["08:30", "14:00"]', "bad_hours", "jurisdiction.hours"),
    ('hours = [["08:30", "12:00"], ["13:30", "17:00"]]', "hours = []", "bad_hours", "jurisdiction.hours"),
    ('area_code = "370302"', 'area_code = "37030X"', "bad_area", "jurisdiction.area_code"),
    ('area_code = "370302002"', 'area_code = "3703"', "bad_area", "units.town_002.area_code"),
    ('name = "淄博市淄川区"', 'name = " "', "empty_text", "jurisdiction.name"),
    ('name = "区民政局"', 'name = "区民\\n政局"', "unprintable", "units.civil_affairs_bureau.name"),
    (RUNG, RUNG.replace('"raise"', '""'), "empty_text", "ladders.chase.rungs[3].action"),
    ('weekly_visit = "', 'weekly_visit = ""  # "', "empty_text", "labels.obligations.weekly_visit"),
    ('code = "R4"\n', 'code = "R4"\nwhen = { age_below = 70 }\n', "not_total", "classification.tiers"),
    ("when = { age_at_least = 80 }\n", "", "dead_rule", "classification.tiers[1]"),
    (HURT, "", "dead_rule", "counting.by_health.modes[2]"),
    (
        RESPONSIBLE,
        RESPONSIBLE.replace("to =", "when = { age_at_least = 70 }\nto ="),
        "no_route",
        "responsible",
    ),
    (CHASE, CHASE.replace(" }]", ' }, { to = "town" }]'), "dead_route", "kinds.chase.routes[1]"),
    ('coordinator_unit = "civil', 'coordinator_unit = "uncivil', "unknown_unit", "jurisdiction"),
    ("[ladders.chase]", EMPTY_LADDER, "no_rungs", "ladders.empty"),
    (AWAY, "", "missing", "states"),
    (WEEKLY, WEEKLY.replace('["focus"]', "[]"), "empty_list", "obligations.weekly_visit.who.tier_in"),
    (
        WEEKLY,
        WEEKLY.replace('tier_in = ["focus"]', "any = []"),
        "empty_list",
        "obligations.weekly_visit.who.any",
    ),
    ('modes = ["at_home"]\n', "modes = []\n", "empty_list", "counting.by_health.modes[0].modes"),
    (
        '[circumstances]\nsource = "S2:L48"',
        '[circumstances]\nstanding = "lawful"',
        "unknown_code",
        "circumstances",
    ),
    ('[circumstances]\nsource = "S2:L48"', '[circumstances]\nbecause = "方便"', "no_source", "circumstances"),
    ("who = { tier_in", "who = 5\n[elsewhere]\nx = { tier_in", "wrong_type", "obligations.weekly_visit.who"),
    (CHASE, 'routes = ["committee"]', "wrong_type", "kinds.chase.routes"),
    ('modes = ["at_home"]\n', "", "missing", "counting.by_health.modes[0].modes"),
    (
        'roles = ["education"]',
        'roles = ["education", 5]',
        "wrong_type",
        "units.education_sports_bureau.roles",
    ),
    ('parent = "leading_group"', 'parent = "leeding_group"', "unknown_unit", "units.civil_affairs_bureau"),
    ('kind = "psychological" }]', 'kind = "psychologic" }]', "unknown_code", "recording.findings.mind"),
    ('source = "S2:L70"', 'source = "S3:L70"', "unknown_document", "responsible[0]"),
    ('source = "S2:L70"', 'source = "S2:L71"', "unknown_clause", "responsible[0]"),
    ('source = "S2:L70"\n', "", "no_source", "responsible[0].to"),
    ('because = "设备', 'becaus = "设备', "no_because", "contact"),
    ("[states.away]\n", "[states.abroad]\n", "unknown_code", "states.abroad"),
    (
        "[health_care.vitals.pulse]\n",
        "[health_care.vitals.mood]\n",
        "unknown_code",
        "health_care.vitals.mood",
    ),
    ('ladder = "drill" }', 'ladder = "trill" }', "unknown_ladder", "kinds.drill"),
    ("reminders = [50, 80] }", "reminders = [80, 50] }", "wrong_type", "kinds.drill.complete.reminders"),
    ("[verification.survey]\n", "[verification.servey]\n", "missing", "verification"),
    ('mediated = "30 days"', 'mediated = "9 hours"', "bad_limit", "justice.family_duty.mediated"),
]
NATIONAL = (
    'mediated = "30',
    'because = "设备',
    "[states.away]",
    "[health_care.vitals",
    'ladder = "drill"',
    "reminders = [50, 80] }",
    "[verification",
)

SLIPS = [Slip("national" if each[0].startswith(NATIONAL) else ZICHUAN, *each) for each in ONE_FAULT]
TOGETHER = Slips(SLIPS)

TOWN = """
[policy]
inherits = "zibo_zichuan"
in_force_from = 2026-01-01

[jurisdiction]
standing = "proposal"
because = "一镇一案"
id = "hongshan"
"""


def faults_of(files: Mapping[str, PolicyFile]) -> tuple[Fault, ...]:
    with pytest.raises(PolicyFaults) as raised:
        load(files)
    return raised.value.faults


def faults_with(stem: str, old: str, new: str) -> tuple[Fault, ...]:
    return faults_of(files_with(stem, (old, new)))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.code}-{slip.path}")
def test_a_fault_is_named_with_its_path(slip: Slip) -> None:
    found = TOGETHER.told(slip)

    assert (slip.code, slip.path) in {(fault.code, fault.path) for fault in found}


def test_a_fault_says_file_line_path_and_what_to_do() -> None:
    files = files_with(ZICHUAN, (RUNG, RUNG.replace("2 working", "two working")))
    fault = next(iter(faults_of(files)))

    assert "two working_days" in files[ZICHUAN].text.splitlines()[fault.line - 1]
    assert str(fault).startswith(f"zibo_zichuan.toml:{fault.line} [ladders.chase.rungs[3].after] ")
    assert "4 working_hours" in fault.text


def test_a_misspelt_section_is_told_where_it_is_written_and_not_in_the_parent() -> None:
    """[obligations.weekly.visit] writes obligations.weekly too: the fault named a line of national.toml."""
    files = files_with(ZICHUAN, ("[ladders.chase]", "[classification.overide.x]\n[ladders.chase]"))
    fault = next(each for each in faults_of(files) if each.path == "classification.overide")

    assert fault.file == files[ZICHUAN].name
    assert files[ZICHUAN].text.splitlines()[fault.line - 1] == "[classification.overide.x]"


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = with_text(tmp_path, ZICHUAN, WEEKLY, WEEKLY.replace("times", "tmies"))
    jiangpu = folder / "shanghai_jiangpu.toml"
    jiangpu.write_text(
        jiangpu.read_text(encoding="utf-8").replace("times = 2", "tmies = 2"), encoding="utf-8"
    )
    with pytest.raises(PolicyFaults) as raised:
        PolicyBook.load(folder)

    assert {(fault.file, fault.code) for fault in raised.value.faults} == {
        (file, code)
        for file in ("zibo_zichuan.toml", "shanghai_jiangpu.toml")
        for code in ("missing", "unknown_key")
    }


def test_a_slip_of_the_pen_hides_no_fault_between_the_sections() -> None:
    """Typo, unknown clause and unit, unreachable rung, weaker floor, kind without a route: in one round."""
    files = files_with(
        ZICHUAN,
        (WEEKLY, WEEKLY.replace("times = 1", "times = 1\ntmies = 2")),
        ('source = "S2:L70"', 'source = "S2:L71"'),
        (RUNG, RUNG.replace("2 working_days", "1 working_days")),
        (CHASE, "routes = []"),
        ('parent = "leading_group"', 'parent = "leeding_group"'),
        ('period = "month"\ntimes = 1', 'period = "quarter"\ntimes = 1'),
    )
    found = faults_of(files)

    assert {fault.code for fault in found} == {
        "unknown_key",
        "unknown_clause",
        "falling_ladder",
        "no_route",
        "unknown_unit",
        "weaker_floor",
    }
    assert all(fault.file == files[ZICHUAN].name and fault.line for fault in found)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (WEEKLY, WEEKLY.replace("= 1", '= "1"'), "wrong_type"),
        ('code = "R4"\n', "", "missing"),
        (RUNG, RUNG.replace("2 working", "two working"), "bad_limit"),
        ('zone = "Asia/Shanghai"\n', "", "missing"),
        (CHASE, "routes = 5", "wrong_type"),
    ],
)
def test_what_could_not_be_read_is_told_once(old: str, new: str, code: str) -> None:
    """Not again by each check that stumbles over what stands there instead."""
    assert [fault.code for fault in faults_with(ZICHUAN, old, new)] == [code]


def test_a_place_weaker_than_its_parent_is_refused_with_both_clauses_named() -> None:
    """Z-05, J-13: 只能加严."""
    found = faults_with(ZICHUAN, 'period = "month"\ntimes = 1', 'period = "quarter"\ntimes = 1')

    assert {fault.code for fault in found} == {"weaker_floor"}
    assert "民发〔2022〕73号" in found[0].text
    assert "川民〔2023〕100号" in found[0].text


def test_a_town_may_ask_for_more_than_its_district_and_not_for_less() -> None:
    rule = '\n[obligations.monthly_visit]\nstanding = "proposal"\nbecause = "本镇规定"\ntimes = {times}\n'
    files = files_with(ZICHUAN)

    stricter = load({**files, "hongshan": parsed("hongshan", TOWN + rule.format(times=2))})
    assert stricter.in_force("hongshan", TODAY).obligation("monthly_visit").times == 2

    weaker = rule.format(times=1).replace("times = 1", 'period = "quarter"\ntimes = 1')
    found = faults_of({**files, "hongshan": parsed("hongshan", TOWN + weaker)})
    assert {(fault.file, fault.code) for fault in found} == {("hongshan.toml", "weaker_floor")}


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [(b"a = 1\nx = [\n\n", 2, "bad_toml"), (b'a = 1\nx = "\n', 2, "bad_toml"), (b"\xff", 0, "not_utf8")],
)
def test_a_file_that_cannot_be_read_is_named_with_the_line_where_reading_ends(
    tmp_path: Path, content: bytes, line: int, code: str
) -> None:
    (tmp_path / "broken.toml").write_bytes(content)

    with pytest.raises(PolicyFaults) as raised:
        PolicyBook.load(tmp_path)
    assert [(each.file, each.line, each.code) for each in raised.value.faults] == [
        ("broken.toml", line, code)
    ]


@pytest.mark.timeout(10)  # each of them is read for ever, or waited for
@pytest.mark.parametrize("endless", ["/dev/zero", "a pipe"])
def test_what_is_no_ordinary_file_is_refused_unread(tmp_path: Path, endless: str) -> None:
    path = Path(endless)
    if not path.is_absolute():
        path = tmp_path / "pipe.toml"
        os.mkfifo(path)

    with pytest.raises(PolicyFaults) as raised:
        PolicyBook.load(instead=(path,))
    assert [(each.file, each.code) for each in raised.value.faults] == [(path.name, "not_a_file")]


def test_a_file_too_large_for_a_plan_is_refused(tmp_path: Path) -> None:
    """Somebody gives the backup instead: it is not read to its end."""
    path = tmp_path / "backup.toml"
    with path.open("wb") as opened:
        opened.truncate(MOST_BYTES + 1)

    with pytest.raises(PolicyFaults) as raised:
        PolicyBook.load(tmp_path)
    assert [(each.file, each.code) for each in raised.value.faults] == [("backup.toml", "too_large")]


@pytest.mark.parametrize(
    "content", ["", "# 草稿\n", '[policy]\ninherits = "national"\n[juristiction]\nid = "zibo"\n']
)
def test_a_file_that_nothing_reads_is_a_fault_and_no_place_less(content: str) -> None:
    """A misspelt [jurisdiction] made the whole place vanish, and the check found no fault."""
    found = faults_of({**files_with(ZICHUAN), ZICHUAN: parsed(ZICHUAN, content)})

    assert (f"{ZICHUAN}.toml", "unused_file") in {(fault.file, fault.code) for fault in found}


def test_the_mark_that_some_editors_write_before_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "notepad.toml"
    path.write_bytes(b"\xef\xbb\xbf[policy]\r\n")

    read = read_file(path, Faults())

    assert read is not None
    assert read.table == {"policy": {}}


def test_every_message_is_used_by_some_fault() -> None:
    """A message that no fault can raise is dead; a fault without a message would break while being told."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path("shared/policies").glob("*.py"))

    assert [code for code in FAULTS if f'"{code}"' not in sources.replace(f'"{code}": ', "", 1)] == []
