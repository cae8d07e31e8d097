"""Item 2 in a browser: a chase on its ladder, and a try that reached nobody."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AtWork, reload_until
from tests.browser.people import enrolment_of


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_chase_shows_each_rung_once_with_who_was_told_and_when(at_work: AtWork, size: str) -> None:
    board = at_work("jp-coordinator", "/coordination/", size)
    chase = board.get_by_role("row").filter(has_text="级").filter(has=_link_to(board, "钱桂生"))
    highest = int(re.findall(r"第 (\d) 级", chase.inner_text())[0])

    chase.get_by_role("link", name="催办 · 批示").click()
    expect(board.get_by_role("heading", level=1)).to_have_text("追访")
    ladders = [re.findall(r"第 (\d) 级", ladder) for ladder in board.locator(".ladder").all_inner_texts()]
    climbed = [[int(number) for number in rungs] for rungs in ladders]
    assert climbed == [list(range(1, len(rungs) + 1)) for rungs in climbed]
    assert highest in {rungs[-1] for rungs in climbed}
    for rung in board.locator(".ladder > li").all():
        expect(rung).to_contain_text(re.compile(r"\d+月\d+日 周. \d\d:\d\d · .+"))


def test_a_try_that_reaches_nobody_is_seen_to_at_once(at_work: AtWork) -> None:
    """未见到老人 opens with the first try (domain §0.2-1): the coordinator sees who and since when."""
    elder = enrolment_of("孙昌")
    phone = at_work("jp-visitor1", f"/visits/elders/{elder}/contact", "phone")
    phone.get_by_role("link", name="敲门没人应").click()
    expect(phone.get_by_role("link", name="拨打 110")).to_be_visible()
    phone.get_by_role("button", name="登记未见到").click()
    expect(phone.get_by_role("status")).to_contain_text("未见到本人")
    expect(phone.get_by_text("已登记未见到")).to_be_visible()

    board = at_work("jp-coordinator", "/coordination/")
    alarm = board.get_by_role("listitem").filter(has=_link_to(board, "孙昌")).filter(has_text="已试 1 次")
    reload_until(board, alarm)
    alarm.get_by_role("link", name="处理").click()
    expect(board.get_by_role("heading", level=1)).to_contain_text("未见到")
    expect(board.get_by_text("110").first).to_be_visible()


def _link_to(page: Page, elder: str) -> Locator:
    return page.locator(f"a[href$='/elders/{enrolment_of(elder)}']")
