"""The visit book in a browser: completed later, struck out, and a day's paper typed in at once (X-31)."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AtWork, axe_finds
from tests.browser.people import enrolment_of

CADRE = "zc-cadre3"


def test_a_record_saved_at_the_door_is_completed_later_and_the_book_says_who_and_when(
    at_work: AtWork,
) -> None:
    """J-22, Z-68: nothing that stands there is asked again."""
    elder = enrolment_of("解秀秀")
    page = _recorded_at_the_door(at_work, elder)
    expect(page.get_by_text("记录不全：情况没有问全、缺入户同意")).to_be_visible()

    page.get_by_role("link", name="补充这次记录").click()
    page.get_by_text("本人当面同意").click()
    page.get_by_role("checkbox", name="健康管理").check()
    assert axe_finds(page) == []
    page.get_by_role("button", name="没选的都无变化，保存").click()

    expect(page.get_by_text("记录不全")).to_have_count(0)
    page.get_by_role("link", name="查看台账").click()
    first = page.locator(".timeline > li").first
    expect(first).to_contain_text("补充（邢丽")
    expect(first).to_contain_text("入户同意：本人当面同意")
    assert axe_finds(page) == []


def test_a_slip_is_struck_out_and_stays_readable(at_work: AtWork) -> None:
    """Domain §2.7-10: corrections are seen, with who, when and why."""
    page = _recorded_at_the_door(at_work, enrolment_of("解秀秀"))
    page.get_by_text("记错了？作废这次记录").click()
    page.get_by_text("重复登记", exact=True).click()
    assert axe_finds(page) == []
    page.get_by_role("button", name="作废这次记录").click()

    expect(page.get_by_role("status")).to_contain_text("已作废")
    expect(page.get_by_role("status")).to_contain_text(re.compile("邢丽.*作废：重复登记"))
    page.get_by_role("link", name="查看台账").click()
    struck = page.locator(".timeline > li.void").first
    expect(struck).to_contain_text("重复登记")
    expect(struck).to_contain_text("进门见到本人")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_cadre_types_in_what_the_visitor_did_on_paper(at_work: AtWork, size: str) -> None:
    """X-31: one tap a line; who went and who typed it in both stand in the book."""
    page = at_work(CADRE, "/visits/", size)
    page.get_by_role("link", name="集中登记").click()
    page.get_by_label("实际探访人").select_option(label="翟永军")
    page.get_by_label("都问到了，均无变化").check()
    page.get_by_role("button", name="按这样列出名单").click()

    _tick_by_keyboard(page, "柏惠")
    _tick_by_keyboard(page, "葛素宝")
    page.get_by_label("葛素宝怎么样").select_option(label="电话里说上话")
    assert axe_finds(page) == []
    page.get_by_role("button", name="登记勾选的老人").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("集中登记 2 位")
    expect(page.get_by_text("邢丽")).not_to_have_count(0)
    rows = page.locator("tbody tr")
    expect(rows.filter(has_text="柏惠")).to_contain_text("计入探访")
    expect(rows.filter(has_text="葛素宝")).to_contain_text("已联系，不计入探访")
    assert axe_finds(page) == []
    page.goto(page.url.partition("/batches/")[0] + f"/elders/{enrolment_of('柏惠')}/book")
    first = page.locator(".timeline > li").first
    expect(first).to_contain_text("翟永军 · 代录 邢丽 · 集中登记")


def _recorded_at_the_door(at_work: AtWork, elder: UUID) -> Page:
    page = at_work(CADRE, f"/visits/elders/{elder}/contact", "phone")
    page.get_by_role("link", name=re.compile("进门见到本人")).click()
    page.get_by_text("有变化，逐项选择").click()
    page.get_by_role("button", name="只保存已选的").click()
    return page


def _tick_by_keyboard(page: Page, name: str) -> None:
    box = page.get_by_role("checkbox", name=name, exact=True)
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
