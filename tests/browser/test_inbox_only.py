"""A whole day of a unit that is an inbox and nothing else (城建中心)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import asked_for, claims
from tests.browser.conftest import AtWork, axe_finds
from tests.browser.people import enrolment_of

INBOX = "/department/inbox"
ELDERS = {"desk": "喻家长", "phone": "秦凤成"}


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_day_of_an_office_with_an_inbox_alone(at_work: AtWork, size: str) -> None:
    """Claimed, worked on, reported as done, confirmed by who asked, and found again under what is done."""
    text = f"卫生间漏水，地面湿滑，{size}。"
    referral = asked_for(at_work, enrolment_of(ELDERS[size]), "home_repair", text)

    officer = at_work("jp-construction", INBOX, size)
    expect(officer.get_by_role("link", name="本单位台账")).to_have_count(0)
    assert axe_finds(officer) == []
    officer.goto(f"{officer.url.split(INBOX)[0]}{INBOX}/{referral}")
    claims(officer)
    assert axe_finds(officer) == []

    reports(officer, "记录进展", "内容", "已上门看过，要换一段水管。")
    officer.get_by_label("办理结果").select_option("repaired")
    officer.get_by_label("办理情况").fill("水管已换，地面已擦干。")
    officer.get_by_role("button", name="报办结").click()
    expect(officer.get_by_text("办理结果已提交。")).to_be_visible()
    assert axe_finds(officer) == []

    desk = at_work("jp-coordinator", f"/coordination/inbox/{referral}", size)
    expect(desk.get_by_text("已上门看过，要换一段水管。")).to_be_visible()
    expect(desk.get_by_text("水管已换，地面已擦干。").first).to_be_visible()
    assert axe_finds(desk) == []
    desk.get_by_role("button", name="确认办结").click()
    expect(desk.get_by_text("已确认办结。")).to_be_visible()

    officer.goto(f"{officer.url.split(INBOX)[0]}{INBOX}?view=done")
    expect(officer.locator(f"#r-{referral}")).to_be_visible()
    assert axe_finds(officer) == []


def reports(officer: Page, what: str, field: str, text: str) -> None:
    """One move of the page, with words."""
    officer.locator("summary", has_text=what).click()
    officer.get_by_label(field, exact=True).fill(text)
    officer.get_by_role("button", name=what).click()
    expect(officer.get_by_text("已记录。")).to_be_visible()
