"""Putting a record right, and many at once, over HTTP: for programs and for a browser without scripts."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from tests.services.visits.browsing import put_json
from tests.services.visits.conftest import JIANGPU, LANE_CADRE, LANE_VISITOR, SECOND_VISITOR, MakeElder
from tests.web.browsing import Browser, json_of

As = Callable[..., Browser]
API = "/visits/api/contacts"
BATCH = "/visits/batch"


def recorded(browser: Browser, elder: UUID, **body: Any) -> UUID:
    contact_id = uuid4()
    said = {"mode": "at_home", "reach": "spoken_with", "enrolment_id": str(elder), **body}
    assert put_json(browser, f"{API}/{contact_id}", **said).status_code == HTTPStatus.OK
    return contact_id


def test_a_slip_is_struck_out_on_its_page_and_stays_in_the_book(as_: As, make_elder: MakeElder) -> None:
    browser, elder = as_(), make_elder()
    contact_id = recorded(browser, elder, note="血压偏高")
    page = f"/visits/contacts/{contact_id}"
    assert "作废这次记录" in browser.get(page).text

    without = browser.post(f"{page}/void", {}, on=page)
    assert without.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    done = browser.post(f"{page}/void", {"reason": "wrong_elder"}, on=page)

    struck = browser.get(done.headers["Location"]).text
    assert "已作废" in struck
    assert "刘洋" in struck
    assert "记错了老人" in struck
    assert "作废这次记录" not in struck
    book = browser.get(f"/visits/elders/{elder}/book").text
    assert "血压偏高" in book
    assert "记错了老人" in book


def test_nobody_else_is_offered_it_and_who_tries_is_told_whom_to_ask(as_: As, make_elder: MakeElder) -> None:
    elder = make_elder()
    contact_id = recorded(as_(), elder)
    other = as_(SECOND_VISITOR)

    assert "作废这次记录" not in other.get(f"/visits/contacts/{contact_id}").text
    refused = put_json(other, f"{API}/{contact_id}/void", reason="wrong_elder")
    assert (refused.status_code, json_of(refused)["code"]) == (HTTPStatus.FORBIDDEN, "void_not_yours")
    assert "请告诉探访人或统筹员" in refused.get_data(as_text=True)


def test_a_program_voids_twice_and_gets_one_answer(as_: As, make_elder: MakeElder) -> None:
    browser = as_()
    contact_id = recorded(browser, make_elder())
    first, second = (put_json(browser, f"{API}/{contact_id}/void", reason="entered_twice") for _ in range(2))
    assert json_of(first) == json_of(second)
    assert json_of(browser.get(f"/visits/api/contacts/{contact_id}"))["contact_id"] == str(contact_id)


def test_what_a_quick_record_lacks_is_added_on_a_page_that_asks_for_nothing_else(
    as_: As, make_elder: MakeElder
) -> None:
    """Z-68, J-22."""
    browser, elder = as_(), make_elder()
    contact_id = recorded(browser, elder, findings={"needs": "no_change"}, service_items=["comfort"])
    page = f"/visits/contacts/{contact_id}/completion"
    asked = browser.get(page).text
    assert "finding.hazards" in asked
    assert "finding.needs" not in asked
    assert 'value="comfort"' not in asked

    fields = {"addition_id": str(uuid4()), "entry_consent": "oral", "rest": "unchanged", "note": "傍晚补记"}
    for _ in range(2):
        saved = browser.post(page, fields, on=page)
        assert saved.status_code == HTTPStatus.SEE_OTHER
    shown = browser.get(saved.headers["Location"]).text
    assert "记录不全" not in shown
    assert "傍晚补记" in shown
    line = json_of(browser.get(f"/visits/api/elders/{elder}/contacts"))["items"][0]
    assert (line["gaps"], line["findings"], line["entry_consent"]) == ([], {"needs": "no_change"}, "missing")
    assert [each["by"] for each in line["additions"]] == ["刘洋"]


def test_an_addition_that_says_nothing_comes_back_with_what_was_typed(as_: As, make_elder: MakeElder) -> None:
    browser = as_()
    contact_id = recorded(browser, make_elder(), entry_consent="oral")
    page = f"/visits/contacts/{contact_id}/completion"
    again = browser.post(
        page, {"addition_id": str(uuid4()), "entry_consent": "oral", "note": "都好"}, on=page
    )
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "这项已经记下" in again.text
    assert "都好" in again.text


def test_a_sheet_is_typed_in_at_once_and_the_refused_line_comes_back_alone(
    as_: As, make_elder: MakeElder
) -> None:
    """X-31: one tap a line; per line a result, per refusal a reason."""
    cadre, fine, taken = as_(LANE_CADRE), make_elder(JIANGPU, name="安康"), make_elder(JIANGPU, name="常乐")
    used = recorded(cadre, fine)
    fields: dict[str, object] = {
        "batch_id": str(uuid4()),
        "on": "2026-11-18",
        "visitor_id": str(LANE_VISITOR.account_id),
        f"pick.{fine}": str(uuid4()),
        f"way.{fine}": "at_home.spoken_with",
        f"pick.{taken}": str(used),
        f"way.{taken}": "phone.spoken_with",
        f"note.{taken}": "下午再问",
    }
    sheet = f"{BATCH}?scope=all"
    half = cadre.post(sheet, fields, on=sheet)
    assert half.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "已登记 1 位" in half.text
    assert "1 位没有登记" in half.text
    assert "下午再问" in half.text
    assert f"pick.{fine}" not in half.text

    done = cadre.post(sheet, {**fields, f"pick.{taken}": str(uuid4())}, on=sheet)
    assert done.status_code == HTTPStatus.SEE_OTHER
    shown = cadre.get(done.headers["Location"]).text
    assert "集中登记 2 位" in shown
    assert "实际探访人 张红" in shown
    book = cadre.get(f"/visits/elders/{fine}/book").text
    assert "代录 周敏" in book
    assert re.search(r'href="/visits/batches/[0-9a-f-]+">集中登记', book)


def test_yesterdays_sheet_needs_its_time_and_its_reason_once(as_: As, make_elder: MakeElder) -> None:
    browser, elder = as_(LANE_VISITOR), make_elder(JIANGPU)
    sheet = f"{BATCH}?scope=all&on=2026-11-17"
    fields: dict[str, object] = {
        "batch_id": str(uuid4()),
        "on": "2026-11-17",
        "visitor_id": str(LANE_VISITOR.account_id),
        f"pick.{elder}": str(uuid4()),
        f"way.{elder}": "at_home.spoken_with",
    }
    assert "补录请填写时间" in browser.post(sheet, fields, on=sheet).text
    assert "补录请写原因" in browser.post(sheet, {**fields, "at": "15:00"}, on=sheet).text
    done = browser.post(sheet, {**fields, "at": "15:00", "late_reason": "集中活动"}, on=sheet)
    assert done.status_code == HTTPStatus.SEE_OTHER
    nobody = {name: value for name, value in fields.items() if not name.startswith("pick.")}
    assert "请至少勾选一位老人" in browser.post(sheet, nobody, on=sheet).text


def test_a_program_types_in_a_batch_and_learns_row_by_row(as_: As, make_elder: MakeElder) -> None:
    browser, elder, batch_id = as_(), make_elder(), uuid4()
    spoken = {"mode": "at_home", "reach": "spoken_with"}
    rows = [
        {**spoken, "contact_id": str(uuid4()), "enrolment_id": str(elder)},
        {**spoken, "contact_id": str(uuid4()), "enrolment_id": str(uuid4())},
    ]
    first, second = (put_json(browser, f"/visits/api/batches/{batch_id}", rows=rows) for _ in range(2))

    assert json_of(first) == json_of(second)
    fine, refused = json_of(first)["rows"]
    assert (fine["refused"], fine["recorded"]["contact_id"]) == (None, rows[0]["contact_id"])
    assert (refused["recorded"], refused["refused"]["code"]) == (None, "enrolment_not_found")


def test_a_day_that_is_none_is_refused_in_words_alone(as_: As) -> None:
    """A year typed with five digits: the page said 「on：日期格式不正确」."""
    refused = as_().get("/visits/batch?on=20266-11-23")
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "<li>日期格式不正确" in refused.text


def test_the_sheet_to_be_signed_lists_the_round(as_: As, make_elder: MakeElder) -> None:
    make_elder(JIANGPU, name="钱福")
    page = as_(LANE_CADRE).get("/visits/batch/sheet?scope=all").text
    assert "探访签到单" in page
    assert "钱福" in page
    assert "老人或家属签字" in page
