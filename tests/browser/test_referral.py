"""Item 4 in a browser: from an elder's page to 司法所 and back, and the sentence that a second claim gets."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import AtWork, axe_finds
from tests.browser.people import enrolment_of


def test_a_referral_is_claimed_by_one_officer_worked_on_and_confirmed(at_work: AtWork) -> None:
    desk = at_work("jp-coordinator", f"/coordination/elders/{enrolment_of('喻家长')}")
    desk.get_by_role("link", name="转介", exact=True).click()
    desk.get_by_label("要转介的事项").select_option("legal_consultation")
    desk.get_by_label("需要办什么").fill("侄子想把老人的房子过户，老人拿不定主意，请讲一讲后果。")
    desk.get_by_text("本人同意", exact=True).click()
    assert axe_finds(desk) == []
    desk.get_by_role("button", name="提交").click()
    expect(desk.get_by_role("heading", name="需要办什么")).to_be_visible()
    referral = re.findall(r"/inbox/([0-9a-f-]{36})", desk.url)[0]

    late = at_work("jp-justice2", f"/justice/inbox/{referral}")
    expect(late.get_by_role("button", name="认领")).to_be_visible()

    officer = at_work("jp-justice", "/justice/inbox", "phone")
    officer.get_by_role("row").filter(has=officer.locator(f"#r-{referral}")).get_by_role(
        "button", name="认领"
    ).click()
    expect(officer.get_by_text("已认领，这件事现在由您办理。")).to_be_visible()

    late.get_by_role("button", name="认领").click()
    refusal = late.locator("#refusal")
    expect(refusal).to_contain_text(re.compile(r"孙丽已于 .*\d\d:\d\d 认领，您可查看进展"))
    assert axe_finds(late) == []

    officer.goto(f"{officer.url.split('/justice')[0]}/justice/inbox/{referral}")
    officer.locator("summary", has_text="记录进展").click()
    officer.get_by_label("内容").fill("已电话约好明天上午到家里。")
    officer.get_by_role("button", name="记录进展").click()
    expect(officer.get_by_text("已记录。")).to_be_visible()
    officer.get_by_label("办理结果").select_option("advised")
    officer.get_by_label("办理情况").fill("已当面讲清，老人决定先不过户。")
    officer.get_by_role("button", name="办结").click()
    expect(officer.get_by_text("办理结果已提交。")).to_be_visible()

    desk.reload()
    expect(desk.locator(".ledger")).to_contain_text("已电话约好明天上午到家里。")
    desk.get_by_role("button", name="确认办结").click()
    expect(desk.get_by_text("已确认办结。")).to_be_visible()
    expect(desk.get_by_text("已办结", exact=True).first).to_be_visible()
