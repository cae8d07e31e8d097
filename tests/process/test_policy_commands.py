"""`tanfang policy` against people and work that are there."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from deploy.cli.main import main
from services.coordination.publishing import version, versions
from shared.domain.errors import NotFound
from shared.domain.referral.state import ReferralState
from shared.platform.logins import Login
from shared.policies.book import FOLDER, PolicyBook
from tests.policies.plans import with_text
from tests.process.conftest import OFFERED, PLACE, Village
from tests.services.care_register.conftest import CLERK


def test_sound_files_pass_and_every_fault_of_a_broken_one_is_told(tanfang: CliRunner, tmp_path: Path) -> None:
    """Exit codes for CI: 0 if sound, 1 with every fault at once."""
    sound = tanfang.invoke(main, ["policy", "check", str(FOLDER / f"{PLACE}.toml")])
    assert sound.exit_code == 0

    text = (FOLDER / f"{PLACE}.toml").read_text(encoding="utf-8")
    broken = tmp_path / f"{PLACE}.toml"
    broken.write_text(text.replace("times = 1", "tmies = 1").replace("S2:L70", "S2:L71"), encoding="utf-8")
    told = tanfang.invoke(main, ["policy", "check", str(broken)])
    assert told.exit_code == 1
    assert "[obligations.weekly_visit.tmies]" in told.stderr
    assert "[responsible[0]]" in told.stderr
    assert "请" in told.stderr


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--kind", "legal_aid_forwarding"], "法律援助法（2021） 第四十三条 | 法律法规"),
        (["--ladder", "chase"], "追访 第4级：2个工作日后，统筹单位：提级督办"),
        (["--tier", "focus"], "重点人群每周探访：重点人群，原则上每周不少于1次"),
        (["--on", "2023-11-01"], "年龄≥80 → 重点人群"),
    ],
)
def test_what_is_in_force_is_shown_with_its_clause(tanfang: CliRunner, asked: list[str], said: str) -> None:
    shown = tanfang.invoke(main, ["policy", "show", PLACE, *asked])

    assert shown.exit_code == 0
    assert said in shown.stdout


def test_asking_for_what_is_not_there_is_refused(tanfang: CliRunner) -> None:
    nowhere = tanfang.invoke(main, ["policy", "show", "nowhere"])
    assert (nowhere.exit_code, "没有 nowhere 的方案。现有：" in nowhere.stderr) == (1, True)
    assert tanfang.invoke(main, ["policy", "show", PLACE, "--kind", "dancing"]).exit_code == 1
    assert tanfang.invoke(main, ["policy", "publish", "nowhere"]).exit_code == 1
    assert tanfang.invoke(main, ["policy", "history", "nowhere"]).exit_code == 1


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("TANFANG_DATABASE_PORT", "1", "start the database, or say where it is with TANFANG_DATABASE_HOST"),
        ("TANFANG_DATABASE_PORT", "abc", "TANFANG_DATABASE_PORT"),
    ],
)
def test_what_is_away_is_said_in_one_line_and_not_by_a_traceback(
    tanfang: CliRunner, setting: str, value: str, said: str
) -> None:
    told = tanfang.invoke(main, ["policy", "history", PLACE], env={setting: value})

    assert (told.exit_code, type(told.exception)) == (1, SystemExit)
    assert said in told.stderr


@pytest.mark.parametrize("step", ["roles", "upgrade", "listing"])
def test_a_step_of_the_administrator_says_in_one_line_who_that_is(tanfang: CliRunner, step: str) -> None:
    """Beside `make run`, which keeps that password to itself, each ended in a traceback."""
    told = tanfang.invoke(main, ["db", step], env={"TANFANG_DATABASE_PORT": "1"})

    assert (told.exit_code, type(told.exception)) == (1, SystemExit)
    assert "TANFANG_DATABASE_ADMIN_PASSWORD" in told.stderr


def test_production_takes_in_no_invented_elder(tanfang: CliRunner) -> None:
    """Issue 2, item 8: an office could not tell them from its own afterwards."""
    told = tanfang.invoke(main, ["demo", "load"], env={"TANFANG_DEMONSTRATION": "false"})

    assert told.exit_code == 1
    assert "不得装入演示数据" in told.stderr


def test_a_difference_names_the_elders_and_the_work_that_it_would_move(
    tanfang: CliRunner, elder: UUID, modification: ReferralState, tmp_path: Path
) -> None:
    folder = with_text(tmp_path, PLACE, "when = { age_at_least = 80 }", "when = { age_at_least = 75 }")
    changed = (folder / "national.toml").read_text(encoding="utf-8")
    (folder / "national.toml").write_text(
        changed.replace("30 working_days", "20 working_days"), encoding="utf-8"
    )

    same = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(FOLDER)])
    assert (same.exit_code, "0 位老人有变化，未办结的转介有 0 处变化" in same.stdout) == (0, True)
    found = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(folder)])
    assert found.exit_code == 1
    assert f"老人 {elder} 370302115201：一般人群" in found.stdout
    assert "→ 重点人群" in found.stdout
    assert f"转介 {modification.referral_id} 居家适老化改造 办结时限：2027-01-04" in found.stdout


@pytest.mark.parametrize(
    ("was", "would_be", "said"),
    [
        (
            "binds_from_days = 10",
            "binds_from_days = 12",
            "至少还剩10天才计 → 每月探访：首个不完整的一期至少还剩12天才计",
        ),
        ("day = 20", "day = 15", "本期第20天 10:00 提醒探访人 → 每月探访：本期第15天 10:00 提醒探访人"),
        ('"at_door", "phone", "video"', '"phone", "video"', "入户、电话、线上（视频、微信）、路遇可计入"),
        ("allowed = true", "allowed = false", "原则上每月不少于1次 → 每月探访：每月不少于1次"),
    ],
)
def test_a_difference_in_the_terms_of_a_duty_is_one_to_the_elder_who_is_owed_it(
    tanfang: CliRunner, elder: UUID, tmp_path: Path, was: str, would_be: str, said: str
) -> None:
    """Class and frequency alone were compared: other days or modes came out as no change."""
    folder = with_text(tmp_path, PLACE, was, would_be)

    found = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(folder)])
    assert f"老人 {elder} 370302115201：每月探访：" in found.stdout
    assert said in found.stdout


def test_a_place_that_is_only_in_one_of_two_folders_is_told(tanfang: CliRunner, tmp_path: Path) -> None:
    """A plan that was left out of the new folder took its elders along, and no word was said."""
    folder = tmp_path / "without"
    folder.mkdir()
    for each in FOLDER.glob("*.toml"):
        if each.stem != "shanghai_jiangpu":
            (folder / each.name).write_bytes(each.read_bytes())

    less = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(folder)])
    more = tanfang.invoke(main, ["policy", "diff", str(folder), str(FOLDER)])

    assert (less.exit_code, "shanghai_jiangpu：新方案里没有了" in less.stdout) == (1, True)
    assert (more.exit_code, "shanghai_jiangpu：新增" in more.stdout) == (1, True)


def test_a_folder_of_one_file_is_compared_among_the_installed_ones(
    tanfang: CliRunner, elder: UUID, tmp_path: Path
) -> None:
    """The next version of one plan lies alone in its folder: without holidays beside it, nothing came out."""
    folder, empty = tmp_path / "next_year", tmp_path / "empty"
    folder.mkdir()
    empty.mkdir()
    text = (FOLDER / f"{PLACE}.toml").read_text(encoding="utf-8")
    stricter = text.replace("when = { age_at_least = 80 }", "when = { age_at_least = 75 }")
    (folder / f"{PLACE}.toml").write_text(stricter, encoding="utf-8")

    found = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(folder)])
    nothing = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(empty)])

    assert f"老人 {elder} 370302115201：一般人群" in found.stdout
    assert (nothing.exit_code, "empty 里没有方案文件" in nothing.output) == (1, True)


def test_a_version_that_begins_next_year_is_compared_as_it_will_be(
    tanfang: CliRunner, elder: UUID, tmp_path: Path
) -> None:
    """Before that day the old one is in force in either folder, and nobody would have moved."""
    text = (FOLDER / f"{PLACE}.toml").read_text(encoding="utf-8")
    later = text.replace("in_force_from = 2023-10-13", "in_force_from = 2099-01-01")
    stricter = later.replace("when = { age_at_least = 80 }", "when = { age_at_least = 75 }")
    (tmp_path / f"{PLACE}_2099.toml").write_text(stricter, encoding="utf-8")

    found = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(tmp_path)])
    assert found.exit_code == 1
    assert f"老人 {elder} 370302115201：一般人群" in found.stdout


def test_work_goes_elsewhere_or_ends_with_its_kind(
    tanfang: CliRunner, modification: ReferralState, tmp_path: Path
) -> None:
    elsewhere = with_text(
        tmp_path,
        PLACE,
        'because = "居家适老化改造由区民政局，时限为建议值"\nroutes = [{ to = "unit:civil_affairs_bureau" }]',
        'because = "居家适老化改造由镇（街道）"\nroutes = [{ to = "town" }]',
    )
    moved = tanfang.invoke(main, ["policy", "diff", str(FOLDER), str(elsewhere / f"{PLACE}.toml")])

    assert (
        f"{modification.referral_id} 居家适老化改造 承办单位：{PLACE}:civil_affairs_bureau → {PLACE}:"
        in moved.stdout
    )


def test_what_is_published_once_stays_on_record(tanfang: CliRunner, village: Village) -> None:
    """J-06: old versions stay readable."""
    first = tanfang.invoke(main, ["policy", "publish", PLACE])
    again = tanfang.invoke(main, ["policy", "publish", PLACE])
    listed = tanfang.invoke(main, ["policy", "history", PLACE])

    assert (first.exit_code, "：已发布" in first.stdout) == (0, True)
    assert (again.exit_code, "早已发布" in again.stdout) == (0, True)
    assert "2023-10-13" in listed.stdout
    book = PolicyBook.load()
    policy = book.in_force(PLACE, OFFERED.date())
    with village.database(Login.COORDINATION).begin(CLERK, OFFERED) as work:
        [kept] = versions(PLACE, work)
        assert version(book, policy, kept.policy_hash, work) is policy
        assert version(PolicyBook(policies=book.policies[:1]), policy, policy.hash, work).hash == policy.hash
        with pytest.raises(NotFound):
            version(book, policy, "0" * 64, work)
