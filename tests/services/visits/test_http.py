"""Visits over HTTP: for programs and for a browser without scripts."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from tests.services.visits.browsing import put_json
from tests.services.visits.conftest import (
    JIANGPU,
    LANE_CADRE,
    LANE_VISITOR,
    STRANGER,
    UNPLACED,
    MakeElder,
)
from tests.web.browsing import Browser, json_of

As = Callable[..., Browser]
CONTACTS, ROUND = "/visits/api/contacts", "/visits/"
SPOKEN = {"mode": "at_home", "reach": "spoken_with"}


def put(browser: Browser, contact_id: UUID, **body: object) -> Any:  # noqa: ANN401
    """PUT one contact."""
    return put_json(browser, f"{CONTACTS}/{contact_id}", **body)


def test_a_contact_put_twice_is_stored_once_and_answered_alike(as_: As, make_elder: MakeElder) -> None:
    browser, contact_id, elder = as_(), uuid4(), make_elder()
    body = {**SPOKEN, "enrolment_id": str(elder), "findings": {"needs": "no_change"}, "note": "一切安好"}
    first, second = put(browser, contact_id, **body), put(browser, contact_id, **body)
    assert (first.status_code, second.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    assert json_of(first) == json_of(second)
    assert json_of(first)["counts_for"] == ["monthly_visit"]
    assert json_of(browser.get(f"{CONTACTS}/{contact_id}")) == json_of(first)


def test_another_body_under_the_same_id_is_refused_by_its_code(as_: As, make_elder: MakeElder) -> None:
    browser, contact_id, elder = as_(), uuid4(), str(make_elder())
    put(browser, contact_id, **SPOKEN, enrolment_id=elder)
    other = put(browser, contact_id, mode="phone", reach="spoken_with", enrolment_id=elder)
    assert other.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert json_of(other)["code"] == "idempotency_key_mismatch"


def test_a_visitor_of_another_town_finds_neither_elder_nor_contact(as_: As, make_elder: MakeElder) -> None:
    contact_id, elder = uuid4(), make_elder()
    put(as_(), contact_id, **SPOKEN, enrolment_id=str(elder))
    stranger = as_(STRANGER)
    assert put(stranger, uuid4(), **SPOKEN, enrolment_id=str(elder)).status_code == HTTPStatus.NOT_FOUND
    for path in (
        f"{CONTACTS}/{contact_id}",
        f"/visits/api/elders/{elder}/contacts",
        f"/visits/contacts/{contact_id}",
        f"/visits/elders/{elder}/book",
        f"/visits/elders/{elder}/contact",
    ):
        assert stranger.get(path).status_code == HTTPStatus.NOT_FOUND, path


def test_the_visit_book_goes_back_page_by_page(as_: As, make_elder: MakeElder) -> None:
    browser, elder = as_(), make_elder()
    for hour in (7, 8, 9):
        at = f"2026-11-18T0{hour}:00:00+08:00"
        put(browser, uuid4(), **SPOKEN, enrolment_id=str(elder), occurred_at=at)
    path = f"/visits/api/elders/{elder}/contacts?limit=2"
    newest = json_of(browser.get(path))
    oldest = json_of(browser.get(f"{path}&after={newest['next']}"))
    times = [line["occurred_at"][11:13] for line in newest["items"] + oldest["items"]]
    assert (times, oldest["next"]) == (["01", "00", "23"], None)


def test_a_cursor_that_is_not_ours_is_refused(as_: As, make_elder: MakeElder) -> None:
    answer = as_().get(f"/visits/api/elders/{make_elder()}/contacts?after=WyJ4IiwieSJd")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_recording_takes_two_taps_and_says_what_the_contact_is_worth(as_: As, make_elder: MakeElder) -> None:
    """J-22: 均无变化 in one tap."""
    browser, elder = as_(LANE_VISITOR), make_elder(JIANGPU, name="李国强")
    path = f"/visits/elders/{elder}/contact"
    assert "电话里说上话" in browser.get(path).text
    details = f"{path}?mode=phone&reach=spoken_with"
    assert "三项均无变化，保存" in browser.get(details).text
    contact_id = str(uuid4())
    fields = {"contact_id": contact_id, "mode": "phone", "reach": "spoken_with", "rest": "unchanged"}
    saved = browser.post(path, fields, on=details)
    assert saved.status_code == HTTPStatus.SEE_OTHER
    page = browser.get(saved.headers["Location"]).text
    assert "计入探访" in page
    assert "日常关爱" in page
    assert "情况没有问全" not in page


def test_a_call_that_does_not_count_says_why_and_by_which_clause(as_: As, make_elder: MakeElder) -> None:
    """Z-66: 「已联系，不计入探访：…」 with its clause."""
    browser, contact_id = as_(), uuid4()
    put(browser, contact_id, mode="phone", reach="spoken_with", enrolment_id=str(make_elder(bedridden=True)))
    page = browser.get(f"/visits/contacts/{contact_id}").text
    assert "已联系，不计入探访" in page
    assert "须入户" in page
    assert "川民〔2023〕100号" in page


def test_an_unreached_try_says_by_when_somebody_must_go(as_: As, make_elder: MakeElder) -> None:
    """Domain §0.2-1: others by 12:00 of the next day."""
    browser, elder = as_(), make_elder()
    path = f"/visits/elders/{elder}/contact"
    details = f"{path}?mode=at_home&reach=no_answer_door"
    assert "明天12:00前需再上门" in browser.get(details).text
    fields = {"contact_id": str(uuid4()), "mode": "at_home", "reach": "no_answer_door"}
    saved = browser.post(path, fields, on=details)
    assert "已登记未见到，明天12:00前需再上门" in browser.get(saved.headers["Location"]).text


def test_a_late_entry_without_a_reason_comes_back_with_everything_typed(
    as_: As, make_elder: MakeElder
) -> None:
    browser, elder = as_(), make_elder()
    path = f"/visits/elders/{elder}/contact"
    fields = {
        "contact_id": str(uuid4()),
        **SPOKEN,
        "entry_consent": "oral",
        "occurred_on": "2026-11-17",
        "occurred_time": "09:30",
        "note": "女儿在家",
    }
    again = browser.post(path, fields, on=f"{path}?mode=at_home&reach=spoken_with")
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "补录请写原因" in again.text
    for kept in ("女儿在家", "2026-11-17", str(fields["contact_id"])):
        assert kept in again.text


def test_the_visit_book_shows_verdict_note_and_who_went(as_: As, make_elder: MakeElder) -> None:
    browser, elder = as_(), make_elder()
    put(browser, uuid4(), **SPOKEN, enrolment_id=str(elder), note="血压偏高，已提醒吃药")
    page = browser.get(f"/visits/elders/{elder}/book").text
    for words in ("进门见到本人", "计入探访", "血压偏高，已提醒吃药", "刘洋", "缺入户同意"):
        assert words in page


def test_nothing_personal_is_in_the_answer_to_a_program(as_: As, make_elder: MakeElder) -> None:
    answer = put(as_(), uuid4(), **SPOKEN, enrolment_id=str(make_elder(name="欧阳兰英")), note="独自在家")
    assert "欧阳" not in answer.text
    assert "独自" not in answer.text


def test_the_empty_round_says_what_will_appear_there(as_: As) -> None:
    assert "还没有分给您的老人" in as_(STRANGER).get(ROUND).text


def test_who_was_given_no_area_is_not_told_that_everybody_has_been_visited(as_: As) -> None:
    page = as_(UNPLACED).get(ROUND).text

    assert "您的账号没有责任区" in page
    assert "都探访过了" not in page


def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    answer = app.test_client().put(f"{CONTACTS}/{uuid4()}", json={})
    assert answer.status_code == HTTPStatus.UNAUTHORIZED


def test_a_coordinator_changes_the_visitor_and_may_hand_the_whole_round_over(
    as_: As, make_elder: MakeElder
) -> None:
    browser, elder = as_(LANE_CADRE), make_elder(JIANGPU)
    path = f"/visits/elders/{elder}/assignment"
    assert "无人负责" in browser.get(path).text
    fields = {"account_id": str(LANE_VISITOR.account_id), "kind": "regular", "from_on": "2026-11-18"}
    assert browser.post(path, fields, on=path).status_code == HTTPStatus.SEE_OTHER
    assert "张红" in browser.get(path).text

    leave = f"/visits/visitors/{LANE_VISITOR.account_id}/hand-over"
    without_end = {**fields, "account_id": str(LANE_CADRE.account_id), "kind": "substitute"}
    assert "请填写顶岗的结束日期" in browser.post(leave, without_end, on=leave).text
    done = browser.post(leave, {**without_end, "to_on": "2026-11-25"}, on=leave)
    assert "已交接" in browser.get(done.headers["Location"]).text
    assert "张红已返岗，今天起还回" in browser.get(leave).text
    browser.post(leave, fields, on=leave)
    assert "已返岗" not in browser.get(leave).text


def test_whoever_vouches_for_an_elder_leaves_a_number_that_can_be_rung(
    as_: As, make_elder: MakeElder
) -> None:
    """§0.2-1: by name and phone. 「不知道」 for a number kept the search from beginning."""
    browser = as_()
    path = f"/visits/elders/{make_elder()}/contact"
    said = {
        "mode": "phone",
        "reach": "others_answered",
        "voucher_name": "李芳",
        "next_contact_on": "2026-11-20",
    }
    sent = {**said, "contact_id": str(uuid4())}

    refused = browser.post(
        path, {**sent, "voucher_phone": "不知道"}, on=f"{path}?mode=phone&reach=others_answered"
    )
    assert "请填写能打通的电话号码" in refused.text
    taken = browser.post(path, {**sent, "voucher_phone": "13600002222"}, on=path)
    assert taken.status_code == HTTPStatus.SEE_OTHER


def test_after_saving_one_link_leads_to_a_referral_of_this_elder_from_this_contact(
    as_: As, make_elder: MakeElder
) -> None:
    browser, contact_id, elder = as_(), uuid4(), make_elder()
    put(browser, contact_id, **SPOKEN, enrolment_id=str(elder))
    page = browser.get(f"/visits/contacts/{contact_id}").text
    assert f'href="/department/inbox/new?elder={elder}&amp;origin={contact_id}">转介</a>' in page
