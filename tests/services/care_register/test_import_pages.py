"""Uploading a roster on the page and through the API, and the same from the command line."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from openpyxl import load_workbook

from services.care_register.handlers.desk import Desk
from shared.contracts.access import Role
from shared.persistence.engine import Database
from shared.platform.settings import Settings
from shared.web.signin import COOKIE
from tests.servers import ROOT
from tests.services.care_register.browsers import Staff, signed_in
from tests.services.care_register.conftest import Begin
from tests.services.care_register.test_import import elder_row, take_all, uploaded, workbook
from tests.web.accessible import faults


def upload(clerk: Staff, name: str, content: bytes) -> Any:  # noqa: ANN401
    return clerk.post("/imports/", {"file": (io.BytesIO(content), name)})


def test_a_roster_is_uploaded_looked_at_confirmed_and_reported(clerk: Staff) -> None:
    sheet = workbook(elder_row(1), elder_row(2, id=3.70302194808080e17), elder_row(3, ability="还行"))
    sent = upload(clerk, "南村.xlsx", sheet)
    assert sent.status_code == 303
    batch = sent.headers["Location"].removeprefix("/register")
    page = clerk.get(batch).text
    assert "E3：号码被表格当作数字，后几位已丢失" in page
    assert "H4：身体能力“还行”不认识" in page
    assert clerk.post(f"{batch}/confirm", {"which": "accepted"}).status_code == 303
    assert "已纳入，意愿待核" in clerk.get(batch).text
    assert clerk.post(f"{batch}/confirm", {"which": "rows", "rows": ["4", "3"]}).status_code == 303
    page = clerk.get(batch).text
    assert page.count("/register/entries/") == 2
    assert faults(page) == []
    report = clerk.get(f"{batch}/report.xlsx")
    assert report.mimetype.endswith("spreadsheetml.sheet")
    assert "南村.xlsx" in clerk.get("/imports/").text


def with_more_columns(sequence: int) -> bytes:
    """A roster with a column that nobody knows, and a second address."""
    book = load_workbook(io.BytesIO(workbook(elder_row(sequence))))
    sheet = book.worksheets[0]
    sheet["J1"], sheet["J2"], sheet["K1"], sheet["K2"] = "文化程度", "小学", "现住址", "北村9号"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_what_was_not_read_of_a_roster_is_named_on_the_page_and_in_the_report(clerk: Staff) -> None:
    """Who uploads must not believe that it is in the register."""
    sent = upload(clerk, "多几列.xlsx", with_more_columns(301))
    batch = sent.headers["Location"].removeprefix("/register")
    page = clerk.get(batch).text
    report = load_workbook(io.BytesIO(clerk.get(f"{batch}/report.xlsx").data)).worksheets[0]
    said = [line[5] for line in report.iter_rows(min_row=2, values_only=True)]

    for sentence in ("未识别的列：J列“文化程度”，未导入", "重复的列：K列“现住址”，未导入"):
        assert sentence in page
        assert any(str(each).startswith(sentence) for each in said), sentence
    assert faults(page) == []
    usual = upload(clerk, "照旧.xlsx", workbook(elder_row(302))).headers["Location"].removeprefix("/register")
    assert "未导入" not in clerk.get(usual).text


def test_where_nothing_may_come_in_nothing_is_offered(clerk: Staff) -> None:
    """「确认入库」 stood there without a button, and 「只入勾选的行」 above rows that had nothing to tick."""
    content = workbook(elder_row(303, id="37"), elder_row(304, name="填表人：王五"))
    page = clerk.get(upload(clerk, "都不行.xlsx", content).headers["Location"].removeprefix("/register")).text

    assert "没有可以入库的行" in page
    assert "确认入库" not in page
    assert "只入勾选的行" not in page


def test_what_has_been_taken_in_is_not_offered_again(clerk: Staff) -> None:
    """A refused row kept 「确认入库」 on the page for good, and whoever pressed it saw nothing happen."""
    content = workbook(elder_row(305), elder_row(306, ability="还行"), elder_row(307, id="37"))
    batch = upload(clerk, "剩一行.xlsx", content).headers["Location"].removeprefix("/register")
    clerk.post(f"{batch}/confirm", {"which": "accepted"})
    page = clerk.get(batch).text
    assert ("只入“可入库”的行" in page, "全部入库" in page) == (False, True)
    clerk.post(f"{batch}/confirm", {"which": "all"})
    page = clerk.get(batch).text
    assert ("确认入库" in page, "只入勾选的行" in page) == (False, False)


def test_a_list_too_long_for_one_page_says_so(begin: Begin, desk: Desk, clerk: Staff) -> None:
    """After a roster of 182 「类别（100）」 stood over the first hundred, as if there were no more."""
    content = workbook(*[elder_row(sequence) for sequence in range(400, 501)])
    take_all(begin, desk, uploaded(desk, "一百零一行.xlsx", content))
    assert "类别（先列 100 条，办完再列其余）" in clerk.get("/confirm").text


def test_what_is_no_roster_is_refused_in_words_on_the_same_page(clerk: Staff) -> None:
    answer = upload(clerk, "name.xlsx", b"no workbook")
    assert (answer.status_code, "读不了这个文件" in answer.text) == (422, True)
    assert faults(answer.text) == []


def test_only_a_clerk_of_the_same_town_sees_the_roster(app: Flask, identity: Database, clerk: Staff) -> None:
    batch = upload(clerk, "mine.xlsx", workbook(elder_row(5))).headers["Location"].removeprefix("/register")
    other = signed_in(app, identity, "zc.stranger", Role.CLERK, area="370302116")
    cadre = signed_in(app, identity, "zc.cadre", Role.CADRE)
    assert other.get(batch).status_code == 404
    assert "mine.xlsx" not in other.get("/imports/").text
    assert cadre.get(batch).status_code == 403


def test_a_program_uploads_chooses_and_goes_on_until_nothing_is_left(clerk: Staff) -> None:
    sid = clerk.browser.cookie(COOKIE)
    clerk.browser.client.delete_cookie(COOKIE)
    headers = {"Authorization": f"Bearer {sid}"}
    client = clerk.browser.client
    content = workbook(*(elder_row(sequence) for sequence in range(100, 150)))
    form = {"file": (io.BytesIO(content), "many.xlsx")}
    sent = client.post("/register/api/imports", data=form, headers=headers)
    assert (sent.status_code, sent.json["is_new"], sent.json["unread"]) == (201, True, [])
    path = f"/register/api/imports/{sent.json['batch_id']}"
    choice = client.post(f"{path}/choice", json={}, headers={**headers, "Idempotency-Key": "c1"})
    assert choice.json == {"is_done": True}
    steps = [client.post(f"{path}/continue", headers=headers).json for _ in range(3)]
    assert steps == [{"taken": 40, "left": 10}, {"taken": 10, "left": 0}, {"taken": 0, "left": 0}]
    rows = client.get(f"{path}/rows", headers=headers).json
    assert {row["outcome"] for row in rows} == {"enrolled"}
    clerk.browser.client.set_cookie(COOKIE, sid)


def test_a_program_reads_what_was_not_taken_in_and_again_with_the_same_file(clerk: Staff) -> None:
    headers = {"Authorization": f"Bearer {clerk.browser.cookie(COOKIE)}"}
    sid = clerk.browser.cookie(COOKIE)
    clerk.browser.client.delete_cookie(COOKIE)
    content = with_more_columns(304)
    answers = [
        clerk.browser.client.post(
            "/register/api/imports", data={"file": (io.BytesIO(content), "more.xlsx")}, headers=headers
        ).json
        for _ in range(2)
    ]
    clerk.browser.client.set_cookie(COOKIE, sid)

    assert [each["is_new"] for each in answers] == [True, False]
    assert answers[0]["unread"] == answers[1]["unread"]
    assert {"letters": "J", "heading": "文化程度", "why": "unknown"} in answers[0]["unread"]
    assert any("身份证号、家庭住址、联系电话" in words for words in answers[0]["unread_text"])


def test_the_command_line_looks_first_and_takes_in_the_same_way(
    settings: Settings, tmp_path: Path, clerk: Staff
) -> None:
    file = tmp_path / "roster.xlsx"
    file.write_bytes(workbook(elder_row(200), elder_row(201, id="37")))
    looked = import_roster(settings, file, "--dry-run")
    assert "不能入库: 1" in looked
    assert "可入库: 1" in looked
    assert "已纳入，意愿待核: 1" in import_roster(settings, file)
    assert "命令行" in clerk.get("/imports/").text
    assert "已纳入，意愿待核: 1" in import_roster(settings, file)


def test_the_command_line_names_the_columns_that_it_does_not_read(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "columns.xlsx"
    file.write_bytes(with_more_columns(303))
    for options in (["--dry-run"], []):
        assert "未识别的列：J列“文化程度”，未导入" in import_roster(settings, file, *options)


def test_the_command_line_reads_nothing_that_has_no_end(settings: Settings) -> None:
    finished = run_import(settings, Path("/dev/zero"), "--dry-run")

    assert (finished.returncode, finished.stdout) == (1, "")
    assert "表格展开后太大" in finished.stderr


def test_the_command_line_takes_no_area_of_another_place(settings: Settings) -> None:
    """It read the file, took in nobody, and did not say why."""
    finished = run_import(settings, Path("/dev/null"), "--area=999999")

    assert (finished.returncode, "370302" in finished.stderr) == (2, True)


def test_the_command_line_says_what_to_do_with_a_file_that_it_does_not_read(
    settings: Settings, tmp_path: Path
) -> None:
    """A list of sheets was printed as Python writes one."""
    book = load_workbook(io.BytesIO(workbook(elder_row(205))))
    book.copy_worksheet(book.worksheets[0])
    file = tmp_path / "two.xlsx"
    book.save(file)

    refused = run_import(settings, file, "--dry-run")

    assert (refused.returncode, "Sheet、Sheet Copy" in refused.stderr) == (1, True)
    assert "把每张工作表另存为一个文件，分别上传" in refused.stderr


def import_roster(settings: Settings, file: Path, *options: str) -> str:
    finished = run_import(settings, file, *options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def run_import(settings: Settings, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.cli", "import-roster", str(file)]
    where = ["--jurisdiction", "zibo_zichuan", "--area", "370302115"]
    environment = {**os.environ, **environment_of(settings), "COLUMNS": "200"}
    return subprocess.run(
        [*command, *where, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """What a program of ours needs to find the test's database."""
    return {
        "TANFANG_ENVIRONMENT": settings.environment.value,
        "TANFANG_DATABASE_HOST": settings.database_host,
        "TANFANG_DATABASE_PORT": str(settings.database_port),
        "TANFANG_DATABASE_NAME": settings.database_name,
    }
