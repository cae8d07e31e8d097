"""人民调解: with the consent of both, never against a refusal, never over violence; and its dates."""

from http import HTTPStatus

from sqlalchemy import select

from shared.domain.justice.codes import RecordKind, Step
from shared.domain.referral.moves import Status
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from tests.inbox.forms import form_address
from tests.inbox.town import CITY, NOW, POLICE, RELAY
from tests.services.justice.office import Office
from tests.web.accessible import faults

MEDIATION = RecordKind.MEDIATION


def test_both_sides_agree_before_it_starts(office: Office) -> None:
    """J-69: consent of both sides."""
    _, record_id = office.begun("both", MEDIATION, referral="mediation")
    office.take(record_id, Step.ELDER_AGREED)
    early = office.take(record_id, Step.STARTED)
    office.take(record_id, Step.OTHER_AGREED)

    answer = office.take(record_id, Step.STARTED)

    assert early.status_code == HTTPStatus.CONFLICT
    assert "还不能开始调解" in early.text
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "调解中" in office.page(record_id).text


def test_one_clear_refusal_ends_it_and_it_cannot_start(office: Office) -> None:
    """人民调解法 art. 17; J-69: one side refuses, so mediation cannot start."""
    referral_id, record_id = office.begun("refused", MEDIATION, referral="mediation")
    office.take(record_id, Step.ELDER_AGREED)
    office.take(record_id, Step.OTHER_REFUSED, reply="对方明确拒绝调解，建议诉讼。")

    started = office.send(record_id, Step.STARTED)

    assert started.status_code == HTTPStatus.CONFLICT
    assert "一方明确拒绝，不能调解" in started.text
    assert "人民调解法第十七条" in started.text
    assert office.town.judge.states[referral_id].outcome == "one_side_refuses"


def test_a_refusal_by_mistake_is_taken_back_with_a_reason_and_both_lines_stay(office: Office) -> None:
    """J-69: it ended the record for good; mediation is possible again only after it was taken back."""
    referral_id, record_id = office.begun("misclicked", MEDIATION, referral="mediation")
    office.take(record_id, Step.ELDER_AGREED)
    office.take(record_id, Step.OTHER_REFUSED)
    before = office.send(record_id, Step.OTHER_AGREED)
    silent = office.take(record_id, Step.REFUSAL_TAKEN_BACK)
    office.take(record_id, Step.REFUSAL_TAKEN_BACK, text="点错了，对方当天说的是愿意调解。")
    page = office.page(record_id).text
    sender = office.town.browser("visitor")
    about = f"/department/inbox/{referral_id}"
    sender.post(
        form_address(sender.get(about), "send-back"), {"reason": "unclear", "text": "请重办"}, on=about
    )
    for step in (Step.OTHER_AGREED, Step.STARTED):
        office.take(record_id, step)
    office.take(record_id, Step.SETTLED, text="每月给付赡养费六百元。", reply="已达成协议。")

    assert before.status_code == HTTPStatus.CONFLICT
    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "「撤回拒绝或暂不需要的记录」要有文字记录" in silent.text
    assert "对方明确拒绝调解" in page
    assert "点错了，对方当天说的是愿意调解。" in page
    assert office.town.judge.states[referral_id].outcome == "settled"
    assert faults(office.page(record_id).text) == []


def test_a_step_of_another_century_is_a_slip(office: Office) -> None:
    _, record_id = office.begun("slip", MEDIATION, referral="mediation")
    refused = office.take(record_id, Step.NOTED, on="1926-11-18", text="上门了解情况。")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "日期须在366天以内" in refused.text


def test_a_visit_is_agreed_for_no_other_century_either(office: Office) -> None:
    _, record_id = office.begun("far visit", RecordKind.CONSULTATION, referral="legal_consultation")
    refused = office.take(record_id, Step.VISIT_AGREED, on="2126-11-18")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "「约定上门」的日期须在366天以内" in refused.text


def test_it_is_to_be_settled_within_a_month_and_confirmed_within_thirty_days(office: Office) -> None:
    """人民调解工作若干规定 art. 33; 人民调解法 art. 33."""
    referral_id, record_id = office.begun("settled", MEDIATION, referral="mediation")
    for step in (Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED):
        office.take(record_id, step)
    running = office.page(record_id).text

    office.take(record_id, Step.SETTLED, text="每月给付赡养费六百元。", reply="已达成协议。")
    settled = office.page(record_id).text

    assert "一般应当调结的期限" in running
    assert "12月18日 前" in running
    assert "人民法院：申请司法确认（外部法定时限）" in settled
    assert office.town.judge.states[referral_id].outcome == "settled"
    office.take(record_id, Step.CONFIRMATION_ASKED)
    assert "已申请司法确认" in office.page(record_id).text


def test_signs_of_violence_become_a_mandatory_report_that_the_asking_side_does_not_see(
    office: Office,
) -> None:
    """人民调解法 art. 25, 反家庭暴力法 art. 14, X-11."""
    referral_id, record_id = office.begun("violence", MEDIATION, referral="mediation")

    answer = office.take(record_id, Step.VIOLENCE_SEEN, text="老人手臂有新伤，说是儿子推的。")
    with office.town.database(Login.RELAY).begin(RELAY, NOW) as work:
        sent = work.session.scalars(select(Outbox).order_by(Outbox.id.desc()).limit(1)).one()
    reported = sent.payload["state"]
    office.town.deliver()
    asked = office.town.browser("visitor").get(f"/department/inbox/{referral_id}").text

    assert "强制报告已发出" in office.browser().get(answer.location).text
    assert (reported["kind"]["code"], reported["unit_id"]) == ("mandatory_report", POLICE)
    assert reported["origin_id"] == str(referral_id)
    assert office.town.judge.states[referral_id].outcome == "not_settled_other_ways_told"
    assert "强制报告" not in asked
    assert "新伤" not in asked
    assert (
        "老人手臂有新伤"
        in office.town.browser("police", "public_security")
        .get(f"/police/inbox/{reported['referral_id']}")
        .text
    )


def test_signs_of_violence_are_reported_though_another_unit_has_the_work_by_now(office: Office) -> None:
    """反家庭暴力法 art. 14: 「没有找到这件事项」 said the page; nothing was kept and nobody was told."""
    referral_id, record_id = office.begun("violence elsewhere", MEDIATION, referral="mediation")
    office.given_to(referral_id, CITY)
    before = reports(office)

    answer = office.take(record_id, Step.VIOLENCE_SEEN, text="老人说昨晚又挨了打。")

    assert "强制报告已发出" in office.browser().get(answer.location).text
    assert reports(office) == before + 1


def test_a_report_that_went_out_is_said_though_the_work_cannot_be_closed(office: Office) -> None:
    """Temporal is away: the page said only that the step could not be taken."""
    _, record_id = office.begun("violence, no judge", MEDIATION, referral="mediation")
    office.town.judge.is_away = True
    refused = office.take(record_id, Step.VIOLENCE_SEEN, text="手臂有新伤。")
    office.town.judge.is_away = False

    assert refused.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "强制报告已发出" in refused.text


def test_a_form_sent_twice_reports_once(office: Office) -> None:
    _, record_id = office.begun("report-once", MEDIATION, referral="mediation")
    before = reports(office)
    browser = office.browser()
    page = f"/justice/records/{record_id}"
    address = f"{page}/{Step.VIOLENCE_SEEN}?key=same"
    fields = {"on": "2026-11-18", "text": "发现新伤。"}

    for _ in range(2):
        browser.post(address, fields, on=page)

    assert reports(office) == before + 1


def test_what_was_not_settled_says_which_ways_were_told(office: Office) -> None:
    """人民调解法 art. 26."""
    referral_id, record_id = office.begun("not-settled", MEDIATION, referral="mediation")
    for step in (Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED):
        office.take(record_id, step)
    silent = office.take(record_id, Step.NOT_SETTLED)

    office.take(record_id, Step.NOT_SETTLED, text="已告知可以申请法律援助、起诉。")

    assert silent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "「未达成，已告知其他途径」要有文字记录" in silent.text
    assert office.town.judge.states[referral_id].status is Status.COMPLETED


def reports(office: Office) -> int:
    with office.town.database(Login.RELAY).begin(RELAY, NOW) as work:
        starts = work.session.scalars(select(Outbox)).all()
    return sum(
        start.payload.get("state", {}).get("kind", {}).get("code") == "mandatory_report" for start in starts
    )
