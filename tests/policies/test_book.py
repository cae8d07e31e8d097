"""Which policy is in force where and when, and what makes a folder of policies unusable."""

from datetime import date
from pathlib import Path

import pytest

from shared.policies.book import PolicyBook
from shared.policies.faults import PolicyFaults
from shared.policies.provenance import Standing
from tests.policies.plans import BOOK, JIANGPU, TODAY, ZICHUAN, place_with_text, plan, with_text


def faults_of(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(PolicyFaults) as raised:
        PolicyBook.load(folder)
    return [(fault.code, fault.path) for fault in raised.value.faults]


def test_both_plans_load_without_a_fault() -> None:
    assert {JIANGPU, ZICHUAN} <= set(BOOK.jurisdictions())


def test_a_place_without_a_plan_is_unknown() -> None:
    with pytest.raises(LookupError):
        BOOK.in_force("nowhere", TODAY)


def test_the_hash_is_the_same_for_the_same_files_and_another_for_another_word(tmp_path: Path) -> None:
    again = PolicyBook.load()
    changed = PolicyBook.load(place_with_text(tmp_path, "words", "追访", "追踪探访"))

    assert again.in_force(ZICHUAN, TODAY).hash == plan(ZICHUAN).hash
    assert changed.in_force(ZICHUAN, TODAY).hash != plan(ZICHUAN).hash
    assert BOOK.with_hash(plan(ZICHUAN).hash) is plan(ZICHUAN)
    assert BOOK.with_hash("0" * 64) is None


def test_each_day_has_the_version_in_force_on_it(tmp_path: Path) -> None:
    """J-06: change the rule mid-month, and old visits are judged by the old rule."""
    folder = place_with_text(tmp_path, ZICHUAN, "in_force_from = 2023-10-13", "in_force_from = 2026-11-16")
    old = (Path(folder) / "zibo_zichuan.toml").read_text(encoding="utf-8")
    (folder / "zibo_zichuan_2023.toml").write_text(
        old.replace("2026-11-16", "2023-10-13", 1), encoding="utf-8"
    )
    book = PolicyBook.load(folder)

    assert book.in_force(ZICHUAN, date(2026, 11, 15)).id == "zibo_zichuan_2023"
    assert book.in_force(ZICHUAN, date(2026, 11, 16)).id == "zibo_zichuan"
    assert book.in_force(ZICHUAN, date(2020, 1, 1)).id == "zibo_zichuan_2023"


def test_a_third_place_costs_one_file_and_no_code(tmp_path: Path) -> None:
    folder = with_text(tmp_path, JIANGPU, "杨江办发", "杨江办发")
    text = (folder / "shanghai_jiangpu.toml").read_text(encoding="utf-8")
    elsewhere = text.replace("shanghai_jiangpu", "manhattan").replace("Asia/Shanghai", "America/New_York")
    (folder / "manhattan.toml").write_text(elsewhere, encoding="utf-8")
    book = PolicyBook.load(folder)

    assert set(book.jurisdictions()) == {"manhattan", *BOOK.jurisdictions()}
    assert book.in_force("manhattan", TODAY).jurisdiction.zone == "America/New_York"


def test_two_versions_from_one_day_are_refused(tmp_path: Path) -> None:
    folder = place_with_text(tmp_path, ZICHUAN, "川民", "川民")
    (folder / "twin.toml").write_bytes((folder / "zibo_zichuan.toml").read_bytes())

    assert faults_of(folder) == [("overlapping_versions", "policy.in_force_from")]


def test_another_place_under_the_id_of_the_first_is_refused(tmp_path: Path) -> None:
    """A copy that keeps the id would be a later version of the plan that was copied, and rule its place."""
    folder = place_with_text(tmp_path, ZICHUAN, "川民", "川民")
    text = (folder / "zibo_zichuan.toml").read_text(encoding="utf-8")
    copied = text.replace("370302", "370303").replace("2023-10-13", "2026-03-01", 1)
    (folder / "zibo_zhangdian.toml").write_text(copied, encoding="utf-8")

    assert ("another_place", "jurisdiction.id") in faults_of(folder)


def test_a_parent_that_is_missing_or_inherits_back_is_refused(tmp_path: Path) -> None:
    missing = with_text(tmp_path, ZICHUAN, 'inherits = "national"', 'inherits = "nationel"')
    assert faults_of(missing) == [("missing_file", "policy.inherits")]

    cycle = with_text(
        tmp_path, "words", "[labels.standings]", '[policy]\ninherits = "national"\n\n[labels.standings]'
    )
    assert {code for code, _ in faults_of(cycle)} == {"inherits_itself"}


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    assert faults_of(with_text(tmp_path, ZICHUAN, "[jurisdiction]", "[jurisdiction")) == [("bad_toml", "")]


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """An editor on an office computer may write GBK; the file is refused by name, not with a traceback."""
    folder = with_text(tmp_path, ZICHUAN, "川民", "川民")
    plan_file = folder / "zibo_zichuan.toml"
    plan_file.write_bytes(plan_file.read_text(encoding="utf-8").encode("gb18030"))

    assert faults_of(folder) == [("not_utf8", "")]


def test_a_place_inherits_what_it_does_not_say_itself_with_its_origin() -> None:
    policy = plan(ZICHUAN)

    assert policy.kind("mediation").complete.limit is not None
    origin = policy.why("kinds.mediation.complete.limit")
    assert origin is not None
    assert (origin.file, origin.standing) == ("national.toml", Standing.LAW)
    assert policy.clause(origin.source) == "人民调解工作若干规定 第三十三条"


def test_every_number_can_say_where_it_comes_from() -> None:
    """Rule 4 of the house: law, policy, practice, 解释 or proposal, shown beside it."""
    policy = plan(JIANGPU)
    times = policy.why("obligations.daily_care.times")
    days = policy.why("obligations.daily_care.distinct.days")

    assert times is not None
    assert (times.standing, policy.clause(times.source)) == (
        Standing.POLICY,
        "杨江办发〔2023〕6号 三（一）1 日常关爱",
    )
    assert days is not None
    assert (days.standing, bool(days.because)) == (Standing.PROPOSAL, True)
    assert policy.why("nothing.of.the.kind") is None
    assert policy.clause("proposal") == "建议值"
    assert "小额快救" in policy.clause("F34")


def test_an_unknown_code_of_an_old_record_is_shown_as_it_is() -> None:
    assert plan(ZICHUAN).label("kinds", "from_long_ago") == "from_long_ago"


@pytest.mark.parametrize("ask", ["kind", "obligation", "unit"])
def test_asking_for_what_the_policy_does_not_know_is_an_error(ask: str) -> None:
    with pytest.raises(LookupError, match="from_long_ago"):
        getattr(plan(ZICHUAN), ask)("from_long_ago")


def test_the_holidays_of_2026_are_the_published_ones() -> None:
    days = plan(ZICHUAN).work_days

    assert days.known_until == date(2026, 12, 31)
    assert date(2026, 10, 7) in days.holidays
    assert date(2026, 10, 10) in days.workdays
