"""Item 3 in a browser: somebody was not at home, is in hospital, and a second person confirms it."""

from playwright.sync_api import expect

from tests.browser.conftest import AtWork, reload_until
from tests.browser.people import enrolment_of

ELDER = "沈荣芬"


def test_hospital_is_reported_from_a_failed_try_and_confirmed_by_a_second_person(at_work: AtWork) -> None:
    """Domain §0.2-3: at once on reminders and 未见到老人, which a second person ends; on the elder's page."""
    elder = enrolment_of(ELDER)
    phone = at_work("zc-visitor1", f"/visits/elders/{elder}/contact", "phone")
    phone.get_by_role("link", name="敲门没人应").click()
    phone.get_by_role("button", name="登记未见到").click()
    phone.get_by_role("link", name="登记住院、外出等状态").click()
    phone.get_by_text("住院", exact=True).click()
    phone.get_by_text("邻居", exact=True).click()
    phone.get_by_label("说明").fill("邻居王婶说昨晚送进了区医院。")
    phone.get_by_role("button", name="登记，立即生效").click()
    expect(phone.get_by_text("住院（待第二人核实）")).to_be_visible()

    desk = at_work("zc-coordinator", "/coordination/")
    explained = desk.get_by_role("region", name="有人说明了去向，待核实").get_by_role("listitem")
    expect(explained.filter(has_text=ELDER[0])).to_contain_text("住院 · 待核实")
    phone.goto(f"{phone.url.split('/register')[0]}/visits/")
    expect(phone.get_by_role("heading", name=ELDER)).to_have_count(0)

    desk.goto(f"{desk.url.split('/coordination')[0]}/register/confirm")
    waiting = desk.get_by_role("listitem").filter(has_text=ELDER[0]).filter(has_text="住院")
    expect(waiting).to_contain_text("邻居说明")
    waiting.get_by_role("button", name="核实属实").click()
    expect(desk.get_by_text("已核实。")).to_be_visible()

    desk.goto(f"{desk.url.split('/register')[0]}/coordination/elders/{elder}")
    reload_until(desk, desk.get_by_text("住院（已核实）"))
    reload_until(desk, desk.get_by_text("未见到老人：已有结果，自动办结：状态已核实"))
    desk.goto(f"{desk.url.split('/elders')[0]}/")
    expect(explained.filter(has_text=ELDER[0])).to_have_count(0)
