"""Who states what of a referral that has a record: the record, by whoever has claimed the referral."""

from http import HTTPStatus

from shared.domain.justice.codes import RecordKind, Step
from shared.domain.referral.moves import Status
from tests.inbox.forms import form_address
from tests.inbox.town import CITY, JUSTICE
from tests.services.justice.office import INBOX, RECORDS, TODAY, Office, address_of
from tests.web.accessible import faults
from tests.web.browsing import json_of

CONSULTATION = RecordKind.CONSULTATION
ADVICE = {"detail": "advised", "text": "讲清自书遗嘱要写日期并签名。", "reply": "已当面讲清遗嘱写法。"}


def test_what_the_record_speaks_of_is_stated_by_the_record_and_not_beside_it(office: Office) -> None:
    """Issue 4: the record closes its referral; its page offered every outcome, whatever stood on record."""
    free = office.claimed("no record yet")
    referral_id, record_id = office.begun("beside", CONSULTATION, referral="legal_consultation")
    about = f"{INBOX}/{referral_id}"
    shown = office.browser().get(about).text
    told = json_of(office.browser().get(f"/justice/api/referrals/{referral_id}"))

    said = {"outcome": "advised_at_home", "text": "绕过台账"}
    beside = office.browser().post(f"{about}/complete", said, on=about)
    office.take(record_id, Step.ADVISED, **ADVICE)

    assert 'name="outcome"' in office.browser().get(f"{INBOX}/{free}").text
    assert 'name="outcome"' not in shown
    assert (told["outcomes"], "complete" in told["moves"]) == ([], False)
    assert "由台账报办结" in shown
    assert faults(shown) == []
    assert (beside.status_code, "请从本单位台账报办结" in beside.text) == (HTTPStatus.CONFLICT, True)
    assert office.town.judge.states[referral_id].outcome == "advised"


def test_a_colleague_who_answers_leaves_the_end_to_who_has_claimed_it(office: Office) -> None:
    """The record was saved and the page said 「已被认领」, as if nothing had been."""
    referral_id, record_id = office.begun("colleague", CONSULTATION, referral="legal_consultation")

    answer = office.take(record_id, Step.ADVISED, login="second", **ADVICE)
    seen = office.browser("second").get(answer.location).text
    told = office.town.judge.states[referral_id].status
    own = office.page(record_id).text
    browser = office.browser()
    browser.post(address_of(browser.get(f"{RECORDS}/{record_id}"), "answer"), on=f"{RECORDS}/{record_id}")

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "已记录。" in seen
    assert "请承办人李明打开这份台账报办结" in seen
    assert f"{record_id}/answer" not in seen
    assert faults(seen) == []
    assert told is Status.ACCEPTED
    assert f"{record_id}/answer" in own
    assert office.town.judge.states[referral_id].outcome == "advised"


def test_who_stands_in_for_the_holder_reads_the_address_and_begins_the_record(office: Office) -> None:
    """委托: what the holder may do, whoever stands in may do; the elder stayed masked for them."""
    referral_id = office.claimed("stood-in")
    about = f"{INBOX}/{referral_id}"
    before = office.browser("second").get(about).text
    body = {"account_id": str(office.town.people["second"].account_id)}
    days = {"from_on": TODAY, "to_on": TODAY}
    browser = office.browser()
    browser.post(form_address(browser.get(about), "delegate"), body | days, on=about)

    after = office.browser("second").get(about).text
    start = f"{RECORDS}/new?referral={referral_id}&kind=consultation"
    begun = office.browser("second").post(
        address_of(office.browser("second").get(start), "new"), {"channel": "phone"}, on=start
    )

    assert ("5号601室" in before, "5号601室" in after) == (False, True)
    assert begun.status_code == HTTPStatus.SEE_OTHER


def test_what_nobody_waits_for_any_more_is_ended_without_an_untrue_word(office: Office) -> None:
    """Taken back by the asking side, it stood among 在办 for good, but for an answer that nobody gave."""
    referral_id, record_id = office.begun("ended", CONSULTATION, referral="legal_consultation")
    early = office.send(record_id, Step.ENDED, text="不办了。")
    offered = office.page(record_id).text
    visitor, about = office.town.browser("visitor"), f"/department/inbox/{referral_id}"
    visitor.post(form_address(visitor.get(about), "withdraw"), {"reason": "mistake"}, on=about)

    first = office.page(record_id).text.split("<summary>")[1]
    answer = office.take(record_id, Step.ENDED, text="派出单位已撤回。")
    shown = office.browser().get(answer.location).text

    assert (early.status_code, "请先报办结" in early.text) == (HTTPStatus.CONFLICT, True)
    assert f"/{Step.ENDED}?" not in offered
    assert f"/{Step.ENDED}?" in first
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "已结束" in shown
    assert faults(shown) == []


def test_a_work_that_comes_back_after_its_record_ended_is_answered_on_its_own_page(office: Office) -> None:
    """The record of the first time has no outcome to state, and left none to choose."""
    referral_id, record_id = office.begun("back", CONSULTATION, referral="legal_consultation")
    office.given_to(referral_id, CITY)
    office.take(record_id, Step.ENDED, text="已退单，另有单位承办。")
    office.given_to(referral_id, JUSTICE)
    lawyer, about = office.browser(), f"{INBOX}/{referral_id}"
    lawyer.post(form_address(lawyer.get(about), "accept"), on=about)

    assert 'name="outcome"' in lawyer.get(about).text
