"""Signing in: right, wrong, too often, from elsewhere; and every sign-in can be closed at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask

from services.identity.handlers.accounts import put_account, reset_password
from services.identity.handlers.sign_in import (
    MOST_FAILURES_OF_IP,
    MOST_FAILURES_OF_LOGIN,
    MOST_FAILURES_OF_LOGIN_HERE,
    SIGN_IN_LIVES,
    WINDOW,
)
from shared.contracts.access import Principal, Role
from shared.persistence.engine import Database
from shared.platform.settings import Settings
from shared.web.signin import COOKIE
from tests.fakes import StandingClock
from tests.services.identity.conftest import JIANGPU, PASSWORD, START, account_id_of, person
from tests.story.waiting import until_somebody_waits
from tests.web.browsing import Browser, json_of

pytestmark = pytest.mark.usefixtures("people")


@pytest.mark.parametrize("asked", ["", "/"])
@pytest.mark.parametrize(
    ("login", "first"),
    [("jp.visitor", "/visits/"), ("jp.coordinator", "/coordination/"), ("jp.admin", "/accounts/")],
)
def test_a_right_password_leads_straight_to_work(
    browser: Browser, login: str, first: str, asked: str
) -> None:
    answer = browser.sign_in(login, PASSWORD, next=asked)

    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, "/work")
    assert browser.get("/work").location == first


def test_the_home_page_knows_who_is_there(browser: Browser) -> None:
    browser.sign_in("jp.coordinator", PASSWORD)

    assert "王敏，您好" in browser.get("/").text


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(browser: Browser) -> None:
    cookie = browser.sign_in("jp.coordinator", PASSWORD).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_login_and_a_wrong_password_look_the_same(app: Flask) -> None:
    wrong_password = Browser(app, address="192.0.2.1").sign_in("jp.coordinator", "nothing like it")
    wrong_login = Browser(app, address="192.0.2.1").sign_in("nobody.at.all", "nothing like it")

    assert wrong_password.status_code == wrong_login.status_code == HTTPStatus.FORBIDDEN
    assert "账号或密码不正确" in wrong_password.text
    assert wrong_login.text.count("账号或密码不正确") == 1


def test_what_was_typed_stays_but_never_the_password(browser: Browser) -> None:
    page = browser.sign_in("jp.coordinator", "nothing like it", next="/me").text

    assert 'value="jp.coordinator"' in page
    assert 'value="/me"' in page
    assert "nothing like it" not in page


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "////evil.example",
        "/\t/evil.example",
        "/me\r\nSet-Cookie: a=b",
        "me",
    ],
)
def test_signing_in_never_leads_to_another_site(browser: Browser, target: str) -> None:
    assert browser.sign_in("jp.coordinator", PASSWORD, next=target).location == "/work"


def test_the_sign_in_page_says_that_what_was_sent_is_not_saved(browser: Browser) -> None:
    sent = browser.client.post("/me/password", data={"new": "x"})

    assert "没有保存" in browser.get(sent.location).text
    assert "没有保存" not in browser.get("/sign-in?next=%2Fme").text


def test_signing_in_leads_back_to_the_page_that_was_asked_for(browser: Browser) -> None:
    refused = browser.get("/me?done=x")

    assert refused.location == "/sign-in?next=%2Fme%3Fdone%3Dx"
    assert browser.sign_in("jp.coordinator", PASSWORD, next="/me?done=x").location == "/me?done=x"


def test_five_failures_from_one_address_close_the_login_there_for_a_while(
    app: Flask, clock: StandingClock
) -> None:
    here = Browser(app, address="192.0.2.50")
    _fail(here, "jp.visitor", MOST_FAILURES_OF_LOGIN_HERE)

    closed = here.sign_in("jp.visitor", PASSWORD)
    assert closed.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert f"{WINDOW // timedelta(minutes=1)} 分钟后再试" in closed.text
    assert int(closed.headers["Retry-After"]) == WINDOW.total_seconds()
    assert "尝试次数过多" in closed.text
    assert (
        Browser(app, address="192.0.2.51").sign_in("jp.visitor", PASSWORD).status_code == HTTPStatus.SEE_OTHER
    )

    clock.at += WINDOW + timedelta(seconds=1)
    assert here.sign_in("jp.visitor", PASSWORD).status_code == HTTPStatus.SEE_OTHER


def test_who_guesses_at_the_old_password_of_somebody_signed_in_waits_like_one_at_the_door(
    app: Flask, clock: StandingClock
) -> None:
    here = Browser(app, address="192.0.2.77")
    here.sign_in("jp.visitor", PASSWORD)
    clock.at += timedelta(seconds=1)
    new = {"new": "summer 2027", "again": "summer 2027"}

    guesses = [
        here.post("/me/password", {**new, "old": f"guess {number}"}, on="/me")
        for number in range(MOST_FAILURES_OF_LOGIN_HERE)
    ]
    right = here.post("/me/password", {**new, "old": PASSWORD}, on="/me")

    assert {each.status_code for each in guesses} == {HTTPStatus.FORBIDDEN}
    assert right.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(right.headers["Retry-After"]) == WINDOW.total_seconds()


def test_who_has_forgotten_the_password_comes_in_as_soon_as_it_is_reset(
    app: Flask, database: Database
) -> None:
    """The page says 「如果忘记密码，请本单位管理员重置」, and the reset did not open the door."""
    admin = Principal(account_id=account_id_of("jp.admin"), jurisdiction_id=JIANGPU)
    with database.begin(admin, START) as work:
        put_account(person("jp.forgetful", "忘密码", Role.VISITOR, areas=("310110008001",)), work)
    here = Browser(app, address="192.0.2.52")
    _fail(here, "jp.forgetful", MOST_FAILURES_OF_LOGIN_HERE)

    with database.begin(admin, START) as work:
        reset_password(account_id_of("jp.forgetful"), "another 上午 2027", work)

    assert here.sign_in("jp.forgetful", "another 上午 2027").status_code == HTTPStatus.SEE_OTHER


def test_a_program_is_told_that_it_may_be_asked_to_wait(app: Flask) -> None:
    described = json_of(app.test_client().get("/api/openapi.json"))["paths"]["/api/sign-ins"]["post"]

    assert str(HTTPStatus.TOO_MANY_REQUESTS.value) in described["responses"]
    assert described["security"] == []


def test_who_signs_in_many_times_at_once_does_not_lock_themselves_out(app: Flask) -> None:
    """Each try is counted before its password is looked at: five on their way looked like five guesses."""
    places = [Browser(app, address="192.0.2.55") for _ in range(2 * MOST_FAILURES_OF_LOGIN_HERE)]

    with ThreadPoolExecutor(len(places)) as pool:
        answers = list(pool.map(lambda each: each.sign_in("zc.admin", PASSWORD), places))

    assert {each.status_code for each in answers} == {HTTPStatus.SEE_OTHER}


def test_nobody_comes_in_by_a_password_that_is_just_being_changed(
    app: Flask, database: Database, settings: Settings
) -> None:
    """To reset it closes every sign-in that there is; one that was under way came after."""
    admin = Principal(account_id=account_id_of("jp.admin"), jurisdiction_id=JIANGPU)
    with database.begin(admin, START) as work:
        put_account(person("jp.robbed", "被盗号", Role.VISITOR, areas=("310110008001",)), work)
    thief = Browser(app, address="192.0.2.57")

    with ThreadPoolExecutor(1) as pool, database.begin(admin, START) as work:
        reset_password(account_id_of("jp.robbed"), "another 上午 2027", work)
        answer = pool.submit(thief.sign_in, "jp.robbed", PASSWORD)
        until_somebody_waits(settings)
        work.commit()

    assert answer.result().status_code == HTTPStatus.FORBIDDEN
    assert thief.get("/work").location != "/visits/"


def test_guesses_sent_at_once_are_counted_like_any_others(app: Flask) -> None:
    places = [Browser(app, address="192.0.2.56") for _ in range(2 * MOST_FAILURES_OF_LOGIN_HERE)]

    with ThreadPoolExecutor(len(places)) as pool:
        answers = list(pool.map(lambda each: each.sign_in("zc.admin", "guess"), places))

    looked_at = [each for each in answers if each.status_code == HTTPStatus.FORBIDDEN]
    assert len(looked_at) == MOST_FAILURES_OF_LOGIN_HERE


def test_an_office_behind_one_address_is_not_shut_out_by_one_guesser(
    app: Flask, clock: StandingClock
) -> None:
    clock.at += timedelta(days=1)
    office = "192.0.2.60"
    Browser(app, address=office).sign_in("jp.coordinator", PASSWORD)
    for number in range(MOST_FAILURES_OF_IP):
        Browser(app, address=office).sign_in(f"guess{number}", "guess")

    assert (
        Browser(app, address=office).sign_in("jp.coordinator", PASSWORD).status_code == HTTPStatus.SEE_OTHER
    )
    stranger = Browser(app, address=office).sign_in("jp.admin", PASSWORD)
    assert stranger.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_stranger_guessing_from_everywhere_does_not_shut_out_the_owner(
    app: Flask, clock: StandingClock
) -> None:
    clock.at += timedelta(days=2)
    home = "192.0.2.70"
    Browser(app, address=home).sign_in("jp.admin", PASSWORD)
    for number in range(MOST_FAILURES_OF_LOGIN):
        Browser(app, address=f"192.0.2.{100 + number}").sign_in("jp.admin", "guess")

    assert (
        Browser(app, address="192.0.2.99").sign_in("jp.admin", PASSWORD).status_code
        == HTTPStatus.TOO_MANY_REQUESTS
    )
    assert Browser(app, address=home).sign_in("jp.admin", PASSWORD).status_code == HTTPStatus.SEE_OTHER


def test_signing_out_closes_the_sign_in_and_not_only_the_cookie(app: Flask, browser: Browser) -> None:
    browser.sign_in("jp.coordinator", PASSWORD)
    stolen = browser.cookie(COOKIE)
    browser.post("/sign-out", on="/")

    thief = Browser(app)
    thief.client.set_cookie(COOKIE, stolen)
    assert thief.get("/me").status_code == HTTPStatus.SEE_OTHER


def test_a_sign_in_ends_after_twelve_hours(browser: Browser, clock: StandingClock) -> None:
    browser.sign_in("jp.coordinator", PASSWORD)

    clock.at += SIGN_IN_LIVES - timedelta(seconds=1)
    assert browser.get("/me").status_code == HTTPStatus.OK
    clock.at += timedelta(seconds=1)
    assert browser.get("/me").status_code == HTTPStatus.SEE_OTHER


def test_a_person_sees_the_own_sign_ins_and_closes_one_on_another_device(app: Flask) -> None:
    phone, desk = Browser(app), Browser(app)
    phone.sign_in("jp.visitor", PASSWORD)
    desk.sign_in("jp.visitor", PASSWORD)
    listed = json_of(desk.client.get("/api/me/sign-ins"))

    for line in listed:
        desk.post(f"/me/sign-ins/{line['sign_in_id']}/revoke", on="/me")
    assert phone.get("/me").status_code == HTTPStatus.SEE_OTHER


def test_nobody_closes_the_sign_in_of_somebody_else(app: Flask) -> None:
    mine, theirs = Browser(app), Browser(app)
    mine.sign_in("jp.visitor", PASSWORD)
    theirs.sign_in("jp.coordinator", PASSWORD)
    foreign = json_of(theirs.client.get("/api/me/sign-ins"))[0]["sign_in_id"]

    assert mine.post(f"/me/sign-ins/{foreign}/revoke", on="/me").status_code == HTTPStatus.NOT_FOUND
    assert theirs.get("/me").status_code == HTTPStatus.OK


def _fail(browser: Browser, login: str, times: int) -> None:
    for _ in range(times):
        assert browser.sign_in(login, "guess").status_code == HTTPStatus.FORBIDDEN
