"""What an officer meets besides what goes well: a colleague's case, a second form, a choice left out."""

from http import HTTPStatus
from uuid import uuid4

from shared.domain.referral.moves import Status
from tests.services.public_security.conftest import Station
from tests.services.public_security.test_records import INBOX, claimed, started_check


def test_a_search_that_a_colleague_ends_says_that_its_referral_is_still_open(station: Station) -> None:
    """The record was over, its referral ran into its ladder, and the page said nothing of it."""
    browser, referral_id = claimed(station, "colleague", "missing_person")
    form = f"/police/missing/new?referral_id={referral_id}"
    case = {
        "record_id": str(uuid4()),
        "referral_id": str(referral_id),
        "last_seen_at": "2026-11-18T08:00",
        "last_seen_place": "菜场",
        "description": "蓝棉袄",
    }
    page = browser.post(form, case, on=form).headers["Location"].split("?")[0]
    chief = station.browser("chief")
    ended = chief.post(f"{page}/end", {"code": "seen_in_person", "note": "已送回家"}, on=page)

    assert ended.status_code == HTTPStatus.CONFLICT
    assert "台账已保存，转介没有随之报办结：已被认领" in ended.text
    assert station.town.judge.states[referral_id].status is Status.ACCEPTED
    assert "转介还没有办结" in browser.get(page).text


def test_nobody_is_offered_a_second_check_while_one_is_under_way(station: Station) -> None:
    browser, referral_id = claimed(station, "one-check", "welfare_check")
    started_check(browser, referral_id)

    assert "/police/checks/new" not in browser.get(f"{INBOX}/{referral_id}").text


def test_a_dissuasion_without_its_result_comes_back(station: Station) -> None:
    """The button says that the referral ends: it was kept as education, and the referral stayed open."""
    browser, referral_id = claimed(station, "no-result", "fraud_warning")
    form = f"/police/fraud-talks/new?referral_id={referral_id}"
    talk = {
        "record_id": str(uuid4()),
        "referral_id": str(referral_id),
        "topic": "other",
        "way": "phone",
        "held_at": "2026-11-18T09:50",
        "note": "已劝说",
    }
    refused = browser.post(form, talk, on=form)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请选择劝阻结果" in refused.text
    assert "已劝说" in refused.text


def test_nobody_dies_before_they_were_born(station: Station) -> None:
    """A list's row is held against its ID number; a form from a referral took a death in 1900."""
    browser, referral_id = claimed(station, "before-birth", "population_change")
    form = f"/police/changes/new?referral_id={referral_id}"
    change = {"referral_id": str(referral_id), "kind": "died", "happened_on": "1900-01-01"}
    refused = browser.post(form, change, on=form)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "变动日期早于老人的出生日期" in refused.text
    assert station.town.judge.states[referral_id].status is Status.ACCEPTED
