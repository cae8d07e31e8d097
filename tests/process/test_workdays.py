"""`tanfang workdays import`: a year is checked, kept, and told to the work that is under way."""

import hashlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from deploy.cli.main import main
from deploy.cli.workdays import tell_everybody
from shared.contracts.wire import encode
from shared.domain.referral.state import ReferralState
from shared.platform.settings import Settings
from shared.policies.book import FOLDER, PolicyBook
from tests.fakes import Processes
from tests.policies.plans import with_text
from tests.process.conftest import PLACE

LONGEST_COMMAND = 2000
"""A kind with its calendar is at most 2 kB (architecture §4); so is the calendar alone."""

YEAR = """
[documents.notice_2027]
title = "国务院办公厅关于2027年部分节假日安排的通知"
standing = "law"

[years.2027]
source = "notice_2027"
holidays = [2027-01-01, 2027-01-04, 2027-02-05, 2027-02-08]
workdays = []
"""


def test_a_years_table_lists_what_moves_and_is_kept(
    tanfang: CliRunner, modification: ReferralState, tmp_path: Path
) -> None:
    """A deadline of January was provisional; the notice gives another free day, so it moves by one."""
    folder, year = tmp_path / "policies", tmp_path / "workdays_2027.toml"
    folder.mkdir()
    with_text(folder, "words", "追访", "追访")
    year.write_text(YEAR, encoding="utf-8")
    command = ["workdays", "import", str(year), "--into", str(folder)]

    tried = tanfang.invoke(main, [*command, "--dry-run"])
    assert (tried.exit_code, (folder / year.name).exists()) == (0, False)
    moved = "居家适老化改造 办结时限：2027-01-04T02:00+00:00 → 2027-01-05T02:00+00:00"
    assert f"{PLACE} 转介 {modification.referral_id} {moved}" in tried.stdout
    assert tanfang.invoke(main, [*command, "--without-database"]).exit_code == 0
    assert PolicyBook.load(folder).policies[0].work_days.known_until == date(2027, 12, 31)


def test_work_under_way_is_told_of_the_year_and_answers_what_moved(
    modification: ReferralState, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Architecture §4: a new work-day table is an Update that answers what moved."""
    processes = Processes(modification)
    book = _with_year()
    tell_everybody(settings, book, YEAR.encode(), processes)
    tell_everybody(settings, book, YEAR.encode(), processes)

    said = capsys.readouterr().out
    moved = f"{modification.referral_id} 办结时限：2027-01-04T02:00+00:00 → 2027-01-05T02:00+00:00"
    assert said.count(moved) == 2
    assert {command.request_id for command in processes.told} == {hashlib.sha256(YEAR.encode()).hexdigest()}
    assert all(command.known_until > date(2027, 1, 1) for command in processes.told)
    assert len(encode(processes.told[0]).encode()) < LONGEST_COMMAND


def test_work_that_does_not_answer_ends_the_import_and_work_that_has_ended_is_left(
    modification: ReferralState, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    processes = Processes()
    tell_everybody(settings, _with_year(), YEAR.encode(), processes)
    assert "已告知 0 件转介" in capsys.readouterr().out

    processes.is_away = True
    with pytest.raises(SystemExit):
        tell_everybody(settings, _with_year(), YEAR.encode(), processes)
    assert "请把同一个文件再导入一次" in capsys.readouterr().err


def test_a_year_that_work_does_not_reach_is_no_news_to_it(
    modification: ReferralState, settings: Settings
) -> None:
    processes = Processes(modification)
    tell_everybody(settings, _with_year(), YEAR.replace("2027", "2031").encode(), processes)

    assert processes.told == []


def _with_year() -> PolicyBook:
    with TemporaryDirectory() as folder:
        year = Path(folder) / "workdays_2027.toml"
        year.write_text(YEAR, encoding="utf-8")
        return PolicyBook.load(FOLDER, instead=(year,))


def test_a_years_table_with_faults_is_refused(tanfang: CliRunner, tmp_path: Path) -> None:
    year, other = tmp_path / "workdays_2028.toml", tmp_path / "holidays.toml"
    for path in (year, other):
        path.write_text(YEAR.replace("2027", "2028"), encoding="utf-8")

    assert tanfang.invoke(main, ["workdays", "import", str(other)]).exit_code == 2
    refused = tanfang.invoke(main, ["workdays", "import", str(year), "--dry-run"])
    assert (refused.exit_code, "缺少 2027 年" in refused.stderr) == (1, True)


def test_a_file_without_a_year_is_refused_before_it_is_kept(tanfang: CliRunner, tmp_path: Path) -> None:
    """It was kept, and then the command broke off in the middle of a traceback."""
    folder, empty = tmp_path / "policies", tmp_path / "workdays_2027.toml"
    folder.mkdir()
    with_text(folder, "words", "追访", "追访")
    empty.write_text("", encoding="utf-8")

    refused = tanfang.invoke(main, ["workdays", "import", str(empty), "--into", str(folder)])

    assert "文件里没有 [years.<年份>] 一节" in refused.output
    assert (refused.exit_code, (folder / empty.name).exists()) == (2, False)
