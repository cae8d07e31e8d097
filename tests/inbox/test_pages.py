"""The pages, in a browser without JavaScript."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from tests.inbox.forms import form_address
from tests.inbox.town import NOW, POLICE, Town
from tests.web.browsing import Browser

INBOX = "/justice/inbox"


def lawyer(town: Town) -> Browser:
    return town.browser("lawyer", "justice")


def test_claiming_takes_one_tap_in_the_list(town: Town) -> None:
    referral_id = town.offered("tap")
    browser = lawyer(town)
    claim = form_address(browser.get(INBOX), f"{referral_id}/accept")

    answer = browser.post(claim, on=INBOX)

    assert answer.status_code == HTTPStatus.SEE_OTHER
    page = browser.get(answer.location)
    assert "已认领，这件事现在由您办理。" in page.text
    assert town.judge.states[referral_id].holder_id == town.people["lawyer"].account_id


def test_a_second_tap_on_the_same_button_changes_nothing(town: Town) -> None:
    referral_id = town.offered("double")
    browser = lawyer(town)
    claim = form_address(browser.get(INBOX), f"{referral_id}/accept")

    statuses = [browser.post(claim, on=INBOX).status_code for _ in range(2)]

    assert statuses == [HTTPStatus.SEE_OTHER, HTTPStatus.SEE_OTHER]


def test_whoever_is_late_reads_who_was_first_when_and_what_to_do_now(town: Town) -> None:
    """「张红已于14:03认领，您可查看进展，或申请转办、协办」."""
    referral_id = town.offered("conflict")
    first, second = lawyer(town), town.browser("second", "justice")
    claims = [form_address(browser.get(INBOX), f"{referral_id}/accept") for browser in (first, second)]
    town.clock.at = NOW + timedelta(hours=4, minutes=3)
    first.post(claims[0], on=INBOX)

    answer = second.post(claims[1], on=INBOX)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "李明已于 14:03 认领，您可查看进展，或申请转办、协办。" in answer.text
    assert "办理进程" in answer.text


def test_a_page_offers_the_moves_of_its_reader_and_no_others(town: Town) -> None:
    referral_id = town.offered("moves")
    seen_by_lawyer = lawyer(town).get(f"{INBOX}/{referral_id}").text
    seen_by_visitor = town.browser("visitor").get(f"/department/inbox/{referral_id}").text

    assert "/accept?" in seen_by_lawyer
    assert "/withdraw?" not in seen_by_lawyer
    assert "/accept?" not in seen_by_visitor
    assert "/withdraw?" in seen_by_visitor


def test_an_officer_of_another_unit_gets_404(town: Town) -> None:
    referral_id = town.offered("not-found")
    doctor = town.browser("doctor", "health")

    answers = [
        doctor.get(f"/health-centre/inbox/{referral_id}"),
        doctor.post(f"/health-centre/inbox/{referral_id}/accept", on="/health-centre/inbox"),
    ]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert "没有找到这件事项" in answers[0].text


def test_the_elder_is_masked_until_somebody_has_claimed(town: Town) -> None:
    """Domain §3.5; the side that asked knows the elder already."""
    referral_id = town.offered("masked")
    browser = lawyer(town)
    before = browser.get(f"{INBOX}/{referral_id}")
    browser.post(form_address(before, "accept"), on=INBOX)
    after = browser.get(f"{INBOX}/{referral_id}")
    beside = town.browser("second", "justice").get(f"{INBOX}/{referral_id}")

    assert "长阳路123弄**" in before.text
    assert "认领后显示办理所需的信息" in before.text
    assert "办理所需的信息只显示给承办人" in beside.text
    assert "601室" not in before.text
    assert "13900001234" not in before.text
    assert "长阳路123弄5号601室" in after.text
    assert "13900001234" in after.text


def test_an_emergency_says_to_call_first_and_shows_the_address_to_read_out(town: Town) -> None:
    """Domain §0.2-9: 「先拨110/120/119」."""
    referral_id = town.offered("emergency", kind="welfare_check")

    page = town.browser("police", "public_security").get(f"/police/inbox/{referral_id}").text

    assert "先拨打110、120、119" in page
    assert 'href="tel:110"' in page
    assert "长阳路123弄5号601室" in page


def test_a_form_with_a_gap_comes_back_with_what_was_typed(town: Town) -> None:
    referral_id = town.offered("gap")
    browser = lawyer(town)
    browser.post(form_address(browser.get(f"{INBOX}/{referral_id}"), "accept"), on=INBOX)
    complete = form_address(browser.get(f"{INBOX}/{referral_id}"), "complete")

    answer = browser.post(complete, {"text": "已上门解答"}, on=INBOX)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "必填" in answer.text
    assert "已上门解答" in answer.text


def test_an_unknown_outcome_is_refused_in_words(town: Town) -> None:
    referral_id = town.offered("outcome")
    browser = lawyer(town)
    browser.post(form_address(browser.get(f"{INBOX}/{referral_id}"), "accept"), on=INBOX)
    complete = form_address(browser.get(f"{INBOX}/{referral_id}"), "complete")

    answer = browser.post(complete, {"outcome": "repaired"}, on=INBOX)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请选择办理结果" in answer.text


def test_the_ledger_reads_as_a_story_with_who_when_and_their_words(town: Town) -> None:
    referral_id = town.offered("story")
    browser = lawyer(town)
    browser.post(form_address(browser.get(f"{INBOX}/{referral_id}"), "accept"), on=INBOX)
    note = form_address(browser.get(f"{INBOX}/{referral_id}"), "note")
    browser.post(note, {"text": "已电话联系老人"}, on=INBOX)

    page = town.browser("visitor").get(f"/department/inbox/{referral_id}").text

    assert "派发到司法所" in page
    assert "李明（司法所）" in page
    assert "已电话联系老人" in page


def test_after_declining_the_reader_is_led_back_to_the_list(town: Town) -> None:
    referral_id = town.offered("declined")
    browser = lawyer(town)
    decline = form_address(browser.get(f"{INBOX}/{referral_id}"), "decline")

    answer = browser.post(decline, {"reason": "not_our_duty", "text": "属于信访"}, on=INBOX)

    assert answer.location == f"{INBOX}?done=decline"
    waiting = town.browser("coordinator").get("/department/inbox").text
    assert "去指定" in waiting
    assert "<span>指定</span>" in waiting
    assert "承办：待指定" in town.browser("visitor").get("/department/inbox?view=sent").text


def test_a_list_that_has_not_changed_costs_nothing(town: Town) -> None:
    browser = lawyer(town)
    first = browser.get(f"{INBOX}/list")

    again = browser.get(f"{INBOX}/list", **{"If-None-Match": first.headers["ETag"]})
    town.offered("new-one")
    changed = browser.get(f"{INBOX}/list", **{"If-None-Match": first.headers["ETag"]})

    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert changed.status_code == HTTPStatus.OK


def test_an_empty_list_says_what_to_expect(town: Town) -> None:
    assert "没有办结的事项" in lawyer(town).get(f"{INBOX}?view=done").text


@pytest.mark.parametrize("filters", ["view=nonsense", "limit=0", "kindd=x"])
def test_a_filter_that_is_not_ours_is_refused(town: Town, filters: str) -> None:
    assert lawyer(town).get(f"{INBOX}?{filters}").status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_process_that_does_not_answer_leaves_the_words_on_the_page(town: Town) -> None:
    referral_id = town.offered("away", kind="welfare_check")
    browser = town.browser("police", "public_security")
    page = f"/police/inbox/{referral_id}"
    note = form_address(browser.get(page), "note")
    town.judge.is_away = True

    answer = browser.post(note, {"text": "已到现场"}, on=page)

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "已到现场" in answer.text
    assert town.judge.states[referral_id].unit_id == POLICE
