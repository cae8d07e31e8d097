"""Item 3 in a browser: somebody was not at home, is in hospital, and a second person confirms it."""

from playwright.sync_api import expect

from tests.browser.conftest import AtWork, reload_until
from tests.browser.people import enrolment_of

ELDER = "沈荣芬"


def test_hospital_is_reported_from_a_failed_try_and_confirmed_by_a_second_person(at_work: AtWork) -> None:
    """domain §0.2-3: at once on reminders, confirmed by somebody else, seen on the elder's page."""
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

    desk = at_work("zc-coordinator", "/register/confirm")
    waiting = desk.get_by_role("listitem").filter(has_text=ELDER[0]).filter(has_text="住院")
    expect(waiting).to_contain_text("邻居说明")
    waiting.get_by_role("button", name="核实属实").click()
    expect(desk.get_by_text("已核实。")).to_be_visible()

    desk.goto(f"{desk.url.split('/register')[0]}/coordination/elders/{elder}")
    reload_until(desk, desk.get_by_text("住院（已核实）"))
