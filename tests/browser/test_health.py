"""A whole day of the community health centre in a browser, from referral to discharge (J-74 … J-77)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import asked_for, claims
from tests.browser.conftest import AtWork, axe_finds
from tests.browser.people import enrolment_of

CENTRE = "/health-centre"
ELDERS = {"desk": "范明昌", "phone": "秦凤成"}
ASKED = "出院两周，血压一直偏高，请家庭医生看看。"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_day_of_the_centre_from_the_referral_to_the_discharge(at_work: AtWork, size: str) -> None:
    elder = enrolment_of(ELDERS[size])
    referral = asked_for(at_work, elder, "family_doctor_follow_up", ASKED)

    doctor = at_work("jp-health", f"{CENTRE}/inbox/{referral}", size)
    claims(doctor)
    doctor.get_by_role("link", name="登记签约、随访、家庭病床").click()
    expect(doctor.get_by_role("heading", level=1)).to_have_text(ELDERS[size])
    assert axe_finds(doctor) == []

    follows_up(doctor)
    signs(doctor)
    has_a_home_bed(doctor)
    closes(doctor)

    visitor = at_work("jp-visitor1", f"/visits/elders/{elder}/contact", "phone")
    expect(visitor.get_by_text("血压高，已转医")).to_be_visible()
    expect(visitor.get_by_text("162")).to_have_count(0)

    coordinator = at_work("jp-coordinator", f"/coordination/inbox/{referral}")
    expect(coordinator.get_by_text("已签约并随访").first).to_be_visible()
    expect(coordinator.get_by_text("162")).to_have_count(0)
    coordinator.get_by_role("button", name="确认办结").click()
    expect(coordinator.get_by_text("已确认办结。")).to_be_visible()


def follows_up(doctor: Page) -> None:
    """The pressure is high; a slip of the pen is refused beside its field, and nothing typed is lost."""
    doctor.get_by_role("link", name="登记随访").click()
    doctor.get_by_text("高血压随访", exact=True).click()
    doctor.get_by_text("门诊", exact=True).click()
    doctor.get_by_text("控制不满意", exact=True).click()
    doctor.get_by_label("收缩压").fill("1620")
    doctor.get_by_label("舒张压").fill("88")
    doctor.get_by_label("随访记录").fill("头晕两天，调整用药。")
    assert axe_finds(doctor) == []
    doctor.get_by_role("button", name="保存").click()
    expect(doctor.locator("#systolic-error")).to_contain_text("应当在 50 到 300 之间")
    expect(doctor.get_by_label("随访记录")).to_have_value("头晕两天，调整用药。")
    assert axe_finds(doctor) == []
    doctor.get_by_label("收缩压").fill("162")
    doctor.get_by_role("button", name="保存").click()
    expect(doctor.get_by_text("随访已登记。")).to_be_visible()
    expect(doctor.get_by_text("血压高，已转医")).to_be_visible()


def signs(doctor: Page) -> None:
    doctor.get_by_role("link", name="登记签约").click()
    doctor.get_by_label("家庭医生团队").fill("江浦家庭医生一组")
    doctor.get_by_text("年度体检", exact=True).click()
    assert axe_finds(doctor) == []
    doctor.get_by_role("button", name="保存").click()
    expect(doctor.get_by_text("签约已登记。")).to_be_visible()
    expect(doctor.get_by_role("heading", name="年度体检")).to_be_visible()


def has_a_home_bed(doctor: Page) -> None:
    """Applied for, seen, agreed, one round, discharged; without a record in words it cannot be closed."""
    doctor.get_by_role("link", name="申请建床").click()
    doctor.get_by_label("申请人、病情和理由").fill("行动不便，家属申请。")
    saved(doctor)
    for step in ("上门首访", "签订协议，建床", "查床"):
        doctor.get_by_role("link", name=step, exact=True).click()
        assert axe_finds(doctor) == []
        saved(doctor)
    expect(doctor.get_by_role("link", name="不建床")).to_have_count(0)
    strikes_out_the_round(doctor)
    doctor.get_by_role("link", name="撤床", exact=True).click()
    doctor.get_by_label("撤床记录").fill("疗程结束，转门诊随访。")
    saved(doctor)
    expect(doctor.get_by_text("已撤床")).to_be_visible()
    assert axe_finds(doctor) == []


def strikes_out_the_round(doctor: Page) -> None:
    """Typed in for the wrong day: the round stays readable, and another one takes its place."""
    bed = doctor.locator("section", has=doctor.get_by_role("heading", name="家庭病床"))
    bed.get_by_role("link", name="登记错了").click()
    doctor.get_by_label("哪里登记错了").fill("日期记错了")
    assert axe_finds(doctor) == []
    doctor.get_by_role("button", name="作废").click()
    expect(bed).to_contain_text("沈医生：日期记错了")
    doctor.get_by_role("link", name="查床", exact=True).click()
    saved(doctor)


def closes(doctor: Page) -> None:
    """From the records of the day; the page of the referral shows them to the centre."""
    doctor.get_by_role("link", name="以本单位记录办结").click()
    doctor.get_by_label("办理结果").select_option("signed_and_followed_up")
    doctor.get_by_label("办理情况").fill("已签约，调整用药后继续随访。")
    assert axe_finds(doctor) == []
    doctor.get_by_role("button", name="提交办理结果").click()
    expect(doctor.get_by_text("办理结果已提交。")).to_be_visible()
    doctor.get_by_role("link", name="‹ 返回转介事项").click()
    records = doctor.locator("section", has=doctor.get_by_role("heading", name="本单位台账"))
    for kept in ("签约（江浦家庭医生一组）", "高血压随访", "家庭病床"):
        expect(records.get_by_role("link", name=kept, exact=True)).to_be_visible()


def saved(doctor: Page) -> None:
    doctor.get_by_role("button", name="保存").click()
    expect(doctor.get_by_text("已登记。", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_work_of_the_day_shows_every_list_without_a_fault(at_work: AtWork, size: str) -> None:
    page = at_work("jp-health", f"{CENTRE}/inbox", size)
    page.get_by_role("link", name="本单位台账").click()
    for section in ("家庭病床", "随访", "续签", "未签约"):
        page.locator(".figure", has_text=re.compile(rf"\d{section}")).click()
        expect(page.get_by_role("heading", level=2)).to_contain_text(section)
        assert axe_finds(page) == []
    page.get_by_role("link", name="导入随访").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("导入随访")
    assert axe_finds(page) == []
