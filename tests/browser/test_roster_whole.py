"""Item 7 in a browser, the whole sheet at once: the page goes on by itself until every row is taken in."""

import pytest
from playwright.sync_api import expect

from deploy.cli.demo.files import FOLDER
from deploy.local.stack import Stack
from tests.browser.conftest import PAGE_SECONDS, AtWork

SHEET = FOLDER / "rosters" / "附件3_淄川区_洪山镇.xlsx"
WHOLE_SHEET_SECONDS = 12 * PAGE_SECONDS


@pytest.mark.timeout(300)
def test_a_whole_sheet_is_taken_in_step_by_step_without_another_click(stack: Stack, at_work: AtWork) -> None:
    desk = at_work("zc-clerk", "/register/imports/")
    desk.get_by_label("名单表格").set_input_files(SHEET)
    desk.get_by_role("button", name="上传并核对").click()
    expect(desk.get_by_role("row").filter(has_text="花仁传")).to_contain_text("E7：号码被表格当作数字")
    expect(desk.get_by_role("row").filter(has_text="凤兰建")).to_contain_text("未满 60 周岁")
    desk.get_by_role("button", name="只入“可入库”的行").click()
    expect(desk.get_by_text("正在入库")).to_have_count(0, timeout=WHOLE_SHEET_SECONDS * 1000)
    left = desk.get_by_role("row").filter(has_text="可入库").get_by_role("checkbox")
    expect(left).to_have_count(0)


def test_a_clerk_of_the_next_town_sees_none_of_it(stack: Stack, at_work: AtWork) -> None:
    desk = at_work("zc-clerk-other", "/register/imports/")
    expect(desk.get_by_text(SHEET.name)).to_have_count(0)
    desk.goto(f"{stack.origin}/register/")
    expect(desk.get_by_text("这里还没有老人")).to_be_visible()
