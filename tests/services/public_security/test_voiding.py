"""What was put down by mistake is voided (作废): it stays, with who, when and why, and counts no more."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from services.care_register.handlers.population import DecideNews, decide_news
from services.care_register.repository import states
from shared.domain.referral.moves import Status
from shared.platform.logins import Login
from tests.inbox.town import NOW
from tests.services.public_security.conftest import CLERK, Station
from tests.services.public_security.test_records import RECORDS, arrived, claimed, started_check
from tests.web.accessible import faults
from tests.web.browsing import Browser

WHY = {"void_reason": "同一次出警登记了两遍"}


def voided(browser: Browser, page: str, **typed: str) -> TestResponse:
    """Void the record of a page, by its form."""
    folder, record_id = page.split("?", maxsplit=1)[0].split("/")[-2:]
    address = f"{RECORDS}/{folder}/{record_id}/void"
    assert address in browser.get(page).text
    assert faults(browser.get(address).text) == []
    return browser.post(address, {**WHY, **typed}, on=address)


def told(station: Station, browser: Browser, *, kind: str = "died") -> tuple[UUID, str]:
    """A change that the station has told by hand and the register has taken in; its elder and its page."""
    enrolment_id, number = station.enrolled("钱阿毛")
    form = "/police/changes/new"
    change = {
        "name": "钱阿毛",
        "id_number": number,
        "kind": kind,
        "happened_on": "2026-11-17",
        "address": "" if kind == "died" else "长阳路9号",
    }
    page = browser.post(form, change, on=form).headers["Location"].split("?")[0]
    return enrolment_id, page


def test_a_check_that_was_entered_twice_is_voided_and_stays_readable(station: Station) -> None:
    browser, referral_id = claimed(station, "void-check", "welfare_check")
    form = f"/police/checks/new?referral_id={referral_id}"
    begun = {"referral_id": str(referral_id), "called_at": "2026-11-18T10:00"}
    check, twin = (
        browser.post(form.split("?", maxsplit=1)[0], {"record_id": str(uuid4()), **begun}, on=form).headers[
            "Location"
        ]
        for _ in range(2)
    )
    check, twin = check.split("?")[0], twin.split("?")[0]
    done = voided(browser, twin)
    page = browser.get(twin).text

    assert done.status_code == HTTPStatus.SEE_OTHER
    assert "同一次出警登记了两遍" in page
    assert "刘警官" in page
    assert f'action="{twin}/arrival"' not in page
    assert arrived(station, browser, twin, minutes=5).status_code == HTTPStatus.CONFLICT
    station.town.clock.at = NOW
    assert arrived(station, browser, check, minutes=5).status_code == HTTPStatus.SEE_OTHER
    assert "已作废" in browser.get(f"/police/inbox/{referral_id}").text
    assert station.town.judge.states[referral_id].status is Status.ACCEPTED
    assert "已作废" in browser.get(f"{RECORDS}/checks").text
    again = browser.post(f"{RECORDS}/checks/{twin.split('/')[-1]}/void", WHY, on=RECORDS)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "这条台账已经作废" in again.text


def test_nothing_is_voided_without_a_reason_or_by_another_unit(station: Station) -> None:
    browser, referral_id = claimed(station, "void-silent", "welfare_check")
    check = started_check(browser, referral_id)
    refused = voided(browser, check, void_reason=" ")
    doctor = station.browser("doctor").post(
        f"{RECORDS}/checks/{check.split('/')[-1]}/void", WHY, on="/police/inbox"
    )

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写明原因" in refused.text or "哪里登记错了" in refused.text
    assert doctor.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert "已作废" not in browser.get(check).text


@pytest.mark.parametrize("folder", ["missing", "fraud-talks"])
def test_a_search_and_a_talk_are_voided_alike(station: Station, folder: str) -> None:
    _, number = station.enrolled("赵小宝")
    browser, form = station.browser(), f"/police/{folder}/new"
    fields = {
        "missing": {
            "id_number": number,
            "last_seen_at": "2026-11-18T08:00",
            "last_seen_place": "菜场",
            "description": "蓝棉袄",
        },
        "fraud-talks": {"topic": "other", "way": "gathering", "held_at": "2026-11-18T08:00"},
    }[folder]
    page = browser.post(form, {"record_id": str(uuid4()), **fields}, on=form).headers["Location"]
    voided(browser, page)

    assert "同一次出警登记了两遍" in browser.get(page).text
    ended = browser.post(
        f"{page.split('?')[0]}/end", {"code": "seen_in_person", "note": "在家"}, on=page.split("?")[0]
    )
    assert ended.status_code in {HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND}


def test_a_change_noted_wrongly_is_taken_back_at_the_register_too(station: Station) -> None:
    """A death told of the wrong elder stops calls at once: voided, everything there is as before."""
    browser = station.browser()
    enrolment_id, page = told(station, browser)
    too_soon = voided(browser, page)
    station.deliver_news()
    done = voided(browser, page)
    station.deliver_news()
    with station.town.database(Login.CARE_REGISTER).begin(CLERK, NOW) as work:
        acting = states.acting_states(work.session, enrolment_id)

    assert too_soon.status_code == HTTPStatus.CONFLICT
    assert "名单库还没有收到这条变动" in too_soon.text
    assert done.status_code == HTTPStatus.SEE_OTHER, done.text
    assert "已通知名单库撤回" in browser.get(done.headers["Location"]).text
    assert acting == []


def test_beside_an_outcome_stands_that_its_record_was_voided(station: Station) -> None:
    """The referral went on saying 已去世 of somebody whose death was told by mistake."""
    browser, referral_id = claimed(station, "void-outcome", "population_change")
    form = f"/police/changes/new?referral_id={referral_id}"
    change = {"referral_id": str(referral_id), "kind": "died", "happened_on": "2026-11-17"}
    page = browser.post("/police/changes/new", change, on=form).headers["Location"].split("?")[0]
    station.deliver_news()
    asking, about = station.town.browser("visitor"), f"/department/inbox/{referral_id}"
    before = asking.get(about).text

    voided(browser, page)

    assert station.town.judge.states[referral_id].outcome == "died"
    assert ("据以办结的台账已由派出所作废" in before) is False
    assert "据以办结的台账已由派出所作废" in asking.get(about).text


def test_what_the_register_has_carried_out_is_not_voided_but_corrected(station: Station) -> None:
    browser = station.browser()
    _, page = told(station, browser, kind="moved_within")
    station.deliver_news()
    with station.town.database(Login.CARE_REGISTER).begin(CLERK, NOW) as work:
        decide_news(
            DecideNews(change_id=UUID(page.split("/")[-1]), is_confirmed=True), work, station.register
        )
    refused = voided(browser, page)

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "名单库已按这条变动更新" in refused.text
    assert "登记一条正确的变动" in refused.text


def test_what_was_voided_is_not_told_again_as_if_nothing_had_been(station: Station) -> None:
    browser = station.browser()
    _, number = station.enrolled("孙再来")
    form = "/police/changes/new"
    change = {"name": "孙再来", "id_number": number, "kind": "died", "happened_on": "2026-11-17"}
    page = browser.post(form, change, on=form).headers["Location"].split("?")[0]
    station.deliver_news()
    voided(browser, page)
    waiting = station.deliver_news()
    again = browser.post(form, change, on=form)

    assert len(waiting) == 1
    assert "这次没有再送" in browser.get(again.headers["Location"]).text
    assert station.deliver_news() == []
