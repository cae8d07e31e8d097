"""Item 7 in a browser: the official sheet as an office keeps it, looked at row by row, taken in once."""

import re

from playwright.sync_api import Page, expect

from deploy.cli.demo.files import FOLDER
from tests.browser.conftest import AtWork

SHEET = FOLDER / "rosters" / "附件3_淄川区_洪山镇.xlsx"
TAKEN = ("周永志", "何娥")


def test_a_clerk_takes_in_the_official_sheet_once(at_work: AtWork) -> None:
    page = at_work("zc-clerk", "/register/")
    page.get_by_role("link", name="导入名单").click()
    _upload(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(SHEET.name)
    everybody = int(re.findall(r"共 (\d+) 行", page.locator(".head").first.inner_text())[0])
    found = [int(figure) for figure in page.locator(".figures a b").all_inner_texts()]
    assert sum(found) == everybody
    refused = page.get_by_role("row").filter(has_text="不能入库").first
    expect(refused).to_contain_text(re.compile(r"[A-I]\d+："))

    for name in TAKEN:
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_role("button", name="只入勾选的行").click()
    enrolled = page.get_by_role("row").filter(has_text="已纳入，意愿待核")
    expect(enrolled).to_have_count(len(TAKEN))
    looked_at = page.url
    enrolled.first.get_by_role("link").click()
    expect(page.get_by_text("还没有核实本人意愿")).to_be_visible()

    page.goto(looked_at)
    page.get_by_role("link", name="‹ 导入名单").click()
    _upload(page)
    expect(page).to_have_url(looked_at)
    expect(enrolled).to_have_count(len(TAKEN))


def test_the_report_of_a_roster_can_be_downloaded(at_work: AtWork) -> None:
    page = at_work("zc-clerk", "/register/imports/", "phone")
    _upload(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载结果表").click()
    assert waiting.value.suggested_filename == f"{SHEET.stem}-report.xlsx"


def _upload(page: Page) -> None:
    page.get_by_label("名单表格（xlsx）").set_input_files(SHEET)
    page.get_by_role("button", name="上传并核对").click()
