"""法律咨询: by telephone, in the office, at home; a named person; and the referral ends with its answer."""

from http import HTTPStatus
from uuid import uuid4

from sqlalchemy import text

from shared.contracts.access import Role
from shared.domain.codes import Mobility
from shared.domain.justice.codes import RecordKind, Step
from shared.domain.referral.moves import Status
from shared.platform.logins import Login
from tests.inbox.forms import form_address
from tests.inbox.town import HEALTH, NOW
from tests.services.justice.office import INBOX, RECORDS, Office, address_of
from tests.web.accessible import faults
from tests.web.browsing import json_of

CONSULTATION = RecordKind.CONSULTATION
ADVICE = {"detail": "advised", "text": "讲清自书遗嘱要写日期并签名。", "reply": "已当面讲清遗嘱写法。"}


def test_a_record_opens_from_its_referral_in_one_tap(office: Office) -> None:
    referral_id = office.claimed("from-inbox")

    page = office.browser().get(f"{INBOX}/{referral_id}").text

    assert f'href="{RECORDS}/new?referral={referral_id}&amp;kind=consultation"' in page
    assert "登记咨询" in page


def test_a_consultation_answers_the_referral_and_the_asking_side_reads_the_reply_alone(
    office: Office,
) -> None:
    referral_id, record_id = office.begun("answers", CONSULTATION, referral="legal_consultation")

    answer = office.take(record_id, Step.ADVISED, **ADVICE)
    asked = office.town.browser("visitor").get(f"/department/inbox/{referral_id}").text

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert office.town.judge.states[referral_id].outcome == "advised"
    assert "办理结果已报给派出单位" in office.browser().get(answer.location).text
    assert "已当面讲清遗嘱写法" in asked
    assert "自书遗嘱" not in asked


def test_what_was_advised_is_sealed_in_the_database(office: Office) -> None:
    _, record_id = office.begun("sealed", CONSULTATION, referral="legal_consultation")
    office.take(record_id, Step.ADVISED, **ADVICE)

    with office.town.database(Login.JUSTICE).begin(office.town.people["lawyer"], NOW) as work:
        rows = work.session.execute(text("SELECT * FROM justice.entry AS e, justice.record")).all()

    assert rows
    assert not any("自书遗嘱".encode() in bytes(value) for row in rows for value in row if _is_bytes(value))
    assert "自书遗嘱" not in str(rows)


def test_an_elder_who_gets_about_badly_is_advised_at_home_unless_somebody_says_otherwise(
    office: Office,
) -> None:
    """J-70: mobility flag sets default to home."""
    walks(office, Mobility.LIMITED)
    referral_id = office.claimed("at-home")
    start = office.browser().get(f"{RECORDS}/new?referral={referral_id}&kind=consultation").text
    walks(office, None)
    able = office.browser().get(f"{RECORDS}/new?referral={referral_id}&kind=consultation").text

    assert 'value="home" checked' in start
    assert "老人行动不便，已默认上门" in start
    assert " checked" not in able


def test_a_named_person_of_the_office_is_put_in_charge(office: Office) -> None:
    """J-68: 安排专人."""
    referral_id = office.claimed("named")
    second = office.town.people["second"].account_id
    record_id = office.opened(referral_id, CONSULTATION, kept_by=str(second))

    start = f"{RECORDS}/new?referral={office.claimed('unnamed')}&kind=consultation"
    browser = office.browser()
    stranger = {"channel": "phone", "kept_by": str(office.town.people["doctor"].account_id)}
    refused = browser.post(address_of(browser.get(start), "new"), stranger, on=start)

    assert "专人：王芳" in office.page(record_id).text
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请选择本所人员" in refused.text


def test_the_named_person_hands_a_record_on_and_the_journal_says_to_whom(office: Office) -> None:
    """J-68: who leaves or falls ill does not leave a record with nobody."""
    _, record_id = office.begun("handed", CONSULTATION, referral="legal_consultation")
    second = str(office.town.people["second"].account_id)
    browser, page = office.browser(), f"{RECORDS}/{record_id}"
    address = address_of(browser.get(page), "person")

    answers = [browser.post(address, {"kept_by": second}, on=page) for _ in range(2)]
    stranger = {"kept_by": str(office.town.people["doctor"].account_id)}
    refused = browser.post(address_of(browser.get(page), "person"), stranger, on=page)
    handed = browser.get(page)
    office.take(record_id, Step.ADVISED, **ADVICE)
    over = browser.post(f"{page}/person?key=late", {"kept_by": second}, on=page)

    assert [each.status_code for each in answers] == [HTTPStatus.SEE_OTHER] * 2
    assert "专人已变更" in browser.get(answers[0].location).text
    assert "专人：王芳" in handed.text
    assert handed.text.count("<strong>变更专人：王芳</strong>") == 1
    assert faults(handed.text) == []
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "专人只能从本所现有人员中安排" in refused.text
    assert over.status_code == HTTPStatus.CONFLICT
    assert "台账已经结束" in over.text
    assert "变更专人</summary>" not in over.text


def test_nobody_begins_a_record_of_what_they_have_not_claimed(office: Office) -> None:
    referral_id = office.town.offered("unclaimed")

    mine = office.browser().get(f"{RECORDS}/new?referral={referral_id}&kind=consultation")
    page = office.browser().get(f"{INBOX}/{referral_id}").text

    assert mine.status_code == HTTPStatus.CONFLICT
    assert "请先认领" in mine.text
    assert "登记咨询" not in page


def test_sending_a_form_twice_writes_one_line_and_another_body_is_refused(office: Office) -> None:
    _, record_id = office.begun("twice", CONSULTATION, referral="legal_consultation")
    browser = office.browser()
    address = address_of(office.page(record_id), Step.NOTED)
    fields = {"on": "2026-11-18", "text": "电话约好明天上午。"}

    first = [browser.post(address, fields, on=f"{RECORDS}/{record_id}").status_code for _ in range(2)]
    other = browser.post(address, {**fields, "text": "另一段话"}, on=f"{RECORDS}/{record_id}")

    assert first == [HTTPStatus.SEE_OTHER, HTTPStatus.SEE_OTHER]
    assert office.page(record_id).text.count("电话约好明天上午") == 1
    assert other.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_gap_in_a_form_is_named_and_what_was_typed_stays(office: Office) -> None:
    _, record_id = office.begun("gap", CONSULTATION, referral="legal_consultation")

    unchosen = office.take(record_id, Step.ADVISED, text="已经讲清。")
    undated = office.take(record_id, Step.NOTED, text="记一笔", on="")
    ahead = office.take(record_id, Step.NOTED, text="记一笔", on="2026-11-19")

    assert unchosen.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "「答复并报办结」要从名单里选择" in unchosen.text
    assert "已经讲清。" in unchosen.text
    assert "日期：必填" in undated.text
    assert "日期还没有到" in ahead.text


def test_a_colleague_who_wrote_meanwhile_is_named_and_nothing_is_lost(office: Office) -> None:
    _, record_id = office.begun("meanwhile", CONSULTATION, referral="legal_consultation")
    office.take(record_id, Step.NOTED, login="second", text="同事先记了一笔。")

    answer = office.send(record_id, Step.NOTED, text="我也记一笔。", seen="1")

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "王芳在 10:00 写了一条" in answer.text
    assert "我也记一笔。" in answer.text


def test_a_record_stays_when_its_referral_cannot_be_closed_and_is_closed_later(office: Office) -> None:
    """Temporal is away: the fact is kept, the page says so, one tap states it afterwards."""
    referral_id, record_id = office.begun("later", CONSULTATION, referral="legal_consultation")
    office.town.judge.is_away = True
    refused = office.take(record_id, Step.ADVISED, **ADVICE)
    office.town.judge.is_away = False
    waiting = office.page(record_id)
    answer = office.browser().post(address_of(waiting, "answer"), on=f"{RECORDS}/{record_id}")

    assert refused.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "讲清自书遗嘱" in refused.text
    assert "结果还没有报给派出单位" in waiting.text
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert office.town.judge.states[referral_id].status is Status.COMPLETED
    assert "结果还没有报给派出单位" not in office.page(record_id).text


def test_a_referral_taken_back_meanwhile_leaves_the_record_and_says_what_is_possible(
    office: Office,
) -> None:
    referral_id, record_id = office.begun("withdrawn", CONSULTATION, referral="legal_consultation")
    visitor = office.town.browser("visitor")
    page = f"/department/inbox/{referral_id}"
    visitor.post(address_of(visitor.get(page), "withdraw"), {"reason": "mistake"}, on=page)

    refused = office.take(record_id, Step.ADVISED, **ADVICE)

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "台账已保存，转介没有随之报办结：这件事已经结束" in refused.text
    assert "讲清自书遗嘱" in refused.text


def test_an_outcome_sent_back_is_answered_again_on_the_referrals_page(office: Office) -> None:
    referral_id, record_id = office.begun("sent-back", CONSULTATION, referral="legal_consultation")
    office.take(record_id, Step.ADVISED, **ADVICE)
    visitor = office.town.browser("visitor")
    page = f"/department/inbox/{referral_id}"
    visitor.post(address_of(visitor.get(page), "send-back"), {"reason": "not_solved"}, on=page)

    again = office.page(record_id).text

    assert "派出单位已退回重办" in again
    assert "结果还没有报给派出单位" not in again


def test_a_program_does_the_same_under_the_same_keys(office: Office) -> None:
    referral_id = office.claimed("program")
    client, token = office.browser().client, office.town.sign_in("lawyer")
    asked = {"referral_id": str(referral_id), "kind": "consultation", "channel": "office"}
    step = {"step": "advised", "on": "2026-11-18", "detail": ["advised"], "text": "已答复。"}

    opened = [client.post("/justice/api/records", json=asked, headers=key(token, "open")) for _ in range(2)]
    record_id = json_of(opened[0])["record_id"]
    second = {"kept_by": str(office.town.people["second"].account_id)}
    handed = client.post(
        f"/justice/api/records/{record_id}/person", json=second, headers=key(token, "person")
    )
    taken = client.post(f"/justice/api/records/{record_id}/steps", json=step, headers=key(token, "step"))
    changed = client.post(
        "/justice/api/records", json={**asked, "channel": "home"}, headers=key(token, "open")
    )
    shown = json_of(client.get(f"/justice/api/records/{record_id}", headers=key(token, "")))

    assert [answer.status_code for answer in opened] == [HTTPStatus.CREATED, HTTPStatus.CREATED]
    assert (handed.status_code, taken.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    assert shown["kept_by"] == "王芳"
    assert json_of(changed)["code"] == "idempotency_key_mismatch"
    assert (shown["stage"], shown["outcome"]) == ("ended", "advised")
    assert office.town.judge.states[referral_id].status is Status.COMPLETED


def test_another_unit_finds_no_record_whatever_its_id(office: Office) -> None:
    _, record_id = office.begun("strange", CONSULTATION, referral="legal_consultation")
    office.town.joins("stranger", "何工", Role.OFFICER, unit=HEALTH)

    answers = [
        office.page(record_id, "stranger"),
        office.browser("stranger").get(f"{RECORDS}/{uuid4()}"),
        office.send(record_id, Step.NOTED, login="stranger", text="记一笔"),
    ]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 3
    assert "张桂花" not in office.browser("stranger").get(RECORDS).text


def test_the_list_masks_the_client_and_shows_what_runs_out_first(office: Office) -> None:
    _, record_id = office.begun("listed", CONSULTATION, referral="legal_consultation")

    page = office.browser().get(RECORDS).text

    assert f"{RECORDS}/{record_id}" in page
    assert "张**" in page
    assert "张桂花" not in page


def walks(office: Office, mobility: Mobility | None) -> None:
    """The elders of the town get about like this."""
    clerk = office.town.people["coordinator"]
    with office.town.database(Login.CARE_REGISTER).begin(clerk, NOW) as work:
        work.session.execute(
            text("UPDATE care_register.facts SET mobility = :mobility"), {"mobility": mobility}
        )


def _is_bytes(value: object) -> bool:
    return isinstance(value, bytes | memoryview)


def key(token: str, name: str) -> dict[str, str]:
    return {"Idempotency-Key": f"consulting-{name}", "Authorization": f"Bearer {token}"}


def test_a_consultation_that_stands_still_runs_out_nowhere(office: Office) -> None:
    """暂缓: its limit moves along, so neither its page nor 本单位台账 counts it down."""
    referral_id, record_id = office.begun("still", CONSULTATION, referral="legal_consultation")
    assert "本单位办结时限" in office.page(record_id).text
    browser, page = office.browser(), f"{INBOX}/{referral_id}"
    address = form_address(browser.get(page), f"{referral_id}/pause")
    browser.post(
        address, {"ground": "awaiting_papers", "until_on": "2026-11-23", "text": "等户口簿"}, on=page
    )

    assert "本单位办结时限" not in office.page(record_id).text
    listed = browser.get(RECORDS).text
    assert "没有在走的期限" in listed[listed.index(str(record_id)) :].partition("</tr>")[0]
