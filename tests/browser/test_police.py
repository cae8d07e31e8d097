"""A whole day of an officer of 派出所 in a browser: a death told, a door opened (J-71, domain §2.4)."""

import re

import pytest
from playwright.sync_api import Page, expect

from shared.domain.id_numbers import check_character
from tests.browser.asking import asked_for, claims
from tests.browser.conftest import AtWork, axe_finds, reload_until

NUMBERS = {"desk": "31011019430215771", "phone": "31011019430215772"}
NOT_NEEDED = "无需同意"
NAMES = {"desk": "骆春生", "phone": "骆秋生"}


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_day_of_an_officer_from_the_referral_to_the_end_of_visits(at_work: AtWork, size: str) -> None:
    elder = enrolled(at_work, size)
    referral = asked_for(at_work, elder, "population_change", "邻居说老人已经去世，请核实。", word=NOT_NEEDED)

    officer = at_work("jp-police", f"/police/inbox/{referral}", size)
    claims(officer)
    expect(officer.get_by_text("郑警官 · 长阳路")).to_be_visible()
    tells_of_the_death(officer)

    clerk = at_work("jp-clerk", "/register/confirm")
    card = clerk.get_by_role("listitem").filter(has_text=NAMES[size]).filter(has_text="死亡")
    reload_until(clerk, card)
    assert axe_finds(clerk) == []
    clerk.on("dialog", lambda dialog: dialog.accept())
    card.get_by_role("button", name="核实属实，更新名单库").click()
    expect(clerk.get_by_text("已核实并更新名单库")).to_be_visible()

    officer.goto(officer.url)
    expect(officer.get_by_text("已核实，名单库已更新")).to_be_visible()
    coordinator = at_work("jp-coordinator", f"/coordination/elders/{elder}")
    reload_until(coordinator, coordinator.get_by_text("已退出名单库，探访已停止"))
    expect(coordinator.get_by_text("不再提醒，也不再打电话。")).to_be_visible()
    assert axe_finds(coordinator) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_door_is_gone_to_opened_and_written_down(at_work: AtWork, size: str) -> None:
    """The arrival clock, who decided to enter and why, what was found; the referral ends with it."""
    elder = enrolled(at_work, size, offset=5)
    referral = asked_for(at_work, elder, "welfare_check", "敲门无人应，屋里有水声。", word=NOT_NEEDED)

    officer = at_work("jp-police", f"/police/inbox/{referral}", size)
    claims(officer)
    officer.get_by_role("link", name="登记入户查看").click()
    assert axe_finds(officer) == []
    officer.get_by_role("button", name="开始计时").click()
    expect(officer.get_by_text("途中")).to_be_visible()
    officer.get_by_role("button", name="已到场").click()
    expect(officer.get_by_text("按时到场")).to_be_visible()
    assert axe_finds(officer) == []

    arrived_at = officer.evaluate("new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16)")
    finds_somebody(officer, at=arrived_at)
    expect(officer.get_by_text("请写明谁决定进入、为什么")).to_be_visible()
    expect(officer.get_by_label("经过")).to_have_value("老人在家，水龙头没关。")

    officer.get_by_label("谁决定进入").fill("高所长")
    officer.get_by_label("为什么进入").fill("屋里有水声，多次敲门无人应")
    officer.get_by_role("button", name="登记结果，办结转介").click()
    expect(officer.get_by_text("已登记结果，转介已办结。")).to_be_visible()
    assert axe_finds(officer) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_what_the_station_keeps_of_its_own_is_a_tap_away(at_work: AtWork, size: str) -> None:
    """J-72, J-73: a talk about fraud, and whose an address is."""
    officer = at_work("jp-police", "/police/inbox", size)
    officer.get_by_role("link", name="本单位台账").click()
    assert axe_finds(officer) == []
    officer.get_by_role("link", name="登记反诈宣传").click()
    officer.get_by_label("题目").select_option(index=1)
    officer.get_by_text("集中宣讲", exact=True).click()
    assert axe_finds(officer) == []
    officer.get_by_role("button", name="登记", exact=True).click()
    expect(officer.get_by_text("已登记。")).to_be_visible()

    officer.get_by_role("link", name="本单位台账").first.click()
    officer.get_by_role("link", name="责任区").click()
    officer.get_by_label("老人住址").fill("长阳路1316弄5号")
    officer.get_by_role("button", name="查询").click()
    expect(officer.get_by_text("郑警官").first).to_be_visible()
    assert axe_finds(officer) == []


def enrolled(at_work: AtWork, size: str, offset: int = 0) -> str:
    """Somebody whom no other test needs enters the register; the enrolment."""
    body = f"{NUMBERS[size][:-1]}{int(NUMBERS[size][-1]) + offset}"
    clerk = at_work("jp-clerk", "/register/entries/new")
    clerk.get_by_label("姓名").fill(NAMES[size])
    clerk.get_by_label("身份证号（可不填）", exact=True).fill(body + check_character(body))
    clerk.get_by_label("住址").fill(f"长阳路{1700 + offset}弄3号201室")
    clerk.get_by_label("片区").select_option("310110008001")
    clerk.get_by_text("独居", exact=True).click()
    clerk.get_by_text("本人已同意探访").click()
    clerk.get_by_role("button", name="纳入名单库").click()
    expect(clerk.get_by_text("已纳入名单库")).to_be_visible()
    return re.findall(r"/entries/([0-9a-f-]{36})", clerk.url)[0]


def tells_of_the_death(officer: Page) -> None:
    """From the referral one tap: a slip of the pen is refused in words, then the change is told."""
    officer.get_by_role("link", name="登记人口变动").click()
    assert axe_finds(officer) == []
    officer.get_by_text("死亡", exact=True).click()
    officer.get_by_label("变动日期").fill("2099-01-01")
    officer.get_by_label("说明").fill("家属已办死亡证明")
    officer.get_by_role("button", name="送名单库核实").click()
    expect(officer.get_by_text("变动日期晚于今天").first).to_be_visible()
    officer.get_by_label("变动日期").fill(officer.evaluate("new Date().toISOString().slice(0, 10)"))
    officer.get_by_role("button", name="送名单库核实").click()
    expect(officer.get_by_text("转介已办结")).to_be_visible()
    reload_until(officer, officer.get_by_text("待名单库核实"))
    assert axe_finds(officer) == []


def finds_somebody(officer: Page, *, at: str) -> None:
    """Led in by the police; who decided it is not said."""
    officer.get_by_text("民警带领进入", exact=True).click()
    officer.get_by_label("进入时间").fill(at)
    officer.get_by_text("已见到本人", exact=True).click()
    officer.get_by_label("经过").fill("老人在家，水龙头没关。")
    officer.get_by_role("button", name="登记结果，办结转介").click()
