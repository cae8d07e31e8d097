"""Item 6 in a browser: what must be done today, the names behind a figure, what happens next and why."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shared.platform.clock import SystemClock
from tests.browser.conftest import AtWork
from tests.browser.people import enrolment_of


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_figure_opens_the_names_behind_it(at_work: AtWork, size: str) -> None:
    page = at_work("jp-coordinator", "/coordination/", size)
    expect(page.get_by_role("heading", level=1)).to_have_text("今天要处理")
    expect(page.get_by_role("heading", name="探访率")).to_be_visible()

    figure = page.get_by_role("region", name="按居（村）委").locator("td a").first
    count = int(figure.inner_text())
    figure.click()
    expect(page.locator("tbody tr")).to_have_count(count)
    expect(page.get_by_text(f"共 {count} 位")).to_be_visible()
    for verb in ("换人", "加访", "登记住院、外出"):
        expect(page.get_by_role("link", name=verb).first).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_elders_page_says_what_happens_next_and_the_process_agrees(at_work: AtWork, size: str) -> None:
    page = at_work("zc-coordinator", f"/coordination/elders/{enrolment_of('谢雅国')}", size)
    expect(page.get_by_role("heading", level=1)).to_have_text("谢雅国")
    following = page.get_by_role("region", name="接下来")
    expect(following).to_contain_text(re.compile("还差1次|截止"))
    expect(page.get_by_role("region", name="经过").get_by_role("listitem").first).to_be_visible()

    page.get_by_role("button", name="核对办理进程").click()
    expect(page.get_by_role("status")).to_have_text("一致：办理进程与页面显示的相同。")


def test_an_extra_visit_is_arranged_from_the_elders_page(at_work: AtWork) -> None:
    page = at_work("jp-coordinator", f"/coordination/elders/{enrolment_of('窦绍勤')}")
    page.get_by_label("最迟哪一天").fill(f"{SystemClock().now() + timedelta(days=3):%Y-%m-%d}")
    page.get_by_role("button", name="安排加访").click()
    expect(page.get_by_role("status")).to_contain_text("已安排加访")


def test_who_goes_by_keyboard_stands_where_they_stood_when_the_board_has_renewed_itself(
    at_work: AtWork,
) -> None:
    """WCAG 2.4.3: every half minute the focus fell back to the top of the page."""
    page = at_work("jp-duty", "/coordination/")
    last = page.get_by_role("region", name="追访中").get_by_role("link", name="查看追访").last
    last.focus()
    last.evaluate("link => link.dataset.stood = 'before'")
    page.evaluate("htmx.ajax('GET', '/coordination/part', {target: '#board', swap: 'outerHTML'})")

    expect(last).not_to_have_attribute("data-stood", "before")
    expect(last).to_be_focused()
