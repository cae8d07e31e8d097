"""A town's file adds to its district's policy, for its own elders, and may only be stricter (Z-05)."""

from datetime import date
from functools import cache

import pytest

from shared.domain.codes import Force, Mobility, Reach, VisitMode
from shared.domain.visit_modes import Attempt, judge
from shared.policies.book import PolicyBook
from shared.policies.faults import PolicyFaults
from shared.policies.floors import samples
from shared.policies.resolve import obligations_of, plan_for, responsible_unit
from tests.policies.plans import TODAY, ZICHUAN, directory, files_with, load, parsed, plan, subject

TOWN = """
[policy]
inherits = "zibo_zichuan"
in_force_from = 2026-11-01

[layer]
area_code = "370302115"

[documents.T1]
title = "洪山镇探访关爱服务实施方案"
number = "洪政发〔2026〕1号"
[documents.T1.clauses]
2 = "第二条"
"""
YOUNG_OLD = '[labels.obligations]\nyoung_old_call = "低龄老人互访"\n'
TWICE = '[obligations.monthly_visit]\nsource = "T1:2"\ntimes = 2\n'
CLAUSE = "洪政发〔2026〕1号 第二条"
ELSEWHERE = {"area_code": "370302116201"}
PHONE = Attempt(mode=VisitMode.PHONE, reach=Reach.SPOKEN_WITH, force=Force.VISITOR)


@cache
def book_of(rules: str, *changes: tuple[str, str]) -> PolicyBook:
    """The plan of the district and one town's file."""
    return load({**files_with(ZICHUAN, *changes), "hongshan": parsed("hongshan", TOWN + rules)})


def refused(rules: str, *changes: tuple[str, str]) -> dict[str, str]:
    with pytest.raises(PolicyFaults) as raised:
        book_of(rules, *changes)
    assert {fault.file for fault in raised.value.faults} == {"hongshan.toml"}
    return {fault.code: fault.text for fault in raised.value.faults}


def test_a_town_asks_more_of_its_own_elders_and_of_nobody_else() -> None:
    policy = book_of(TWICE).in_force(ZICHUAN, TODAY)
    here, there = subject(policy), subject(policy, **ELSEWHERE)

    assert [rule.times for rule in obligations_of(policy, here)] == [2]
    assert [rule.times for rule in obligations_of(policy, there)] == [1]
    assert [policy.clause(each.source) for each in obligations_of(policy, here)] == [CLAUSE]
    assert plan_for(policy, here, directory(policy)).policy_hash != plan(ZICHUAN).hash
    assert policy.jurisdiction == plan(ZICHUAN).jurisdiction
    assert [town.id for town in policy.towns] == ["hongshan"]


def test_a_towns_rules_begin_on_their_day() -> None:
    """J-06: a visit of October is judged by October's rules."""
    book = book_of(TWICE)
    before, after = book.in_force(ZICHUAN, date(2026, 10, 31)), book.in_force(ZICHUAN, date(2026, 11, 1))

    assert [rule.times for rule in obligations_of(before, subject(before))] == [1]
    assert [rule.times for rule in obligations_of(after, subject(after))] == [2]
    assert book.with_hash(before.hash) is before


def test_a_town_may_add_an_obligation_with_a_unit_of_its_own() -> None:
    added = (
        '[obligations.young_old_call]\nsource = "T1:2"\nperiod = "week"\ntimes = 1\n'
        'counting = "by_health"\nresponsible = "town"\n' + YOUNG_OLD
    )
    policy = book_of(added).in_force(ZICHUAN, TODAY)
    units = directory(policy)
    here, there = subject(policy), subject(policy, **ELSEWHERE)

    assert "young_old_call" in [rule.code for rule in obligations_of(policy, here)]
    assert "young_old_call" not in [rule.code for rule in obligations_of(policy, there)]
    assert responsible_unit(policy, here, units, "young_old_call") == "zibo_zichuan:town_115"


def test_a_town_may_ask_for_a_visit_at_home_where_the_district_takes_a_call() -> None:
    stricter = (
        f"{TWICE}counting = 'at_home'\n[counting.at_home]\nsource = 'T1:2'\n"
        "[[counting.at_home.modes]]\ncode = 'M2'\nmodes = ['at_home']\n"
    )
    policy = book_of(stricter).in_force(ZICHUAN, TODAY)
    healthy = {"surveyed_healthy": True, "mobility": Mobility.SELF_CARING}

    assert judge(PHONE, subject(policy, **healthy), policy.contacts).counts_for == ()
    elsewhere = subject(policy, **healthy, **ELSEWHERE)
    assert judge(PHONE, elsewhere, policy.contacts).counts_for == ("monthly_visit",)


def test_a_town_that_visits_less_often_is_refused_with_both_clauses() -> None:
    said = refused(TWICE.replace("times = 2", 'period = "quarter"\ntimes = 1'))

    assert set(said) == {"weaker_terms"}
    assert "川民〔2023〕100号 二（四）1 实施分级管理" in said["weaker_terms"]
    assert CLAUSE in said["weaker_terms"]


def test_a_town_that_counts_calls_to_the_bedridden_is_refused_with_both_clauses() -> None:
    said = refused(
        f"{TWICE}counting = 'any'\n[counting.any]\nsource = 'T1:2'\n"
        "[[counting.any.modes]]\ncode = 'M3'\nmodes = ['at_home', 'phone']\n",
    )

    assert set(said) == {"counts_more"}
    assert "上级（建议值）不计入" in said["counts_more"]
    assert "洪政发〔2026〕1号 第二条" in said["counts_more"]


def test_a_town_that_counts_a_call_to_some_whom_the_district_visits_is_refused() -> None:
    """Those in poor health, although the bedridden are visited as before."""
    lax = (
        '[counting.by_health]\nsource = "T1:2"\n[[counting.by_health.modes]]\ncode = "M2"\n'
        'when = { mobility_in = ["bedridden"] }\nmodes = ["at_home"]\n'
        '[[counting.by_health.modes]]\ncode = "M3"\nmodes = ["at_home", "phone"]\n'
    )
    with pytest.raises(PolicyFaults) as raised:
        book_of(lax)

    found = {(fault.file, fault.path, fault.code) for fault in raised.value.faults}
    assert found == {("hongshan.toml", "counting.by_health", "counts_more")}


def test_a_town_may_visit_more_people_than_the_district_asks() -> None:
    """次重点人群 weekly too: what counts for somebody to whom the district owes nothing is no weakness."""
    wider = '[obligations.weekly_visit]\nsource = "T1:2"\nwho = { tier_in = ["focus", "secondary"] }\n'
    policy = book_of(wider).in_force(ZICHUAN, TODAY)
    limited = {"mobility": Mobility.LIMITED}

    assert len(obligations_of(policy, subject(policy, **limited))) == 2
    assert len(obligations_of(policy, subject(policy, **limited, **ELSEWHERE))) == 1


@pytest.mark.parametrize(
    "rules",
    [
        'weekly_visit.who = { tier_in = ["focus"], age_below = 90 }',
        'weekly_visit.who = { tier_in = ["focus"], not = [{ area_in = ["370302115201"] }] }',
        "monthly_visit.who = { not = [{ household_above = 3 }] }",
        "monthly_visit.who = { in_home_bed = false }",
        'monthly_visit = { period = "quarter", times = 4 }',
        'home_bed_round.period = "month"',
        "home_bed_round.warnings = []",
        "monthly_visit.first_window.binds_from_days = 28",
        "monthly_visit.adjusted.active_days = 28",
        'monthly_visit.warnings = [{ day = 28, time = "23:00", whom = "assignee" }]',
    ],
)
def test_a_town_that_leaves_anybody_or_anything_out_is_refused(rules: str) -> None:
    """Whoever is meant, however rarely there is one: no sample has to stand for them."""
    assert set(refused(f'[obligations]\nsource = "T1:2"\n{rules}\n')) == {"weaker_terms"}


@pytest.mark.parametrize(
    "rules",
    [
        'weekly_visit.who = { any = [{ tier_in = ["focus"] }, { age_at_least = 70 }] }',
        'weekly_visit = { period = "days", length_days = 4, warnings = [] }',
        'monthly_visit = { period = "month", adjusted.active_days = 0 }',
        'weekly_visit.warnings = [{ day = 4, time = "09:00", whom = "assignee" }]',
        'home_bed_round.responsible = "town"',
    ],
)
def test_a_town_may_ask_for_as_much_in_other_ways(rules: str) -> None:
    policy = book_of(f'[obligations]\nsource = "T1:2"\n{rules}\n').in_force(ZICHUAN, TODAY)

    assert len(policy.obligations) > len(plan(ZICHUAN).obligations)


@pytest.mark.parametrize(
    "rules",
    [
        'by_doctor.forces = ["family_doctor", "volunteer"]',
        "by_doctor.forces = []",
        'by_doctor.modes = [{ code = "M5_by_doctor", modes = ["at_home", "phone"] }]',
    ],
)
def test_a_town_that_lets_others_stand_in_for_the_doctor_is_refused(rules: str) -> None:
    assert set(refused(f'[counting]\nsource = "T1:2"\n{rules}\n')) == {"counts_more"}


def test_what_a_town_says_is_read_in_its_own_words_with_its_own_paper() -> None:
    """Another town may call another paper by the same code."""
    added = (
        '[obligations.young_old_call]\nsource = "T1:2"\nperiod = "week"\ntimes = 1\ncounting = "by_health"\n'
        f"{YOUNG_OLD}"
    )
    other = TOWN.replace("370302115", "370302116").replace("洪政发", "双政发") + TWICE
    book = load({**files_with(ZICHUAN), "one": parsed("one", TOWN + added), "two": parsed("two", other)})
    policy = book.in_force(ZICHUAN, TODAY)
    here, there = subject(policy), subject(policy, **ELSEWHERE)

    assert policy.label("obligations", "young_old_call") == "低龄老人互访"
    assert [policy.clause(each.source) for each in obligations_of(policy, here)][1:] == [CLAUSE]
    (owed,) = obligations_of(policy, there)
    assert policy.clause(owed.source) == "双政发〔2026〕1号 第二条"
    assert policy.why(f"{owed.path}.times") != policy.why("obligations.monthly_visit.times")


def test_a_village_inside_a_town_with_a_file_of_its_own_is_refused() -> None:
    """Z-05: the village was compared with the district alone, and could ask for less than its town."""
    village = TOWN.replace("370302115", "370302115201") + TWICE
    with pytest.raises(PolicyFaults) as raised:
        load({**files_with(ZICHUAN), "one": parsed("one", TOWN + TWICE), "two": parsed("two", village)})

    assert [(fault.path, fault.code) for fault in raised.value.faults] == [
        ("layer.area_code", "overlapping_towns")
    ]


def test_a_later_file_of_the_same_town_takes_over_from_its_day() -> None:
    """What it no longer says holds no longer; two for one day are a slip."""
    added = (
        '[obligations.young_old_call]\nsource = "T1:2"\nperiod = "week"\ntimes = 1\ncounting = "by_health"\n'
        f"{YOUNG_OLD}"
    )
    files = {**files_with(ZICHUAN), "one": parsed("one", TOWN + added)}
    later = TOWN.replace("2026-11-01", "2027-01-01") + TWICE
    book = load({**files, "two": parsed("two", later)})
    before, after = book.in_force(ZICHUAN, TODAY), book.in_force(ZICHUAN, date(2027, 1, 1))

    assert [rule.code for rule in obligations_of(before, subject(before))][1:] == ["young_old_call"]
    assert [(rule.code, rule.times) for rule in obligations_of(after, subject(after))] == [
        ("monthly_visit", 2)
    ]
    with pytest.raises(PolicyFaults) as raised:
        load({**files, "two": parsed("two", TOWN + TWICE)})
    assert [fault.code for fault in raised.value.faults] == ["overlapping_versions"]


def test_a_town_that_owes_a_visit_to_fewer_is_refused_though_it_calls_them_more_often() -> None:
    fewer = (
        '[obligations.weekly_visit]\nsource = "T1:2"\nwho = { tier_in = ["focus"], age_at_least = 85 }\n'
        '[obligations.young_old_call]\nsource = "T1:2"\nperiod = "week"\ntimes = 3\ncounting = "by_health"\n'
        f"{YOUNG_OLD}"
    )

    assert set(refused(fewer)) == {"weaker_terms"}


def test_a_town_cannot_turn_a_duty_into_one_in_principle() -> None:
    loose = f'{TWICE}[obligations.monthly_visit.exceptions]\nsource = "T1:2"\nallowed = true\n'

    assert set(refused(loose, ("allowed = true", "allowed = false"))) == {"weaker_terms"}


def test_a_town_says_nothing_that_is_the_districts_to_say() -> None:
    said = refused(f'{TWICE}[timing.first_visit]\nsource = "T1:2"\ndays = 30\n')

    assert set(said) == {"not_in_layer"}


def test_a_town_of_another_district_is_refused() -> None:
    elsewhere = parsed("hongshan", TOWN.replace("370302115", "370303115"))
    orphan = parsed("orphan", TOWN.replace('"zibo_zichuan"', '"national"'))

    with pytest.raises(PolicyFaults) as raised:
        load({**files_with(ZICHUAN), "hongshan": elsewhere, "orphan": orphan})
    assert {(fault.file, fault.code) for fault in raised.value.faults} == {
        ("hongshan.toml", "not_inside"),
        ("orphan.toml", "no_district"),
    }


@pytest.mark.parametrize("times", [1, 2, 5])
def test_whatever_a_stricter_town_asks_nobody_is_owed_less(times: int) -> None:
    """Monotone: laying a town's rules over the district's never takes a visit away, here or elsewhere."""
    rules = TWICE.replace("times = 2", f"times = {times}")
    policy, district = book_of(rules).in_force(ZICHUAN, TODAY), plan(ZICHUAN)

    for who in (*samples(district), *samples(policy.towns[0])):
        before = {rule.code: rule.times for rule in obligations_of(district, who)}
        after = {rule.code: rule.times for rule in obligations_of(policy, who)}
        assert set(before) <= set(after)
        assert all(after[code] >= owed for code, owed in before.items())
