"""法律援助转交: ours ends when it is forwarded; the steps of others are shown, and never our breach."""

from http import HTTPStatus

from shared.domain.justice.codes import RecordKind, Step
from shared.domain.referral.moves import Status
from tests.services.justice.office import RECORDS, Office

FORWARDING = RecordKind.FORWARDING
SENT = {"text": "材料五份，交区法律援助中心窗口。", "reply": "已转交区法律援助中心，七日内有答复。"}


def test_forwarding_ends_our_work_and_starts_the_clocks_of_others(office: Office) -> None:
    """Domain §0.2-9: 转交 is ours; 7 days by the law, 10 working days by the place, are external."""
    referral_id, record_id = office.begun("forward", FORWARDING, referral="legal_aid_forwarding")
    before = office.page(record_id).text

    office.take(record_id, Step.FORWARDED, **SENT)
    after = office.page(record_id).text

    assert "外部法定时限，不计入" not in before
    assert office.town.judge.states[referral_id].outcome == "forwarded"
    assert "法律援助机构：法律援助决定（外部法定时限）" in after
    assert "11月25日 前" in after
    assert "12月2日 前" in after
    assert "中华人民共和国法律援助法（2021）" in after
    assert "外部法定时限，不计入本单位超期" in after


def test_the_steps_of_the_centre_are_followed_to_their_end(office: Office) -> None:
    """Granted, appointed within three days of that; the referral itself has long been answered."""
    referral_id, record_id = office.begun("followed", FORWARDING, referral="legal_aid_forwarding")
    office.take(record_id, Step.FORWARDED, **SENT)
    office.take(record_id, Step.AID_GRANTED)
    granted = office.page(record_id).text

    answer = office.take(record_id, Step.AID_APPOINTED, login="second")

    assert "指派法律援助人员（外部法定时限）" in granted
    assert "11月23日 前" in granted
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "已结束" in office.page(record_id).text
    assert office.town.judge.states[referral_id].status is Status.COMPLETED


def test_a_refusal_of_the_centre_may_be_objected_to(office: Office) -> None:
    """法律援助法 art. 49: answered within five days."""
    _, record_id = office.begun("objected", FORWARDING, referral="legal_aid_forwarding")
    office.take(record_id, Step.FORWARDED, **SENT)
    office.take(record_id, Step.AID_REFUSED, text="认为不符合经济困难条件。")

    office.take(record_id, Step.OBJECTED)

    assert "司法局：对不予援助决定的异议答复（外部法定时限）" in office.page(record_id).text


def test_missing_papers_are_told_once_and_hold_the_forwarding_up(office: Office) -> None:
    """一次性告知."""
    _, record_id = office.begun("papers", FORWARDING, referral="legal_aid_forwarding")
    office.take(record_id, Step.PAPERS_ASKED, detail=["identity", "evidence"])

    held = office.send(record_id, Step.FORWARDED, **SENT)
    again = office.send(record_id, Step.PAPERS_ASKED, detail=["means"])
    page = office.page(record_id).text

    assert "一次性告知所缺材料：身份证明、与案件有关的证据材料" in page
    assert (held.status_code, again.status_code) == (HTTPStatus.CONFLICT, HTTPStatus.CONFLICT)
    assert "材料还没有补齐" in held.text
    assert "所缺材料已经告知过" in again.text


def test_aid_begins_before_the_papers_while_the_limitation_runs_out(office: Office) -> None:
    """法律援助法 art. 44: 不足七日."""
    referral_id, record_id = office.begun("early", FORWARDING, referral="legal_aid_forwarding")
    office.take(record_id, Step.PAPERS_ASKED, detail=["evidence"])
    too_soon = office.take(record_id, Step.STARTED_EARLY, text="时效将至。")
    office.take(record_id, Step.LIMITATION_KNOWN, on="2026-11-24")
    office.take(record_id, Step.STARTED_EARLY, text="时效11月24日届满。")

    office.take(record_id, Step.FORWARDED, **SENT)

    assert too_soon.status_code == HTTPStatus.CONFLICT
    assert "不符合先行提供的条件" in too_soon.text
    assert office.town.judge.states[referral_id].outcome == "forwarded"


def test_the_matter_is_chosen_from_the_law(office: Office) -> None:
    referral_id = office.claimed("matter", "legal_aid_forwarding")
    start = f"{RECORDS}/new?referral={referral_id}&kind=forwarding"
    browser = office.browser()

    refused = browser.post(start, {"matter": "divorce"}, on=start)

    assert "请求给付赡养费" in browser.get(start).text
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请选择援助事项" in refused.text
