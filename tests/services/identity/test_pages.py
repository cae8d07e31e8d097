"""Every page of identity can be read and used by everybody, and leads on to work."""

from http import HTTPStatus

import pytest

from tests.services.identity.conftest import PASSWORD, account_id_of
from tests.web.accessible import faults
from tests.web.browsing import Browser

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize(
    "path", ["/", "/me", "/accounts/", "/accounts/new", "/accounts/?search=nobody", "/nothing"]
)
def test_a_page_has_its_heading_its_labels_and_nothing_that_the_policy_would_block(
    browser: Browser, path: str
) -> None:
    browser.sign_in("jp.admin", PASSWORD)

    assert faults(browser.get(path).text) == []


def test_the_page_of_an_account_is_whole_too(browser: Browser) -> None:
    browser.sign_in("jp.admin", PASSWORD)

    assert faults(browser.get(f"/accounts/{account_id_of('jp.visitor')}").text) == []


def test_the_way_in_is_whole_with_and_without_an_error(browser: Browser) -> None:
    assert faults(browser.get("/sign-in").text) == []
    assert faults(browser.sign_in("jp.admin", "wrong").text) == []


@pytest.mark.parametrize(
    ("login", "offered", "not_offered"),
    [
        ("jp.visitor", "今日探访", "账号管理"),
        ("jp.coordinator", "今天要处理", "今日探访"),
        ("jp.admin", "账号管理", "今天要处理"),
    ],
)
def test_the_home_page_offers_what_the_roles_open_and_nothing_else(
    browser: Browser, login: str, offered: str, not_offered: str
) -> None:
    browser.sign_in(login, PASSWORD)
    page = browser.get("/").text

    assert offered in page
    assert not_offered not in page


def test_large_type_is_one_tap_and_needs_no_script(browser: Browser) -> None:
    switched = browser.post("/large-type", {"on": "1", "next": "/sign-in"}, on="/sign-in")

    assert switched.status_code == HTTPStatus.SEE_OTHER
    assert '<html lang="zh-CN" class="large">' in browser.get("/sign-in").text
