"""A whole day of the judicial office in a browser: advised at home, forwarded to legal aid, not mediated."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import asked_for, claims
from tests.browser.conftest import AtWork, axe_finds, reload_until
from tests.browser.people import enrolment_of

INBOX = "/justice/inbox"
ELDERS = {"desk": "喻家长", "phone": "范明昌"}
ASKED = "儿子要老人把房子过户，老人拿不定主意，想问清楚。"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_day_of_the_office_from_the_claim_to_the_answer(at_work: AtWork, size: str) -> None:
    """J-68 … J-70: claim, advise at home, forward; the asking side has the outcome, and no word more."""
    consultation = asked_for(at_work, enrolment_of(ELDERS[size]), "legal_consultation", ASKED)
    officer = at_work("jp-justice", f"{INBOX}/{consultation}", size)
    claims(officer)
    assert axe_finds(officer) == []

    officer.get_by_role("link", name="登记咨询").click()
    officer.get_by_text("上门", exact=True).click()
    officer.get_by_label("要点").fill("房子是老人单独所有。")
    assert axe_finds(officer) == []
    officer.get_by_role("button", name="登记咨询").click()
    expect(officer.get_by_text("台账已建立。")).to_be_visible()
    assert axe_finds(officer) == []

    officer.get_by_text("需转交法律援助", exact=True).click()
    officer.get_by_label("文字记录").first.fill("老人要撤回过户委托，需要代理。")
    officer.get_by_label("回复派出单位的话").fill("已上门讲清，需要申请法律援助。")
    officer.get_by_role("button", name="答复并报办结").click()
    expect(officer.get_by_text("已记录，办理结果已报给派出单位。")).to_be_visible()

    desk = at_work("jp-coordinator", f"/coordination/inbox/{consultation}")
    expect(desk.get_by_text("已上门讲清，需要申请法律援助。")).to_be_visible()
    expect(desk.get_by_text("老人要撤回过户委托")).to_have_count(0)
    expect(desk.get_by_role("heading", name="本单位台账")).to_have_count(0)
    desk.get_by_role("button", name="确认办结").click()
    expect(desk.get_by_text("已确认办结。")).to_be_visible()

    forwards(officer)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_family_is_asked_after_and_the_record_handed_on(at_work: AtWork, size: str) -> None:
    """Z-50, Z-51, J-68: each member assessed, reminded by a day; a colleague takes the record over."""
    consultation = asked_for(at_work, enrolment_of(ELDERS[size]), "legal_consultation", ASKED)
    officer = at_work("jp-justice", f"{INBOX}/{consultation}", size)
    claims(officer)
    officer.get_by_role("link", name="督促家庭成员赡养").click()
    officer.get_by_role("button", name="督促家庭成员赡养").click()
    officer.get_by_label("姓名").fill("喻小军")
    officer.get_by_text("儿子", exact=True).click()
    officer.get_by_role("button", name="登记家庭成员").click()
    expect(officer.get_by_text("还没有确认登记齐全")).to_be_visible()
    assert axe_finds(officer) == []

    officer.locator("summary", has_text="评估赡养履行情况").click()
    assessing = officer.locator("details", has=officer.locator("summary", has_text="评估赡养履行情况"))
    assessing.get_by_label("家庭成员").select_option(label="喻小军")
    assessing.get_by_text("履行不到位", exact=True).click()
    assessing.get_by_role("button", name="评估赡养履行情况").click()
    expect(officer.get_by_text("评估：履行不到位")).to_be_visible()
    expect(officer.get_by_text("下次评估")).to_be_visible()

    officer.locator("summary", has_text="变更专人").click()
    officer.get_by_label("改由谁办理").select_option(label="马超")
    officer.get_by_role("button", name="变更专人").click()
    expect(officer.get_by_text("专人：马超").first).to_be_visible()
    assert axe_finds(officer) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_mediation_that_one_side_refuses_ends_and_cannot_start(at_work: AtWork, size: str) -> None:
    """J-69; and an old page is told who wrote meanwhile."""
    mediation = asked_for(at_work, enrolment_of(ELDERS[size]), "mediation", ASKED)
    officer = at_work("jp-justice2", f"{INBOX}/{mediation}", size)
    claims(officer)
    officer.get_by_role("link", name="办理调解").click()
    officer.get_by_role("button", name="办理调解").click()
    officer.get_by_role("button", name="老人同意调解").click()
    expect(officer.get_by_text("已记录。")).to_be_visible()
    old = officer.context.new_page()
    old.goto(officer.url)

    officer.locator("summary", has_text="对方明确拒绝调解").click()
    officer.get_by_role("button", name="对方明确拒绝调解").click()
    expect(officer.get_by_text("一方明确拒绝调解").first).to_be_visible()
    expect(officer.get_by_text("已结束", exact=True)).to_be_visible()

    old.locator("summary", has_text="开始调解").click()
    old.get_by_role("button", name="开始调解").click()
    expect(old.locator("#refusal")).to_contain_text("您在")
    assert axe_finds(old) == []


def forwards(officer: Page) -> None:
    """What the outcome has opened: a paper is missing, then it goes to the centre, whose clocks begin."""
    officer.goto(f"{officer.url.split('/justice')[0]}{INBOX}?kind=legal_aid_forwarding")
    reload_until(officer, officer.get_by_role("button", name="认领").first)
    officer.get_by_role("button", name="认领").first.click()
    officer.get_by_role("link", name="办理转交").click()
    officer.get_by_label("申请援助的事项").select_option("other_matter")
    officer.get_by_role("button", name="办理转交").click()

    officer.locator("summary", has_text="一次性告知所缺材料").click()
    officer.get_by_text("身份证明", exact=True).click()
    officer.get_by_role("button", name="一次性告知所缺材料").click()
    expect(officer.get_by_text("等待补齐材料")).to_be_visible()
    officer.get_by_role("button", name="材料已补齐").click()

    officer.get_by_label("文字记录").first.fill("五份材料，交区中心窗口。")
    officer.get_by_role("button", name="转交法律援助机构").click()
    expect(officer.get_by_text("已转交，等待决定")).to_be_visible()
    limits = officer.locator(".limits")
    expect(limits).to_contain_text("法律援助机构：法律援助决定（外部法定时限）")
    expect(limits).to_contain_text("外部法定时限，不计入本单位超期")
    assert axe_finds(officer) == []
    officer.get_by_role("link", name="‹ 本单位台账").click()
    expect(officer.get_by_role("table")).to_contain_text("法律援助转交")
    assert axe_finds(officer) == []
