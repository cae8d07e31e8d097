"""Accounts: opened, given rights, locked; a change counts from the person's very next request."""

import re
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shared.platform.settings import Environment, Settings, SettingsRefusedError
from tests.services.identity.conftest import JUSTICE, OFFICE, PASSWORD, account_id_of
from tests.web.browsing import Browser, json_of

pytestmark = pytest.mark.usefixtures("people")

NEW = {
    "name": "林芳",
    "login": "jp.linfang",
    "password": "spring 2027",
    "roles": ["visitor"],
    "unit_id": OFFICE,
}


@pytest.fixture
def admin(app: Flask) -> Browser:
    browser = Browser(app)
    browser.sign_in("jp.admin", PASSWORD)
    return browser


def test_an_administrator_opens_an_account_that_can_sign_in(app: Flask, admin: Browser) -> None:
    opened = admin.post("/accounts/new", NEW, on="/accounts/new")

    assert opened.status_code == HTTPStatus.SEE_OTHER
    assert Browser(app).sign_in("jp.linfang", "spring 2027").status_code == HTTPStatus.SEE_OTHER


def test_who_belongs_to_two_units_keeps_both_when_something_else_is_changed(admin: Browser) -> None:
    """The page names one unit: saved for another reason, it ended every other membership without a word."""
    page = admin.post("/accounts/new", {**NEW, "login": "jp.both"}, on="/accounts/new").location.partition(
        "?"
    )[0]
    one = {"roles": ["visitor"], "unit_id": OFFICE, "position": "member"}
    saved = admin.post(f"{page}/rights", {**one, "also": [f"{JUSTICE}/deputy"]}, on=page)
    shown = admin.get(page).text
    [kept] = re.findall(r'name="also" value="([^"]+)" checked', shown)

    assert saved.status_code == HTTPStatus.SEE_OTHER
    assert {kept, *re.findall(r'<option value="([^"]+)" selected', shown)} in (
        {f"{JUSTICE}/deputy", OFFICE, "member"},
        {f"{OFFICE}/member", JUSTICE, "deputy"},
    )
    admin.post(f"{page}/rights", one, on=page)
    assert 'name="also"' not in admin.get(page).text
    refused = admin.post(f"{page}/rights", {**one, "also": ["nonsense"]}, on=page)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_who_saves_rights_second_is_told_and_takes_nothing_from_what_was_saved_first(admin: Browser) -> None:
    """Of two administrators with the page open, the second silently took away what the first had given."""
    page = admin.post("/accounts/new", {**NEW, "login": "jp.raced"}, on="/accounts/new").location
    page = page.partition("?")[0]
    [address] = re.findall(r'action="([^"]+/rights[^"]*)"', admin.get(page).text)
    given = {"roles": ["visitor", "officer"], "unit_id": OFFICE, "position": "lead"}
    first = [admin.post(address, given, on=page).status_code for _ in range(2)]
    second = admin.post(address, {"roles": ["visitor"], "unit_id": OFFICE, "position": "member"}, on=page)

    assert first == [HTTPStatus.SEE_OTHER] * 2
    assert second.status_code == HTTPStatus.CONFLICT
    assert "其他管理员刚改过这个账号" in second.text
    assert re.search(r'value="officer" checked', second.text)


def test_a_login_is_taken_once_in_all_towns(admin: Browser) -> None:
    refused = admin.post("/accounts/new", {**NEW, "login": "zc.admin"}, on="/accounts/new")

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "账号“zc.admin”已存在" in refused.text
    assert 'value="林芳"' in refused.text


@pytest.mark.parametrize(
    ("password", "words"),
    [("short 1", "至少 10 个字符"), ("jp.weak 2027", "不能包含账号名"), ("1234567890", "两种")],
)
def test_a_weak_password_is_refused_with_what_is_wrong(admin: Browser, password: str, words: str) -> None:
    refused = admin.post(
        "/accounts/new", {**NEW, "login": "jp.weak", "password": password}, on="/accounts/new"
    )

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in refused.text


def test_nobody_is_given_a_unit_or_an_area_of_another_town(admin: Browser) -> None:
    foreign_unit = admin.post(
        "/accounts/new", {**NEW, "login": "jp.x1", "unit_id": "zibo_zichuan:civil_office"}, on="/accounts/new"
    )
    foreign_area = admin.post(
        "/accounts/new", {**NEW, "login": "jp.x2", "areas": ["370302"]}, on="/accounts/new"
    )

    assert foreign_unit.status_code == foreign_area.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_administrator_never_sees_the_accounts_of_another_town(admin: Browser) -> None:
    listed = json_of(admin.client.get("/api/accounts"))["items"]

    assert "zc.admin" not in {line["login"] for line in listed}
    assert admin.get(f"/accounts/{account_id_of('zc.admin')}").status_code == HTTPStatus.NOT_FOUND


def test_a_search_for_an_account_takes_every_character_for_itself(admin: Browser) -> None:
    """`%` found everybody."""
    assert json_of(admin.client.get("/api/accounts?search=jp.adm"))["items"]
    assert json_of(admin.client.get("/api/accounts?search=%25"))["items"] == []


def test_a_lost_role_is_refused_at_the_very_next_request(app: Flask, admin: Browser) -> None:
    deputy = Browser(app)
    admin.post("/accounts/new", {**NEW, "login": "jp.deputy", "roles": ["admin"]}, on="/accounts/new")
    deputy.sign_in("jp.deputy", "spring 2027")
    assert deputy.get("/accounts/").status_code == HTTPStatus.OK

    me = json_of(deputy.client.get("/api/me"))["account_id"]
    admin.post(f"/accounts/{me}/rights", {"roles": ["visitor"], "position": "member"}, on="/accounts/new")

    assert deputy.get("/accounts/").status_code == HTTPStatus.FORBIDDEN
    assert json_of(deputy.client.get("/api/me"))["units"] == []


def test_a_locked_account_is_refused_at_the_very_next_request(app: Flask, admin: Browser) -> None:
    person = Browser(app)
    admin.post("/accounts/new", {**NEW, "login": "jp.leaver"}, on="/accounts/new")
    person.sign_in("jp.leaver", "spring 2027")
    me = json_of(person.client.get("/api/me"))["account_id"]

    admin.post(f"/accounts/{me}/lock", on="/accounts/new")

    assert person.get("/me").status_code == HTTPStatus.SEE_OTHER
    again = person.sign_in("jp.leaver", "spring 2027")
    assert again.status_code == HTTPStatus.FORBIDDEN
    assert "账号已停用" in again.text


def test_revoking_closes_every_sign_in_and_token_at_once(app: Flask, admin: Browser) -> None:
    person = Browser(app)
    admin.post("/accounts/new", {**NEW, "login": "jp.lost"}, on="/accounts/new")
    person.sign_in("jp.lost", "spring 2027")
    me = json_of(person.client.get("/api/me"))["account_id"]
    token = _token(app, "jp.lost", "spring 2027")

    admin.post(f"/accounts/{me}/sign-ins/revoke", on="/accounts/new")

    assert person.get("/me").status_code == HTTPStatus.SEE_OTHER
    assert _with(app, token).status_code == HTTPStatus.UNAUTHORIZED


def test_administrators_lock_neither_themselves_nor_the_administration_out(admin: Browser) -> None:
    me = account_id_of("jp.admin")

    assert admin.post(f"/accounts/{me}/lock", on="/accounts/new").status_code == HTTPStatus.CONFLICT
    demoted = admin.post(f"/accounts/{me}/rights", {"roles": ["visitor"]}, on="/accounts/new")
    assert demoted.status_code == HTTPStatus.CONFLICT


def test_a_changed_password_closes_the_other_devices_but_not_this_one(app: Flask, admin: Browser) -> None:
    admin.post("/accounts/new", {**NEW, "login": "jp.careful"}, on="/accounts/new")
    here, there = Browser(app), Browser(app)
    here.sign_in("jp.careful", "spring 2027")
    there.sign_in("jp.careful", "spring 2027")

    wrong = here.post("/me/password", {"old": "no", "new": "summer 2027", "again": "summer 2027"}, on="/me")
    same = here.post(
        "/me/password", {"old": "spring 2027", "new": "spring 2027", "again": "spring 2027"}, on="/me"
    )
    uneven = here.post("/me/password", {"old": "spring 2027", "new": "summer 2027", "again": "x"}, on="/me")
    done = here.post(
        "/me/password", {"old": "spring 2027", "new": "summer 2027", "again": "summer 2027"}, on="/me"
    )

    assert "原密码不正确" in wrong.text
    assert "两次输入的新密码不一致" in uneven.text
    assert same.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "新密码与原密码相同" in same.text
    assert done.status_code == HTTPStatus.SEE_OTHER
    assert here.get("/me").status_code == HTTPStatus.OK
    assert there.get("/me").status_code == HTTPStatus.SEE_OTHER


def test_a_program_works_with_a_token_that_holds_fewer_roles(app: Flask) -> None:
    token = _token(app, "jp.admin", PASSWORD)
    issued = app.test_client().post(
        "/api/me/tokens",
        json={"label": "sync", "roles": ["admin"], "days": 30},
        headers={"Authorization": f"Bearer {token}"},
    )
    too_much = app.test_client().post(
        "/api/me/tokens",
        json={"label": "sync", "roles": ["coordinator"], "days": 30},
        headers={"Authorization": f"Bearer {token}"},
    )

    assert issued.status_code == HTTPStatus.CREATED
    assert json_of(_with(app, json_of(issued)["token"]))["roles"] == ["admin"]
    assert json_of(too_much)["code"] == "role_not_held"


def test_the_same_request_to_open_an_account_opens_it_once(app: Flask) -> None:
    token = _token(app, "jp.admin", PASSWORD)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "open-twice"}
    body = {"login": "jp.second", "name": "何平", "password": "spring 2027"}

    answers = [app.test_client().post("/api/accounts", json=body, headers=headers) for _ in range(3)]
    other = app.test_client().post("/api/accounts", json={**body, "name": "何方"}, headers=headers)
    keyless = app.test_client().post("/api/accounts", json=body, headers={"Authorization": f"Bearer {token}"})

    assert {answer.status_code for answer in answers} == {HTTPStatus.CREATED}
    assert len({answer.text for answer in answers}) == 1
    assert (other.status_code, json_of(other)["code"]) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "idempotency_key_mismatch",
    )
    assert keyless.status_code == HTTPStatus.PRECONDITION_REQUIRED


@pytest.mark.parametrize(
    ("field", "sent"),
    [("login", "jp.ｌine"), ("phone", "１３８00000000"), ("areas", ["３10110008"]), ("name", "何平\n停用")],
)
def test_numbers_logins_and_names_are_written_as_they_are_typed_elsewhere(
    app: Flask, field: str, sent: object
) -> None:
    """Digits of another script look alike and are found by nobody; a name of two lines breaks every list."""
    headers = {"Authorization": f"Bearer {_token(app, 'jp.admin', PASSWORD)}", "Idempotency-Key": field}
    body = {"login": "jp.digits", "name": "何平", "password": "spring 2027"}
    said = {"rights": {field: sent}} if field == "areas" else {field: sent}

    assert app.test_client().post("/api/accounts", json=body | said, headers=headers).status_code == 422


def test_the_answer_to_a_change_of_rights_says_the_rights_there_are_now(app: Flask) -> None:
    """It left the areas out: who read it believed that the account answers for nowhere."""
    headers = {"Authorization": f"Bearer {_token(app, 'jp.admin', PASSWORD)}", "Idempotency-Key": "areas"}
    rights = {"roles": ["visitor"], "units": {OFFICE: "member"}, "areas": ["310110008"]}
    body = {"login": "jp.areas", "name": "何平", "password": "spring 2027", "rights": rights}

    opened = json_of(app.test_client().post("/api/accounts", json=body, headers=headers))
    changed = app.test_client().put(
        f"/api/accounts/{opened['account_id']}/rights",
        json={**rights, "areas": ["310110008001"]},
        headers={**headers, "Idempotency-Key": "narrower"},
    )

    assert opened["areas"] == ["310110008"]
    assert json_of(changed)["areas"] == ["310110008001"]


def test_a_telephone_can_be_changed_after_the_account_was_opened(app: Flask, admin: Browser) -> None:
    """It could be said at the opening alone: who changed numbers was told by no text message."""
    account_id = account_id_of("jp.visitor")
    headers = {"Authorization": f"Bearer {_token(app, 'jp.admin', PASSWORD)}"}
    where = f"/accounts/{account_id}"

    def put(phone: str | None) -> TestResponse:
        return app.test_client().put(f"/api{where}/phone", json={"phone": phone}, headers=headers)

    assert json_of(put("139 0000 0000"))["phone"] == "139 0000 0000"
    assert put("电话").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert put("+- - -").status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    wrong = admin.post(f"{where}/phone", {"phone": "测试"}, on=where)
    assert (wrong.status_code, 'value="测试"' in wrong.text) == (HTTPStatus.UNPROCESSABLE_ENTITY, True)
    admin.post(f"{where}/phone", {"phone": "0533-7654321"}, on=where)
    assert "0533-7654321" in admin.get(where).text

    assert json_of(put(None))["phone"] is None


def test_a_role_that_is_said_twice_is_one_role(app: Flask) -> None:
    """The answer was an error of ours."""
    headers = {
        "Authorization": f"Bearer {_token(app, 'jp.admin', PASSWORD)}",
        "Idempotency-Key": "said twice",
    }
    rights = {"roles": ["officer", "officer"], "units": {OFFICE: "member"}}
    body = {"login": "jp.tworoles", "name": "何平", "password": "spring 2027", "rights": rights}

    opened = app.test_client().post("/api/accounts", json=body, headers=headers)

    assert opened.status_code == 201, opened.text
    assert json_of(opened)["roles"] == ["officer"]


def test_administrators_who_work_at_the_same_moment_are_each_answered(app: Flask) -> None:
    """One login for two people, and two changes of one person's rights: all but one met an error of ours."""
    token = _token(app, "jp.admin", PASSWORD)

    def call(number: int, path: str = "/api/accounts", **body: object) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"at-once-{path}-{number}"}
        method = "POST" if path == "/api/accounts" else "PUT"
        return app.test_client().open(path, method=method, json=body, headers=headers)

    def opened(number: int) -> TestResponse:
        return call(number, login="jp.atonce", name=f"何{number}", password="spring 2027")

    def changed(number: int) -> TestResponse:
        rights = {"roles": [["visitor"], ["cadre"]][number % 2], "areas": ["310110008"]}
        return call(
            number,
            f"/api/accounts/{account_id}/rights",
            **rights,
            units={OFFICE: ["member", "lead"][number % 2]},
        )

    with ThreadPoolExecutor(6) as pool:
        first = list(pool.map(opened, range(6)))
        account_id = next(
            json_of(each)["account_id"] for each in first if each.status_code == HTTPStatus.CREATED
        )
        second = list(pool.map(changed, range(6)))

    assert sorted(each.status_code for each in first) == [HTTPStatus.CREATED, *[HTTPStatus.CONFLICT] * 5]
    assert {each.status_code for each in second} == {HTTPStatus.OK}


def test_production_refuses_demonstration_accounts() -> None:
    with pytest.raises(SettingsRefusedError, match="demonstration"):
        Settings(
            environment=Environment.PRODUCTION,
            master_keys="a:bm90IHRoZSBkZWZhdWx0IG1hc3RlciBrZXksIDMyIGI=",
            index_key="bm90IHRoZSBkZWZhdWx0IGluZGV4IGtleSwgMzIgYnk=",
            cookie_secure=True,
            demonstration=True,
        ).check()


def _token(app: Flask, login: str, password: str) -> str:
    answer = app.test_client().post("/api/sign-ins", json={"login": login, "password": password})
    token: str = json_of(answer)["token"]
    return token


def _with(app: Flask, token: str) -> TestResponse:
    return app.test_client().get("/api/me", headers={"Authorization": f"Bearer {token}"})
