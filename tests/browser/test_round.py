"""Item 1 in a browser: a visitor's round on a phone, and what a contact is worth, in words."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import AtWork
from tests.browser.people import enrolment_of


def test_a_round_is_worked_through_with_one_thumb(at_work: AtWork) -> None:
    """J-22: what is asked each time is answered in one tap when nothing changed."""
    page = at_work("zc-visitor2", "/visits/", "phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("今日探访")
    unseen = [int(days) for days in re.findall(r"(\d+)天没见到", page.locator(".stops").inner_text())]
    assert unseen == sorted(unseen, reverse=True)

    page.get_by_role("listitem").filter(has_text="孔珍克").get_by_role("link", name="记录").click()
    page.get_by_role("link", name=re.compile("进门见到本人.*计入")).click()
    page.get_by_role("radio", name=re.compile("^本人.*同意")).check()
    page.get_by_role("button", name="七项均无变化，保存").click()

    verdict = page.get_by_role("status")
    expect(verdict).to_contain_text("计入探访")
    expect(verdict).to_contain_text("重点人群每周探访")
    page.get_by_role("link", name="返回今日探访").click()
    done = page.get_by_role("listitem").filter(has_text="孔珍克").filter(has_text="进门见到本人")
    expect(done).to_contain_text("计入")


def test_a_call_to_a_bedridden_elder_is_a_contact_and_no_visit(at_work: AtWork) -> None:
    """Z-66: said before the call is recorded, and again afterwards with the clause."""
    page = at_work("zc-visitor2", f"/visits/elders/{enrolment_of('葛素宝')}/contact", "phone")
    call = page.get_by_role("link", name=re.compile("电话里说上话"))
    expect(call).to_contain_text("不计入探访")

    _record_a_call(page)
    verdict = page.get_by_role("status")
    expect(verdict).to_contain_text("已联系，不计入探访")
    expect(verdict).to_contain_text("须入户（川民〔2023〕100号")


def test_the_same_call_counts_where_the_plan_says_so(at_work: AtWork) -> None:
    """J-19: by telephone for 日常关爱, at home for 重点关爱."""
    page = at_work("jp-visitor1", f"/visits/elders/{enrolment_of('范明昌')}/contact", "phone")

    _record_a_call(page)
    expect(page.get_by_role("status")).to_contain_text("计入探访")
    expect(page.get_by_role("status")).to_contain_text("日常关爱")


def test_somebody_not_seen_comes_first(at_work: AtWork) -> None:
    """An open 未见到老人 stands before everything else, with the hour by which somebody must go."""
    page = at_work("zc-visitor1", "/visits/", "phone")

    stops = page.locator(".stops").get_by_role("listitem")
    expect(stops.filter(has_text="杨梅明")).to_contain_text("没见到，已试1次")
    is_open = ["未见到老人" in stop for stop in stops.all_inner_texts()]
    assert is_open == sorted(is_open, reverse=True)


def _record_a_call(page: Page) -> None:
    page.get_by_role("link", name=re.compile("电话里说上话")).click()
    page.get_by_role("button", name=re.compile("均无变化，保存")).click()
