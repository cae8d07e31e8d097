"""The station's other records: welfare checks, fraud, missing persons, beats; opened from the inbox."""

import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from services.public_security.models import MissingPerson
from shared.contracts import names
from shared.contracts.access import Role
from shared.domain.referral.moves import Status
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from tests.inbox.forms import form_address
from tests.inbox.town import NOW, POLICE, RELAY
from tests.services.public_security.conftest import Station
from tests.web.accessible import faults
from tests.web.browsing import Browser

INBOX, RECORDS = "/police/inbox", "/police/records"


def claimed(station: Station, business_id: str, kind: str) -> tuple[Browser, UUID]:
    """A referral of the kind that the officer has claimed."""
    referral_id = station.town.offered(business_id, kind=kind, text="请马上去看看")
    browser, page = station.browser(), f"{INBOX}/{referral_id}"
    browser.post(form_address(browser.get(page), "accept"), on=page)
    return browser, referral_id


def started_check(browser: Browser, referral_id: UUID) -> str:
    """A welfare check begun from the inbox; the address of its page."""
    page = browser.get(f"{INBOX}/{referral_id}").text
    opened = re.search(r'href="(/police/checks/new\?referral_id=[^"]+)"', page)
    assert opened
    form = browser.get(opened[1]).text
    called_at = re.search(r'name="called_at"[^>]*value="([^"]+)"', form)
    assert called_at
    sent = browser.post(
        "/police/checks/new",
        {"record_id": str(uuid4()), "referral_id": str(referral_id), "called_at": called_at[1]},
        on=opened[1],
    )
    assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
    return sent.headers["Location"].split("?")[0]


def arrived(station: Station, browser: Browser, check: str, *, minutes: int) -> TestResponse:
    """Somebody is at the door so long after the call."""
    station.town.clock.at = NOW + timedelta(minutes=minutes)
    return browser.post(f"{check}/arrival", on=check)


SEEN = {
    "entry": "led_by_police",
    "entered_at": "2026-11-18T10:12",
    "decided_by": "高所长",
    "reason": "屋内有煤气味，无人应答",
    "witnesses": "居委书记",
    "found": "taken_to_hospital",
    "note": "老人倒在厨房，已送医",
}


def test_a_check_runs_from_the_call_to_the_door_to_what_was_found_and_ends_its_referral(
    station: Station,
) -> None:
    """Arrival clock, who decided to enter, what was found (domain §2.4 steps 3-5)."""
    browser, referral_id = claimed(station, "check-1", "welfare_check")
    check = started_check(browser, referral_id)
    assert "途中" in browser.get(check).text
    arrived(station, browser, check, minutes=10)
    assert "按时到场" in browser.get(check).text
    station.town.clock.at = NOW + timedelta(minutes=15)
    ended = browser.post(f"{check}/end", SEEN, on=check)

    assert ended.status_code == HTTPStatus.SEE_OTHER, ended.text
    state = station.town.judge.states[referral_id]
    assert (state.status, state.outcome) == (Status.CLOSED, "taken_to_hospital")
    page = browser.get(check).text
    assert "高所长" in page
    assert faults(page) == []


def test_whoever_comes_after_the_limit_is_late_and_stays_so(station: Station) -> None:
    browser, referral_id = claimed(station, "check-2", "welfare_check")
    check = started_check(browser, referral_id)
    station.town.clock.at = NOW + timedelta(minutes=21)
    assert "超时未到" in browser.get(check).text
    arrived(station, browser, check, minutes=25)

    assert "到场超时" in browser.get(check).text
    again = arrived(station, browser, check, minutes=26)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "到场时间以第一次登记为准" in again.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"decided_by": ""}, "请写明谁决定进入"),
        ({"entered_at": "2026-11-18T09:00"}, "进入应当在到场之后"),
        ({"entry": "chimney"}, "请从列出的选项中选择"),
    ],
)
def test_an_end_that_lacks_something_comes_back_as_typed(
    station: Station, typed: dict[str, str], words: str
) -> None:
    browser, referral_id = claimed(station, f"check-{words}", "welfare_check")
    check = started_check(browser, referral_id)
    arrived(station, browser, check, minutes=10)
    station.town.clock.at = NOW + timedelta(minutes=15)
    refused = browser.post(f"{check}/end", {**SEEN, **typed}, on=check)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in refused.text
    assert "老人倒在厨房" in refused.text
    assert station.town.judge.states[referral_id].status is Status.ACCEPTED


def test_a_result_before_anybody_has_arrived_is_refused(station: Station) -> None:
    browser, referral_id = claimed(station, "check-early", "welfare_check")
    check = started_check(browser, referral_id)
    refused = browser.post(f"{check}/end", SEEN, on=check)

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "请先登记到场" in refused.text


def test_a_talk_with_a_suspicion_opens_the_urgent_referral_at_once(station: Station) -> None:
    """J-73: suspicion creates an urgent referral."""
    _, number = station.enrolled("孙爱华")
    browser = station.browser()
    talk = {
        "record_id": str(uuid4()),
        "id_number": number,
        "topic": "investment",
        "way": "at_home",
        "held_at": "2026-11-18T09:30",
        "suspicion": "老人准备给“养老项目”转 8 万元",
    }
    sent = browser.post("/police/fraud-talks/new", talk, on="/police/fraud-talks/new")
    assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
    station.town.deliver()
    opened = [s for s in station.town.judge.states.values() if s.origin_id == UUID(talk["record_id"])]

    assert [(state.kind.code, state.unit_id, state.kind.urgency) for state in opened] == [
        ("fraud_warning", POLICE, "urgent")
    ]
    assert "已立即转办涉诈劝阻" in browser.get(sent.headers["Location"]).text


def test_a_gathering_is_about_nobody_and_a_suspicion_is_about_somebody(station: Station) -> None:
    browser, form = station.browser(), "/police/fraud-talks/new"
    talk = {
        "record_id": str(uuid4()),
        "topic": "pension_fraud",
        "way": "gathering",
        "held_at": "2026-11-18T09:00",
        "people": "35",
    }
    sent = browser.post(form, talk, on=form)
    assert "35 人" in browser.get(sent.headers["Location"]).text

    refused = browser.post(form, {**talk, "record_id": str(uuid4()), "suspicion": "有人推销"}, on=form)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写明是哪位老人" in refused.text


def test_a_dissuasion_ends_the_fraud_warning_with_what_came_of_it(station: Station) -> None:
    browser, referral_id = claimed(station, "fraud-1", "fraud_warning")
    form = f"/police/fraud-talks/new?referral_id={referral_id}"
    talk = {
        "record_id": str(uuid4()),
        "referral_id": str(referral_id),
        "topic": "phone_fraud",
        "way": "at_home",
        "held_at": "2026-11-18T09:50",
        "result": "dissuaded",
        "note": "当面劝阻，已冻结转账",
    }
    sent = browser.post("/police/fraud-talks/new", talk, on=form)

    assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
    assert station.town.judge.states[referral_id].outcome == "dissuaded"


def test_a_missing_person_is_searched_for_until_found_with_a_reason(station: Station) -> None:
    """走失: last seen, description sealed, found with reason; the search has the clocks of a referral."""
    _, number = station.enrolled("周福生")
    browser, form = station.browser(), "/police/missing/new"
    case_id = uuid4()
    case = {
        "record_id": str(case_id),
        "id_number": number,
        "last_seen_at": "2026-11-18T08:00",
        "last_seen_place": "长阳路菜场",
        "description": "身高一米六，蓝色棉袄，走路右腿跛",
    }
    sent = browser.post(form, case, on=form)
    assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
    page = sent.headers["Location"].split("?")[0]
    assert "蓝色棉袄" in browser.get(page).text
    station.town.deliver()
    [state] = [each for each in station.town.judge.states.values() if each.origin_id == case_id]
    browser.post(
        form_address(browser.get(f"{INBOX}/{state.referral_id}"), "accept"), on=f"{INBOX}/{state.referral_id}"
    )
    found = browser.post(f"{page}/end", {"code": "seen_in_person", "note": "在公园找到，已送回家"}, on=page)

    assert found.status_code == HTTPStatus.SEE_OTHER, found.text
    assert station.town.judge.states[state.referral_id].outcome == "seen_in_person"
    shown = browser.get(page).text
    assert "在公园找到" in shown
    assert faults(shown) == []
    with station.town.database(Login.PUBLIC_SECURITY).begin(station.town.people["police"], NOW) as work:
        row = work.session.get(MissingPerson, case_id)
    assert row is not None
    assert "棉袄".encode() not in row.words_sealed


def test_the_same_form_sent_twice_is_one_record(station: Station) -> None:
    browser, referral_id = claimed(station, "twice", "welfare_check")
    record = {
        "record_id": str(uuid4()),
        "referral_id": str(referral_id),
        "called_at": "2026-11-18T10:00",
    }
    sent = [browser.post("/police/checks/new", record, on=RECORDS).headers["Location"] for _ in range(2)]

    assert sent[0] == sent[1]
    assert browser.get(f"{INBOX}/{referral_id}").text.count(f"/police/checks/{record['record_id']}") == 1


def test_the_chief_gives_beats_and_the_referral_shows_whose_the_address_is(station: Station) -> None:
    """J-72: address -> beat officer; a vacancy is flagged where it matters."""
    chief, officer = station.browser("chief"), station.browser()
    referral_id = station.town.offered("beat", kind="population_change", text="请核实")
    assert "责任区表中没有这个地址" in officer.get(f"{INBOX}/{referral_id}").text
    beat = {"kind": "road", "name": "长阳路", "lane_from": "100", "lane_to": "199"}
    chief.post("/police/beats", beat, on="/police/beats")
    assert "空缺，请所长指定" in officer.get(f"{INBOX}/{referral_id}").text
    assert "空缺 1" in officer.get(RECORDS).text
    table = chief.get("/police/beats").text
    given = re.search(r'action="(/police/beats/[^"]+/officer)"', table)
    assert given
    police = station.town.people["police"]
    chief.post(given[1], {"officer_id": str(police.account_id)}, on="/police/beats")

    assert "刘警官 · 长阳路" in officer.get(f"{INBOX}/{referral_id}").text
    assert faults(chief.get("/police/beats").text) == []
    refused = officer.post("/police/beats", beat, on="/police/beats")
    assert refused.status_code == HTTPStatus.FORBIDDEN
    doubled = chief.post("/police/beats", beat, on="/police/beats")
    assert doubled.status_code == HTTPStatus.CONFLICT


def test_an_officer_asks_whose_an_address_is(station: Station) -> None:
    chief, officer = station.browser("chief"), station.browser()
    police = station.town.people["police"]
    held = {"kind": "village", "name": "兰花新村", "officer_id": str(police.account_id)}
    for beat in (held, {"kind": "village", "name": "桃花新村"}):
        chief.post("/police/beats", beat, on="/police/beats")

    def said_of(address: str) -> str:
        return officer.post("/police/beats/whose", {"address": address}, on="/police/beats").text

    found = re.search(r'class="note good"><strong>刘警官</strong><p>兰花新村', said_of("兰花新村3号"))
    assert found
    assert "桃花新村还没有责任民警" in said_of("桃花新村1号")
    assert "责任区表中没有这个住址" in said_of("杏花新村1号")
    assert faults(said_of("兰花新村3号")) == []


def test_a_beat_goes_to_nobody_of_another_unit(station: Station) -> None:
    chief, doctor = station.browser("chief"), station.town.people["doctor"]
    beat = {"kind": "village", "name": "河边新村", "officer_id": str(doctor.account_id)}
    refused = chief.post("/police/beats", beat, on="/police/beats")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "责任民警必须是本所在岗人员" in refused.text


def test_who_is_of_another_unit_finds_nothing_here(station: Station) -> None:
    browser, referral_id = claimed(station, "others", "welfare_check")
    check = started_check(browser, referral_id)
    doctor = station.browser("doctor")

    assert doctor.get(check).status_code == HTTPStatus.NOT_FOUND
    record = {"record_id": str(uuid4()), "referral_id": str(referral_id), "called_at": "2026-11-18T10:00"}
    assert doctor.post("/police/checks/new", record, on=RECORDS).status_code in {
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
    }


@pytest.mark.parametrize(
    "page",
    [
        RECORDS,
        "/police/changes",
        "/police/changes/new",
        "/police/checks/new",
        "/police/fraud-talks/new",
        "/police/missing/new",
        "/police/beats",
    ],
)
def test_every_page_is_readable(station: Station, page: str) -> None:
    shown = station.browser().get(page)

    assert shown.status_code == HTTPStatus.OK
    assert faults(shown.text) == []


def test_a_visitor_has_no_way_in(station: Station) -> None:
    station.town.joins("walker", "探访员", Role.VISITOR, unit=POLICE)

    assert station.browser("walker").get(RECORDS).status_code == HTTPStatus.FORBIDDEN


def test_nothing_that_names_a_person_is_announced(station: Station) -> None:
    """Ids and codes only: the words of a change stay in the station's own table."""
    enrolment_id, number = station.enrolled("郑不传")
    browser, form = station.browser(), "/police/changes/new"
    change = {
        "name": "郑不传",
        "id_number": number,
        "kind": "moved_within",
        "happened_on": "2026-11-17",
        "address": "长阳路777弄1号",
    }
    browser.post(form, change, on=form)

    with station.town.database(Login.RELAY).begin(RELAY, NOW) as work:
        told = work.session.query(Outbox).filter_by(name=names.AFTERMATH).all()
    [mine] = [each for each in told if each.payload["enrolment_id"] == str(enrolment_id)]
    assert {"郑不传", number, "长阳路777弄1号"} & {str(value) for value in mine.payload.values()} == set()
