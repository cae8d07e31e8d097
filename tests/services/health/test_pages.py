"""The centre's pages and API: the same handlers, what was typed is kept, a refusal says what to do."""

import io
import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from services.health.handlers.person import person
from shared.domain.health.codes import BedMove, Vital
from shared.domain.referral.moves import Move, Status
from shared.inbox.acts import Act
from shared.inbox.handlers import perform
from shared.platform.logins import Login
from tests.inbox.town import NOW
from tests.services.health.conftest import TODAY, FollowUp, HealthTown, OpenCentre, bed_up_to
from tests.web.accessible import faults
from tests.web.browsing import Browser, json_of

AT = "/health-centre"
FOLLOW_UP = {
    "programme": "hypertension",
    "done_on": TODAY.isoformat(),
    "way": "in_clinic",
    "result": "not_controlled",
    "systolic": "162",
    "diastolic": "88",
    "note": "头晕两天",
}
HEADINGS = ["姓名", "身份证号", "随访项目", "随访日期", "随访方式", "随访结果", "收缩压", "舒张压"]


def post(browser: Browser, path: str, fields: dict[str, object]) -> TestResponse:
    return browser.post(path, fields, on=f"{AT}/work")


def held_referral(town: HealthTown, elder: UUID, business_id: str) -> UUID:
    """A follow-up referral about the elder that the doctor has claimed."""
    town.elder = elder
    referral_id = town.offered(business_id, kind="family_doctor_follow_up")
    claim = Act(
        person=town.people["doctor"], move=Move.ACCEPT, referral_id=referral_id, at=NOW, key=business_id
    )
    perform(town.desk(Login.HEALTH), claim)
    return referral_id


@pytest.mark.parametrize("section", ["", "?section=unsigned", "?section=follow_ups", "?section=home_beds"])
def test_the_work_of_the_day_opens_from_the_inbox(
    town: HealthTown, follow_up: FollowUp, centre: OpenCentre, section: str
) -> None:
    elder = town.somebody()
    follow_up(elder)
    bed_up_to(BedMove.AGREE, elder, centre)
    town.clock.at = NOW + timedelta(days=100)
    browser = town.at_centre()

    assert f'href="{AT}/work"' in browser.get(f"{AT}/inbox").text
    page = browser.get(f"{AT}/work{section}")
    assert page.status_code == HTTPStatus.OK
    assert faults(page.text) == []
    assert "张**" in page.text
    assert "张桂花" not in page.text


def test_a_follow_up_typed_in_shows_the_sign_and_asks_for_the_elders_word(town: HealthTown) -> None:
    elder = town.somebody()
    browser = town.at_centre()
    form = browser.get(f"{AT}/elders/{elder}/follow-up")
    saved = post(browser, f"{AT}/elders/{elder}/follow-up", FOLLOW_UP)
    page = browser.get(saved.location)
    post(browser, f"{AT}/elders/{elder}/signs", {"is_agreed": "true"})
    town.deliver()
    after = browser.get(f"{AT}/elders/{elder}")

    assert faults(form.text) == []
    assert saved.status_code == HTTPStatus.SEE_OTHER
    assert faults(page.text) == []
    assert "血压高，待转医" in page.text
    assert "本人是否同意转医" in page.text
    assert "血压高，已转医" in after.text
    assert "在办的转介" in after.text


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(town: HealthTown) -> None:
    elder = town.somebody()
    browser = town.at_centre()

    refused = post(browser, f"{AT}/elders/{elder}/follow-up", {**FOLLOW_UP, "systolic": "1620"})
    nothing = post(browser, f"{AT}/elders/{elder}/follow-up", {"systolic": "abc"})

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "应当在 50 到 300 之间" in refused.text
    assert 'value="1620"' in refused.text
    assert "头晕两天" in refused.text
    assert faults(refused.text) == []
    assert "应当是数字" in nothing.text
    assert "随访项目</a>：必填" in nothing.text


def test_a_second_record_of_the_day_is_told_who_was_first_and_when(town: HealthTown) -> None:
    elder = town.somebody()
    post(town.at_centre(), f"{AT}/elders/{elder}/follow-up", FOLLOW_UP)

    refused = post(
        town.at_centre("colleague"), f"{AT}/elders/{elder}/follow-up", {**FOLLOW_UP, "systolic": "150"}
    )

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "陈医生已于 11月18日 周三 10:00 登记 11月18日 的这项随访" in refused.text


def test_a_wrong_record_is_struck_out_from_the_elders_page(town: HealthTown) -> None:
    elder, browser = town.somebody(), town.at_centre()
    post(browser, f"{AT}/elders/{elder}/follow-up", FOLLOW_UP)
    found = re.search(r"void/follow_up/([0-9a-f-]{36})", browser.get(f"{AT}/elders/{elder}").text)
    assert found
    path = f"{AT}/elders/{elder}/void/follow_up/{found[1]}"
    form = browser.get(path)
    empty = post(browser, path, {})
    done = post(browser, path, {"reason": "不是这位老人"})
    page = browser.get(done.location)

    assert faults(form.text) == []
    assert "原因</a>：必填" in empty.text
    assert "沈" not in page.text
    assert "陈医生：不是这位老人" in page.text
    assert "血压高，" not in page.text
    assert faults(page.text) == []


def test_a_home_bed_goes_its_way_in_forms_and_a_wrong_step_says_what_is_possible(town: HealthTown) -> None:
    """J-76, with dates."""
    elder, browser = town.somebody(), town.at_centre()
    bed_page = f"{AT}/elders/{elder}/home-bed"
    day = {"done_on": TODAY.isoformat()}
    post(browser, f"{bed_page}/apply", {"applied_on": TODAY.isoformat(), "note": "脑梗后卧床"})
    page = browser.get(f"{AT}/elders/{elder}").text
    found = re.search(r"home-bed/first_visit\?bed=([0-9a-f-]{36})", page)
    assert found
    steps = {
        move: post(browser, f"{bed_page}/{move}?bed={found[1]}", day | {"note": note}).status_code
        for move, note in (("first_visit", ""), ("agree", ""), ("round", "压疮好转"))
    }
    refused = post(browser, f"{bed_page}/give_up?bed={found[1]}", day | {"note": "算了"})
    empty = post(browser, f"{bed_page}/discharge?bed={found[1]}", day)
    done = post(browser, f"{bed_page}/discharge?bed={found[1]}", day | {"note": "转门诊"})

    assert set(steps.values()) == {HTTPStatus.SEE_OTHER}
    assert "您现在可以：查床、撤床" in refused.text
    assert faults(refused.text) == []
    assert "「撤床」须写明经过" in empty.text
    assert "已撤床" in browser.get(done.location).text


def test_a_referral_is_closed_from_what_is_on_record_and_not_from_nothing(
    town: HealthTown, centre: OpenCentre
) -> None:
    elder = town.somebody()
    referral_id = held_referral(town, elder, "close-me")
    browser = town.at_centre()
    closing = f"{AT}/elders/{elder}/referrals/{referral_id}/closing"
    ended = {"outcome": "signed_and_followed_up", "text": "已签约", "key": "k1"}
    before = browser.get(f"{AT}/inbox/{referral_id}").text
    refused = post(browser, closing, ended)
    about = f"{AT}/inbox/{referral_id}"
    beside_it = browser.post(f"{about}/complete", {"outcome": "signed_and_followed_up", "text": ""}, on=about)
    contract = {"team": "一组", "signed_on": TODAY.isoformat(), "referral_id": str(referral_id)}
    post(browser, f"{AT}/elders/{elder}/contract", contract)
    post(browser, f"{AT}/elders/{elder}/follow-up", {**FOLLOW_UP, "referral_id": str(referral_id)})
    beside = browser.get(f"{AT}/inbox/{referral_id}").text
    closed = [post(browser, closing, ended).status_code for _ in range(2)]

    assert f"{AT}/elders/{elder}?referral={referral_id}" in before
    assert "这个办理结果须有：本年度签约、随访记录" in refused.text
    assert faults(refused.text) == []
    assert (beside_it.status_code, "请从本单位台账报办结" in beside_it.text) == (HTTPStatus.CONFLICT, True)
    assert '<option value="followed_up"' not in before
    assert '<option value="elder_no_longer_wishes"' in before
    assert "没有列出的办理结果" in before
    assert '<option value="signed_and_followed_up"' in beside
    assert "签约（一组）" in beside
    assert "11月18日登记，控制不满意" in beside
    assert closed == [HTTPStatus.SEE_OTHER] * 2
    assert town.judge.states[referral_id].status is Status.COMPLETED
    with centre() as opened:
        assert len(person(elder, opened).contracts) == 1


def test_a_refusal_of_the_workflow_leaves_the_record_and_says_what_is_possible(town: HealthTown) -> None:
    """Who has not claimed it cannot report it as done; the follow-up stays on record."""
    elder = town.somebody()
    referral_id = held_referral(town, elder, "not-mine")
    browser = town.at_centre("colleague")
    post(browser, f"{AT}/elders/{elder}/follow-up", FOLLOW_UP)

    refused = post(
        browser,
        f"{AT}/elders/{elder}/referrals/{referral_id}/closing",
        {"outcome": "followed_up", "key": "k2"},
    )

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "陈医生已于 10:00 认领" in refused.text
    assert "高血压随访，门诊" in browser.get(f"{AT}/elders/{elder}").text


def test_the_asking_side_sees_no_record_of_the_centre(town: HealthTown) -> None:
    elder = town.somebody()
    referral_id = held_referral(town, elder, "unseen")
    post(town.at_centre(), f"{AT}/elders/{elder}/follow-up", {**FOLLOW_UP, "referral_id": str(referral_id)})

    page = town.at_centre("visitor").get(f"{AT}/inbox/{referral_id}")

    assert page.status_code == HTTPStatus.OK
    assert "高血压随访" not in page.text
    assert town.at_centre("visitor").get(f"{AT}/elders/{elder}").status_code == HTTPStatus.FORBIDDEN
    assert town.at_centre("lawyer").get(f"{AT}/elders/{elder}").status_code == HTTPStatus.FORBIDDEN


def test_a_sheet_takes_in_its_sound_rows_and_says_of_the_others_what_to_do(
    town: HealthTown, centre: OpenCentre
) -> None:
    """J-75: follow-up plan and result import; the same sheet again changes nothing."""
    elder = town.enrol("葛素宝", "长阳路99号", id_number="310110194003057723")
    rows = [
        ["葛素宝", "7723", "高血压随访", TODAY.isoformat(), "门诊", "平稳", 136, 82],
        ["无此人", "0000", "高血压随访", TODAY.isoformat(), "门诊", "平稳", 136, 82],
        ["葛素宝", "7723", "高血压", "昨天", "门诊", "平稳", 1360, 82],
    ]
    browser = town.at_centre()
    first = send(browser, sheet_of(rows))
    again = send(browser, sheet_of(rows))

    with centre() as opened:
        (kept,) = person(elder, opened).follow_ups
    assert faults(first.text) == []
    assert "新登记 1 行，以前已登记 0 行，退回 2 行" in first.text
    assert "第 4 行" in first.text
    assert "姓名：名单库里没有姓名和身份证号都相符的老人" in first.text
    assert "随访项目：不认得这个写法，请写：高血压随访" in first.text
    assert "随访日期：不是日期" in first.text
    assert "收缩压：应当在 50-300 之间" in first.text
    assert "新登记 0 行，以前已登记 1 行，退回 2 行" in again.text
    assert kept.is_imported
    assert kept.readings[Vital.SYSTOLIC] == 136


def test_a_csv_of_an_old_system_is_read_too_and_what_is_no_sheet_is_refused(town: HealthTown) -> None:
    browser = town.at_centre()
    written = "\n".join([",".join(HEADINGS), "无此人,0000,高血压随访,2026-11-01,门诊,平稳,136,82"])

    unread = written.replace("姓名", "高压,姓名", 1)

    assert "退回 1 行" in send(browser, written.encode("gb18030")).text
    assert "不认得列名：高压。" in send(browser, unread.encode()).text
    assert "前十行里没有找到" in send(browser, b"a,b\n1,2").text
    assert "请上传 xlsx 或 csv 文件" in send(browser, b"PK\x03\x04 no workbook").text
    assert "请上传 xlsx 或 csv 文件" in send(browser, b"\x00\x01\x02").text
    sheet = load_workbook(io.BytesIO(browser.get(f"{AT}/follow-ups/template.xlsx").data)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["姓名", "身份证号"]


def test_the_api_answers_the_same_and_never_a_value(town: HealthTown) -> None:
    elder = town.somebody()
    client = town.at_centre().client
    body = {**FOLLOW_UP, "enrolment_id": str(elder)}
    headers = {"Authorization": f"Bearer {town.sign_in('doctor')}", "Idempotency-Key": "one"}
    first = client.post(f"{AT}/api/follow-ups", json=body, headers=headers)
    again = client.post(f"{AT}/api/follow-ups", json=body, headers=headers)
    bad = client.post(
        f"{AT}/api/follow-ups", json={**body, "systolic": 1620}, headers={**headers, "Idempotency-Key": "two"}
    )
    listed = client.get(f"{AT}/api/work?section=signs", headers=headers)
    unsigned = client.get(f"{AT}/api/work?section=unsigned", headers=headers)

    assert first.status_code == HTTPStatus.CREATED, first.text
    assert json_of(first) == json_of(again)
    assert json_of(first)["signs"] == [
        {"code": "blood_pressure_high", "is_urgent": False, "handling": "to_refer"}
    ]
    assert bad.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert json_of(bad)["code"] == "impossible_reading"
    assert str(elder) in [line["enrolment_id"] for line in json_of(listed)["listed"]["lines"]]
    assert "162" not in listed.text
    assert {line["due_on"] for line in json_of(unsigned)["listed"]["lines"]} == {None}


def test_the_api_describes_how_each_of_its_routes_may_refuse(town: HealthTown) -> None:
    described = json_of(town.at_centre().get(f"{AT}/api/openapi.json"))["paths"]

    for path in (
        "work",
        "contracts",
        "follow-ups",
        "voided",
        "families",
        "families/contacts",
        "signs",
        "home-beds",
        "home-beds/steps",
    ):
        for method, route in described[f"{AT}/api/{path}"].items():
            refusals = {"403", "404", "422"} if method == "get" else {"403", "404", "409", "422"}
            assert refusals <= set(route["responses"]), path


def send(browser: Browser, content: bytes) -> TestResponse:
    return post(browser, f"{AT}/follow-ups/import", {"file": (io.BytesIO(content), "sheet")})


def sheet_of(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in [["某系统导出"], HEADINGS, *rows]:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_program_that_comes_second_learns_who_was_first_in_words(
    town: HealthTown, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder, "colleague", note="别的内容")
    headers = {"Authorization": f"Bearer {town.sign_in('doctor')}", "Idempotency-Key": f"second {elder}"}
    body = {**FOLLOW_UP, "enrolment_id": str(elder)}

    told = json_of(town.at_centre().client.post(f"{AT}/api/follow-ups", json=body, headers=headers))

    assert (told["status"], told["code"]) == (HTTPStatus.CONFLICT, "followed_up_already")
    assert told["detail"].startswith("沈医生已于")
    assert told["facts"]["by"] == str(town.people["colleague"].account_id)


def test_a_program_reads_the_possible_steps_of_a_bed_as_codes(town: HealthTown) -> None:
    """They stood there as Python writes them."""
    client, token = town.at_centre().client, town.sign_in("doctor")
    day, told = TODAY.isoformat(), {"bed_id": ""}
    begun = {"enrolment_id": str(town.somebody()), "applied_on": day}
    for path, body in (("home-beds", begun), ("home-beds/steps", {"move": "discharge", "done_on": day})):
        asked = body if "move" not in body else {**body, "bed_id": told["bed_id"], "note": "转门诊"}
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": path}
        told = json_of(client.post(f"{AT}/api/{path}", json=asked, headers=headers))

    assert (told["code"], told["facts"]["possible"]) == ("bed_cannot", "first_visit give_up")
