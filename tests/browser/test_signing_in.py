"""Item 8 in a browser: signing in on a phone, large type, and a sign-in that is closed at once."""

import threading
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid5

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from services.identity.app import create
from services.identity.handlers.accounts import PutAccount, Rights, put_account
from shared.contracts.access import Principal, Role
from shared.persistence.engine import Database
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.browser.conftest import OpenPage, sideways, too_small
from tests.browser.served import Silent

PASSWORD = "a quiet 上午 2026"


@pytest.fixture(scope="module")
def origin(settings: Settings) -> Iterator[str]:
    """Identity, served on a port of its own."""
    database = Database(settings, Login.IDENTITY)
    _people(database, SystemClock().now())
    app = create(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["tanfang"].database.close()
    database.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_signing_in_leads_to_work_with_and_without_scripts(
    open_page: OpenPage, origin: str, size: str, *, script: bool
) -> None:
    page = open_page(size, script=script)
    page.goto(f"{origin}/accounts/")
    _sign_in(page, "jp.admin", "wrong")
    expect(page.get_by_role("alert").filter(has_text="账号或密码不正确")).to_be_visible()
    expect(page.get_by_label("账号", exact=True)).to_have_value("jp.admin")

    _sign_in(page, "jp.admin", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("账号管理")
    assert page.url == f"{origin}/accounts/"


@pytest.mark.parametrize("path", ["/sign-in", "/", "/me", "/accounts/", "/accounts/new", "/nothing"])
def test_every_page_fits_a_phone_and_a_thumb_in_both_sizes_of_type(
    open_page: OpenPage, origin: str, path: str
) -> None:
    """MIIT 2021 适老化: targets from 44 px, 60 px in large type; nothing sideways."""
    page = open_page("phone")
    page.goto(f"{origin}/sign-in")
    if path != "/sign-in":
        _sign_in(page, "jp.admin", PASSWORD)
        page.goto(f"{origin}{path}")
    assert (sideways(page), too_small(page, 44)) == (0, [])

    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_class("large")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    assert (sideways(page), too_small(page, 60)) == (0, [])


def test_large_type_stays_from_page_to_page(open_page: OpenPage, origin: str) -> None:
    page = open_page("phone", script=False)
    page.goto(f"{origin}/sign-in")
    page.get_by_role("button", name="大字版").click()

    expect(page.locator("html")).to_have_class("large")
    page.goto(f"{origin}/sign-in")
    expect(page.locator("html")).to_have_class("large")


def test_a_lost_phone_is_shut_out_at_its_next_tap(open_page: OpenPage, origin: str) -> None:
    phone, desk = open_page("phone"), open_page("desk")
    phone.goto(f"{origin}/me")
    _sign_in(phone, "jp.visitor", PASSWORD)
    expect(phone.get_by_role("heading", level=1)).to_have_text("我的账号")

    desk.goto(f"{origin}/accounts/")
    _sign_in(desk, "jp.admin", PASSWORD)
    desk.get_by_role("link", name="张红").click()
    desk.get_by_role("button", name="退出全部登录").click()
    expect(desk.get_by_text("所有登录已立即退出")).to_be_visible()

    phone.get_by_role("link", name="张红").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("登录")


def _sign_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("账号", exact=True).fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def _people(database: Database, now: datetime) -> None:
    installer = Principal(account_id=UUID(int=1), jurisdiction_id="shanghai_jiangpu")
    with database.begin(installer, now) as work:
        for login, name, role in (("jp.admin", "吴静", Role.ADMIN), ("jp.visitor", "张红", Role.VISITOR)):
            put_account(
                PutAccount(
                    account_id=uuid5(UUID(int=7), login),
                    login=login,
                    name=name,
                    password=PASSWORD,
                    rights=Rights(roles=(role,)),
                ),
                work,
            )
