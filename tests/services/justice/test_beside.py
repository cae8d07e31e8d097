"""What stands beside a referral and ends on its own: protection orders, and the family-duty ladder."""

import re
from datetime import timedelta
from http import HTTPStatus

from sqlalchemy import text

from shared.domain.justice.codes import RecordKind, Step
from shared.domain.referral.moves import Status
from shared.platform.logins import Login
from tests.inbox.town import NOW
from tests.services.justice.office import RECORDS, Office, address_of
from tests.web.accessible import faults

DUTY = RecordKind.FAMILY_DUTY
SON = {"name": "王建国", "phone": "13900005678", "detail": "son"}


def family(office: Office, name: str) -> tuple[object, str]:
    """A record with one son in it: its id, and his."""
    referral_id = office.claimed(name, "mediation")
    record_id = office.opened(referral_id, DUTY)
    office.take(record_id, Step.MEMBER_NAMED, **SON)
    member = re.search(r'<option value="([0-9a-f-]{36})">王建国', office.page(record_id).text)
    assert member
    return record_id, member[1]


def test_a_protection_order_has_the_clocks_of_the_court_and_an_end(office: Office) -> None:
    """反家庭暴力法 arts. 28 and 30: 72 hours, six months at most."""
    referral_id = office.claimed("order")
    record_id = office.opened(referral_id, RecordKind.PROTECTION)
    office.take(record_id, Step.EVIDENCE_KEPT, text="报警回执一份。")
    office.take(record_id, Step.FILED)
    filed = office.page(record_id).text
    office.take(record_id, Step.ORDER_MADE)
    made = office.page(record_id).text

    assert "人民法院：作出人身安全保护令或者驳回（外部法定时限）" in filed
    assert "11月21日 前" in filed
    assert "保护令有效" in made
    assert "2027年5月18日 前" in made
    assert office.town.judge.states[referral_id].status is Status.ACCEPTED


def test_violence_while_the_court_has_not_decided_is_reported(office: Office) -> None:
    """The record took down no signs of it between the application and the order."""
    record_id = office.opened(office.claimed("meanwhile"), RecordKind.PROTECTION)
    office.take(record_id, Step.FILED)

    answer = office.take(record_id, Step.VIOLENCE_SEEN, text="申请之后又动了手。")

    assert "强制报告已发出" in office.browser().get(answer.location).text


def test_no_order_is_made_before_it_was_asked_for(office: Office) -> None:
    """The page says which day the step that it follows has."""
    record_id = office.opened(office.claimed("out of order"), RecordKind.PROTECTION)
    office.take(record_id, Step.FILED)
    refused = office.take(record_id, Step.ORDER_MADE, on="2026-11-01")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "不能早于上一步（2026年11月18日）" in refused.text


def test_an_order_refused_may_be_reviewed_within_five_days(office: Office) -> None:
    """反家庭暴力法 art. 31."""
    record_id = office.opened(office.claimed("review"), RecordKind.PROTECTION)
    office.take(record_id, Step.FILED_URGENTLY)
    urgent = office.page(record_id).text
    office.take(record_id, Step.ORDER_REFUSED)

    assert "紧急情况下作出" in urgent
    assert "11月19日 前" in urgent
    assert "申请复议（外部法定时限）" in office.page(record_id).text


def test_a_ladder_at_its_end_is_not_a_duty_that_is_fulfilled(office: Office) -> None:
    """Z-52: who was sued with no change stood there as 已履行赡养义务."""
    record_id, son = family(office, "to the end")
    said = {"detail": "no_change", "text": "仍不看望。", "member_id": son}
    for word in (Step.REMINDED, Step.PERSUADED):
        office.take(record_id, word, **said)
    office.take(record_id, Step.OTHER_REFUSED, member_id=son)
    office.take(record_id, Step.WENT_TO_LAW, **said)
    page = office.page(record_id).text

    assert "督促各步都已办过，没有下一步" in page
    assert "已履行赡养义务，不再督促" not in page


def test_a_number_nobody_can_dial_comes_back(office: Office) -> None:
    record_id = office.opened(office.claimed("no number", "mediation"), DUTY)
    refused = office.take(record_id, Step.MEMBER_NAMED, **{**SON, "phone": "1390000"})

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "电话号码不对" in refused.text
    assert "1390000" in refused.text


def test_the_ladder_says_what_comes_next_and_by_when(office: Office) -> None:
    """Z-51: stages, outcome, next."""
    record_id, son = family(office, "next")
    named = office.page(record_id).text
    office.take(record_id, Step.REMINDED, member_id=son, detail="no_change", text="电话提醒，答应再看。")
    reminded = office.page(record_id).text

    assert "下一步：提醒（11月25日 前）" in named
    assert "提醒：没有改变" in reminded
    assert "下一步：规劝（12月2日 前）" in reminded


def test_each_member_of_a_family_that_is_on_record_whole_is_assessed_every_quarter(office: Office) -> None:
    """Z-50: assessed per family member, each quarter; member list complete."""
    record_id, son = family(office, "assessed")
    named = office.page(record_id)
    office.take(record_id, Step.FAMILY_COMPLETE)
    unchosen = office.take(record_id, Step.ASSESSED, member_id=son)
    office.take(record_id, Step.ASSESSED, member_id=son, detail="falls_short", text="三个月没有看望。")
    found = office.page(record_id)
    office.town.clock.at = NOW + timedelta(days=100)
    overdue = office.page(record_id)

    assert "还没有评估" in named.text
    assert "还没有确认登记齐全" in named.text
    assert unchosen.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "评估：履行不到位" in found.text
    assert "下次评估 2027年2月18日 前" in found.text
    assert "还没有确认登记齐全" not in found.text
    assert f"/{Step.FAMILY_COMPLETE}?" not in found.text
    assert faults(found.text) == []
    assert "评估已逾期" in overdue.text


def test_mediation_is_not_reached_without_consent_nor_by_skipping(office: Office) -> None:
    """Z-51: cannot skip to 调解 without consent."""
    record_id, son = family(office, "skipping")
    mediate = {"member_id": son, "detail": "promises", "text": "请双方到所。"}
    before = office.page(record_id).text
    skipped = office.send(record_id, Step.PERSUADED, **mediate)
    for step in (Step.REMINDED, Step.PERSUADED):
        office.take(record_id, step, **{**mediate, "detail": "no_change"})
    unasked = office.take(record_id, Step.MEDIATED, **mediate)
    office.take(record_id, Step.ELDER_AGREED)
    office.take(record_id, Step.OTHER_AGREED, member_id=son)

    agreed = office.take(record_id, Step.MEDIATED, **mediate)

    assert f"/{Step.REMINDED}?" in before
    assert f"/{Step.PERSUADED}?" not in before
    assert "不能越过前面的步骤" in skipped.text
    assert "还不能开始调解" in unasked.text
    assert (skipped.status_code, unasked.status_code) == (HTTPStatus.CONFLICT, HTTPStatus.CONFLICT)
    assert agreed.status_code == HTTPStatus.SEE_OTHER


def test_the_evidence_pack_is_printed_with_its_purpose_and_each_export_leaves_a_trace(
    office: Office,
) -> None:
    """Z-52: pack export logged."""
    record_id, son = family(office, "pack")
    office.take(record_id, Step.REMINDED, member_id=son, detail="no_change", text="电话提醒三次。")
    browser, page = office.browser(), f"{RECORDS}/{record_id}"
    address = address_of(browser.get(page), "pack")

    silent = browser.post(address, {"on": "2026-11-18"}, on=page)
    packs = [
        browser.post(address, {"on": "2026-11-18", "text": "移交法律援助中心"}, on=page) for _ in range(2)
    ]
    with office.town.database(Login.COORDINATION).begin(office.town.people["coordinator"], NOW) as work:
        left = work.session.execute(
            text("SELECT detail FROM kit.history WHERE action = 'justice_pack_exported'")
        ).all()

    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "电话提醒三次。" in packs[0].text
    assert "2026年11月18日 10:00 由李明导出，用途：移交法律援助中心" in packs[1].text
    assert [row.detail["record_id"] for row in left] == [str(record_id)]
    assert browser.get(page).text.count("<strong>导出证据材料</strong>") == 1


def test_a_family_record_leaves_the_referral_to_its_own_end(office: Office) -> None:
    record_id, _ = family(office, "own-end")

    answer = office.take(record_id, Step.ENDED)

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "已结束" in office.page(record_id).text


def test_a_family_record_that_has_ended_promises_no_next_step(office: Office) -> None:
    record_id, _ = family(office, "over")
    before = office.page(record_id).text
    office.take(record_id, Step.ENDED)
    over = office.page(record_id).text

    assert ("下一步" in before, "下次评估" in before) == (True, True)
    assert ("下一步" in over, "下次评估" in over) == (False, False)
    assert "还没有评估" in over


def test_a_member_named_by_mistake_is_taken_out_and_stays_to_be_read(office: Office) -> None:
    """The ladder, the evidence and the list's next day went on with somebody who owes the elder nothing."""
    record_id, son = family(office, "not the son")
    office.take(record_id, Step.REMINDED, member_id=son, detail="no_change", text="电话里说不认识老人。")
    wordless = office.send(record_id, Step.MEMBER_STRUCK, member_id=son)
    taken = office.take(record_id, Step.MEMBER_STRUCK, member_id=son, text="同名同姓，不是老人的儿子。")
    page = office.page(record_id).text
    late = office.send(record_id, Step.REMINDED, member_id=son, detail="no_change", text="再提醒。")
    listed = office.browser().get(RECORDS).text

    assert wordless.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert taken.status_code == HTTPStatus.SEE_OTHER
    assert "请先登记负有赡养义务的家庭成员" in page
    assert "同名同姓" in page
    assert page.count("王建国") > 1
    assert "导出证据材料" not in page
    assert late.status_code in {HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND}
    assert "赡养督促" in listed
    assert faults(page) == []
