"""What every service gets from the kit: sign-in, form tokens, problems, headers, idempotent writes."""

import json
from http import HTTPStatus

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from services.identity.handlers.sign_in import SignedIn
from shared.persistence.engine import Database
from shared.platform.clock import SystemClock
from shared.platform.settings import Settings
from shared.platform.tokens import form_token
from shared.web.access import UnmarkedRouteError
from shared.web.app import create_app
from shared.web.signin import COOKIE
from tests.web.browsing import json_of
from tests.web.conftest import calls


@pytest.fixture
def person(app: Flask, visitor: SignedIn) -> FlaskClient:
    """A browser with the cookie."""
    client = app.test_client()
    client.set_cookie(COOKIE, visitor.token)
    return client


@pytest.fixture
def token(app: Flask, visitor: SignedIn) -> str:
    """The form token of that browser's pages."""
    return form_token(app.extensions["tanfang"].form_key, visitor.token)


@pytest.fixture
def bearer(visitor: SignedIn) -> dict[str, str]:
    """What a program sends."""
    return {"Authorization": f"Bearer {visitor.token}"}


def test_a_route_that_names_nobody_keeps_the_service_from_starting(
    settings: Settings, database: Database
) -> None:
    pages = Blueprint("careless", __name__)
    pages.add_url_rule("/careless", view_func=lambda: "everything")

    with pytest.raises(UnmarkedRouteError, match="GET /careless"):
        create_app(
            "identity", settings=settings, clock=SystemClock(), database=database, page_blueprints=[pages]
        )


def test_a_role_that_is_not_listed_is_refused(person: FlaskClient) -> None:
    refused = person.get("/officers")

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "您没有办理这项工作的权限" in refused.text


def test_a_stranger_is_led_to_the_sign_in_page_and_a_program_is_told(app: Flask) -> None:
    page = app.test_client().get("/form?x=1")
    fragment = app.test_client().get("/form", headers={"HX-Request": "true"})
    program = app.test_client().get("/api/notes")

    assert (page.status_code, page.location) == (HTTPStatus.SEE_OTHER, "/sign-in?next=%2Fform%3Fx%3D1")
    assert fragment.headers["HX-Redirect"].startswith("/sign-in")
    assert (program.status_code, json_of(program)["code"]) == (HTTPStatus.UNAUTHORIZED, "unauthenticated")
    assert program.headers["WWW-Authenticate"] == 'Bearer realm="tanfang"'


def test_who_saves_after_the_sign_in_has_ended_learns_that_nothing_was_saved(app: Flask) -> None:
    """They were shown the bare sign-in page, and believed the visit to be on record."""
    sent = app.test_client().post("/form", data={"note": "x"})

    assert sent.location == "/sign-in?next=%2F&unsaved=1"


@pytest.mark.parametrize("sent", [{}, {"csrf_token": "0" * 64}])
def test_a_form_without_the_token_of_this_sign_in_is_refused(
    person: FlaskClient, sent: dict[str, str]
) -> None:
    refused = person.post("/form", data=sent)

    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert "页面已过期" in refused.text


def test_a_form_with_its_token_is_taken_from_the_field_or_the_header(person: FlaskClient, token: str) -> None:
    assert person.post("/form", data={"csrf_token": token}).status_code == HTTPStatus.OK
    assert person.post("/form", headers={"X-CSRF-Token": token}).status_code == HTTPStatus.OK


def test_json_with_a_cookie_needs_the_token_and_json_with_a_bearer_does_not(
    app: Flask, person: FlaskClient, bearer: dict[str, str]
) -> None:
    assert json_of(person.post("/api/claim"))["code"] == "csrf_failed"
    assert json_of(app.test_client().post("/api/claim", headers=bearer))["code"] == "already_claimed"


def test_a_problem_says_what_happened_and_what_to_do(app: Flask, bearer: dict[str, str]) -> None:
    """RFC 9457."""
    answer = app.test_client().post("/api/claim", headers=bearer)

    assert answer.mimetype == "application/problem+json"
    body = json_of(answer)
    assert body.pop("request_id") == answer.headers["X-Request-Id"]
    assert body == {
        "type": "urn:tanfang:problem:already_claimed",
        "code": "already_claimed",
        "title": "已被认领",
        "status": 409,
        "detail": "已由 李霞 于 — 认领。",
        "what_now": ["查看进展"],
        "retryable": False,
        "errors": {},
        "facts": {"by": "李霞"},
    }


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("missing", HTTPStatus.NOT_FOUND, "没有找到这个页面"),
        ("claimed", HTTPStatus.CONFLICT, "已由 李霞 于 2024年3月1日 周五 00:30 认领"),
        ("unstorable", HTTPStatus.UNPROCESSABLE_ENTITY, "有几处需要修改"),
        ("away", HTTPStatus.SERVICE_UNAVAILABLE, "系统暂时不可用"),
        ("bug", HTTPStatus.INTERNAL_SERVER_ERROR, "系统出了点问题"),
    ],
)
def test_an_error_is_a_page_for_a_person_and_a_fragment_for_htmx(
    person: FlaskClient, kind: str, status: HTTPStatus, words: str
) -> None:
    page = person.get(f"/broken/{kind}")
    fragment = person.get(f"/broken/{kind}", headers={"HX-Request": "true"})

    assert page.status_code == fragment.status_code == status
    assert words in page.text
    assert words in fragment.text
    assert "<html" in page.text
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#problems"


def test_what_is_away_says_when_to_come_back(person: FlaskClient) -> None:
    assert int(person.get("/broken/away").headers["Retry-After"]) > 0


def test_an_unexpected_error_tells_nothing_of_what_it_held(
    person: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = person.get("/broken/bug")

    assert "370302195001011234" not in answer.text + capsys.readouterr().out


def test_a_wrong_method_keeps_its_allow_header(app: Flask) -> None:
    """flask-smorest's own error handler drops it (RFC 9110 §15.5.6)."""
    answer = app.test_client().delete("/api/notes")

    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"text": ["必填"]}),
        ({"text": "长" * 11}, {"text": ["应当是 2 到 10 个字"]}),
        ({"text": "可以", "other": 1}, {"other": ["没有这一项"]}),
        (
            {"text": "可以", "at": "2026-11-21T09:30:00"},
            {"at": ["时间必须带时区，例如 2026-11-21T09:30:00+08:00"]},
        ),
        ({"text": "可以", "area_code": "3101"}, {"area_code": ["应当是 12 位区划代码"]}),
        ({"text": "可以", "tags": [1, "x"]}, {"tags.1": ["应当是整数"]}),
        ({"text": "可以", "tags": [1.5, True]}, {"tags.0": ["应当是整数"], "tags.1": ["应当是整数"]}),
    ],
)
def test_fields_are_refused_in_chinese_by_name(
    app: Flask, bearer: dict[str, str], body: dict[str, object], errors: dict[str, list[str]]
) -> None:
    answer = app.test_client().post("/api/notes", json=body, headers={**bearer, "Idempotency-Key": "x"})

    assert (answer.status_code, json_of(answer)["errors"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, errors)


def test_a_misspelt_filter_is_refused_and_not_ignored(app: Flask, bearer: dict[str, str]) -> None:
    answer = app.test_client().get("/api/notes?limt=5", headers=bearer)

    assert json_of(answer)["errors"] == {"limt": ["没有这一项"]}


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"text": ' + "9" * 5000 + "}",
        '{"text": "half \\ud800"}',
        '{"text": "a", "text',
        "\x00",
    ],
    ids=["deep", "a number without end", "half a character", "cut off", "no text"],
)
def test_a_body_that_nobody_writes_is_malformed_and_no_fault_of_ours(
    app: Flask, bearer: dict[str, str], body: str
) -> None:
    answer = app.test_client().post("/api/notes", data=body, headers=bearer, content_type="application/json")

    assert (answer.status_code, json_of(answer)["code"]) == (HTTPStatus.BAD_REQUEST, "malformed")


def test_a_body_of_another_kind_is_refused_and_not_passed_over(app: Flask, bearer: dict[str, str]) -> None:
    """A form sent to the API would lose all its words and be taken for an empty request."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = app.test_client().post("/api/notes", data="text=hello", headers=bearer, content_type=kind)

        assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        assert json_of(answer)["detail"] == "这个地址只接受 JSON 格式的内容。"


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00", "1899-12-31T00:00:00Z"]
)
def test_an_instant_outside_of_every_calendar_is_refused(app: Flask, bearer: dict[str, str], at: str) -> None:
    body = {"text": "hello", "at": at}
    answer = app.test_client().post("/api/notes", json=body, headers=bearer | {"Idempotency-Key": at})

    assert (answer.status_code, json_of(answer)["errors"]) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        {"at": ["日期或时间格式不正确"]},
    )


@pytest.mark.parametrize(
    ("field", "sent", "words"),
    [
        ("on", "0001-01-01", "日期格式不正确，例如 2026-11-21"),
        ("on", "9999-12-31", "日期格式不正确，例如 2026-11-21"),
        ("tags", [1, 2, 3, 4], "最多 3 项"),
        ("text", "十一个字的话多了一个字", "应当是 2 到 10 个字"),
    ],
)
def test_a_day_lies_in_a_calendar_and_a_list_has_items_where_a_text_has_characters(
    app: Flask, bearer: dict[str, str], field: str, sent: object, words: str
) -> None:
    body = {"text": "hello", field: sent}
    answer = app.test_client().post("/api/notes", json=body, headers=bearer | {"Idempotency-Key": "x"})

    assert json_of(answer)["errors"] == {field: [words]}


def test_what_cannot_be_seen_is_not_part_of_what_was_said(app: Flask, bearer: dict[str, str]) -> None:
    """Control characters and marks without width come along with what is pasted, ends of lines around it."""
    kept = app.test_client().post(
        "/api/notes",
        json={"text": "\r\n在\x00家\u200b\ufeff。\n"},
        headers={**bearer, "Idempotency-Key": "unseen"},
    )
    nothing = app.test_client().post(
        "/api/notes", json={"text": "\x00 \u202e\n"}, headers={**bearer, "Idempotency-Key": "nothing"}
    )

    assert kept.status_code == HTTPStatus.CREATED
    assert calls[-1].endswith(": 在家。")
    assert json_of(nothing)["errors"] == {"text": ["应当是 2 到 10 个字"]}


def test_a_body_that_is_not_json_is_malformed(app: Flask, bearer: dict[str, str]) -> None:
    headers = {**bearer, "Content-Type": "application/json"}

    answer = app.test_client().post("/api/notes", data="{", headers=headers)

    assert (answer.status_code, json_of(answer)["code"]) == (HTTPStatus.BAD_REQUEST, "malformed")


def test_the_same_key_acts_once_and_answers_the_same(app: Flask, bearer: dict[str, str]) -> None:
    before = len(calls)
    headers = {**bearer, "Idempotency-Key": "note-1"}

    answers = [
        app.test_client().post("/api/notes", json={"text": "在家"}, headers=headers) for _ in range(10)
    ]
    other = app.test_client().post("/api/notes", json={"text": "外出"}, headers=headers)

    assert {(answer.status_code, answer.text) for answer in answers} == {
        (HTTPStatus.CREATED, json.dumps({"number": before + 1}, separators=(",", ":")) + "\n")
    }
    assert json_of(other)["code"] == "idempotency_key_mismatch"
    assert len(calls) == before + 1


def test_a_polled_fragment_costs_nothing_while_nothing_changes(person: FlaskClient) -> None:
    first = person.get("/polled?says=one")
    again = person.get("/polled?says=one", headers={"If-None-Match": first.headers["ETag"]})
    changed = person.get("/polled?says=two", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")
    assert changed.text == "two"
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_every_answer_forbids_what_a_page_of_ours_never_does(person: FlaskClient) -> None:
    for path in ("/open", "/api/notes", "/nothing", "/static/app.css"):
        with person.get(path) as answer:
            headers = answer.headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_is_never_kept_by_a_shared_machine_and_a_static_file_is(person: FlaskClient) -> None:
    assert person.get("/form").headers["Cache-Control"] == "no-store"
    with person.get("/static/app.css") as static:
        assert "max-age=31536000" in static.headers["Cache-Control"]


def test_health_needs_nobody(app: Flask) -> None:
    client = app.test_client()

    assert json_of(client.get("/healthz"))["status"] == "ok"
    assert json_of(client.get("/readyz"))["parts"] == {"database": True}


def test_the_api_describes_itself_in_openapi_3_1(app: Flask) -> None:
    described = json_of(app.test_client().get("/api/openapi.json"))

    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]["/api/notes"]) == {"get", "post"}
