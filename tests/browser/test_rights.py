"""Item 8 in a browser, on the running stack: who gets in, how far, and for how long."""

from playwright.sync_api import expect

from deploy.local.stack import Stack
from tests.browser.conftest import AtWork, OpenPage, sign_in
from tests.browser.people import enrolment_of


def test_a_wrong_password_opens_nothing(open_page: OpenPage, stack: Stack) -> None:
    page = open_page("phone")
    page.goto(f"{stack.origin}/register/")
    sign_in(page, "zc-clerk", "not this one")
    expect(page.get_by_role("alert").filter(has_text="账号或密码不正确")).to_be_visible()
    page.goto(f"{stack.origin}/register/")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_a_clerk_of_another_town_sees_nobody_of_this_one(at_work: AtWork, stack: Stack) -> None:
    page = at_work("zc-clerk-other", "/register/")
    expect(page.get_by_role("heading", level=1)).to_have_text("名单库")
    expect(page.locator("tbody tr")).to_have_count(0)
    page.goto(f"{stack.origin}/register/entries/{enrolment_of('吕秀')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到这位老人")


def test_a_role_without_a_route_is_told_so_and_led_back(at_work: AtWork) -> None:
    page = at_work("jp-visitor2", "/coordination/", "phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("您没有办理这项工作的权限")
    page.get_by_role("link", name="返回工作首页").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("李建国，您好")


def test_a_device_that_is_shut_out_is_out_at_its_next_tap(at_work: AtWork) -> None:
    lost = at_work("jp-cadre3", "/", "phone", anew=True)
    own = at_work("jp-cadre3", "/me", anew=True)
    own.get_by_role("button", name="让它退出").click()
    expect(own.get_by_role("button", name="让它退出")).to_have_count(0)

    lost.get_by_role("link", name="吴国强").click()
    expect(lost.get_by_role("heading", level=1)).to_have_text("登录")


def test_whoever_may_only_look_is_offered_nothing_that_is_refused(at_work: AtWork) -> None:
    """An operator finds the way to a process, sees names masked, and no verb of a coordinator."""
    page = at_work("jp-operator", "/")
    page.get_by_role("link", name="今天要处理").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今天要处理")
    for verb in ("催办 · 批示", "指定探访人", "处理"):
        expect(page.get_by_role("link", name=verb, exact=True)).to_have_count(0)

    page.locator("a[href*='/coordination/elders/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("**")
    expect(page.get_by_role("main").get_by_role("link", name="办理进程（运维）")).to_be_visible()
    expect(page.get_by_role("link", name="转介", exact=True)).to_have_count(0)
