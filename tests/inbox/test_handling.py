"""Pause, more time, reassign, stand in, support: what the policy allows comes with the move."""

from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared.contracts.access import Role
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.referral.moves import Move, Status
from shared.platform.logins import Login
from tests.builders import at
from tests.inbox.conftest import Perform
from tests.inbox.forms import form_address
from tests.inbox.town import HEALTH, JUSTICE, NOW, SERVICE_OFFICE, Town
from tests.web.browsing import Browser

INBOX = "/justice/inbox"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def town(built: Town, town: Town) -> Town:
    """The town, with somebody who leads the judicial office."""
    if "head" not in built.people:
        built.joins("head", "周正", Role.UNIT_LEAD, Role.OFFICER, unit=JUSTICE)
    return town


@pytest.fixture
def claimed(town: Town, done: Perform) -> UUID:
    """A consultation that the lawyer has claimed."""
    referral_id = town.offered(uuid4().hex)
    done("lawyer", Move.ACCEPT, referral_id)
    return referral_id


def lawyer(town: Town) -> Browser:
    return town.browser("lawyer", "justice")


def page_of(town: Town, login: str, referral_id: UUID) -> str:
    return town.browser(login, "justice").get(f"{INBOX}/{referral_id}").text


def test_a_pause_takes_the_grounds_and_caps_of_the_plan(town: Town, done: Perform, claimed: UUID) -> None:
    """挂起: only for the kind's reasons, with a cap and a next date."""
    words = {"text": "等遗嘱见证人材料", "to_on": MONDAY}
    with pytest.raises(Invalid, match="unknown_ground"):
        done("lawyer", Move.PAUSE, claimed, code="awaiting_third_party", **words)
    with pytest.raises(Conflict, match="paused_too_long"):
        done("lawyer", Move.PAUSE, claimed, code="awaiting_papers", text="等", to_on=date(2026, 12, 4))
    done("lawyer", Move.PAUSE, claimed, code="awaiting_papers", **words)

    assert town.judge.states[claimed].suspended_at == NOW
    shown = page_of(town, "lawyer", claimed)
    assert "暂缓办理：待补材料，至 11月23日" in shown
    assert "等遗嘱见证人材料" in shown
    assert "恢复办理" in shown


def test_who_works_alone_is_asked_to_give_the_work_to_nobody(town: Town, done: Perform) -> None:
    """The form of 委托代办 had nobody to choose and could not be sent."""
    referral_id = town.offered(uuid4().hex, kind="family_doctor_follow_up")
    done("doctor", Move.ACCEPT, referral_id)

    shown = town.browser("doctor", "health").get(f"/health-centre/inbox/{referral_id}").text

    assert "/pause?" in shown
    assert "/delegate?" not in shown


def test_a_clock_that_stands_still_is_shown_neither_running_nor_late(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """暂缓: the limit of Thursday has moved along by the time that the unit goes on on Monday."""
    done("lawyer", Move.PAUSE, claimed, code="awaiting_papers", text="等遗嘱见证人材料", to_on=MONDAY)
    town.clock.at = NOW + timedelta(days=4)

    shown = page_of(town, "lawyer", claimed)
    assert "起暂缓办理，时限停止计算。" in shown
    assert "已超" not in shown
    assert "还剩" not in shown


def test_a_pause_by_its_form_keeps_what_was_typed_when_it_is_refused(town: Town, claimed: UUID) -> None:
    """Bad input gets a clear error, and nothing typed is lost."""
    browser = lawyer(town)
    page = f"{INBOX}/{claimed}"
    address = form_address(browser.get(page), f"{claimed}/pause")
    typed = {"ground": "awaiting_papers", "until_on": "2026-11-18", "text": "等户口簿"}

    refused = browser.post(address, typed, on=page)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "暂缓要写明下次办理的日期，最早从明天起。" in refused.text
    assert "等户口簿" in refused.text
    accepted = browser.post(
        form_address(browser.get(page), f"{claimed}/pause"), typed | {"until_on": "2026-11-20"}, on=page
    )
    assert accepted.status_code == HTTPStatus.SEE_OTHER
    assert "已暂缓，到下次日期自动恢复。" in browser.get(accepted.location).text


def test_more_time_is_granted_by_the_unit_that_the_plan_names(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """延期: asked before the limit, granted by whom the policy says."""
    before = town.judge.states[claimed]
    done("lawyer", Move.ASK_TIME, claimed, text="当事人住院，需另约时间")
    with pytest.raises(Forbidden):
        done("second", Move.GRANT_TIME, claimed)
    assert "申请延期，等待批准" in page_of(town, "lawyer", claimed)
    granted = done("coordinator", Move.GRANT_TIME, claimed)

    assert before.clocks[0].limit_at == at("2026-11-20 10:00")
    assert granted.complete_by == at("2026-11-27 10:00")


def test_the_coordinator_finds_what_waits_for_a_decision_in_the_pool(
    town: Town, done: Perform, claimed: UUID
) -> None:
    done("lawyer", Move.ASK_TIME, claimed, text="需要更多时间")
    listed = town.browser("coordinator", "department").get("/department/inbox?view=pool").text

    assert str(claimed) in listed


def test_the_head_gives_the_work_to_a_colleague_and_the_list_follows(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """转办 within the unit; a stranger to the unit is refused."""
    second = town.people["second"].account_id
    with pytest.raises(Invalid, match="not_a_colleague"):
        done("head", Move.REASSIGN, claimed, code=str(town.people["doctor"].account_id))
    with pytest.raises(Forbidden):
        done("lawyer", Move.REASSIGN, claimed, code=str(second))
    done("head", Move.REASSIGN, claimed, code=str(second), text="李明出差")

    assert town.judge.states[claimed].holder_id == second
    assert "转办：" in page_of(town, "second", claimed)
    assert str(claimed) in town.browser("second", "justice").get(f"{INBOX}?view=mine").text


def test_who_stands_in_finds_it_among_their_own_and_acts_with_both_names(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """委托 from–to, both names kept."""
    days = {"from_on": date(2026, 11, 18), "to_on": date(2026, 11, 19)}
    done("lawyer", Move.DELEGATE, claimed, code=str(town.people["second"].account_id), **days)

    assert str(claimed) in town.browser("second", "justice").get(f"{INBOX}?view=mine").text
    assert form_address(town.browser("second", "justice").get(f"{INBOX}/{claimed}"), "decline")
    assert done("second", Move.COMPLETE, claimed, code="advised").status is Status.COMPLETED
    shown = page_of(town, "lawyer", claimed)
    assert "代 李明 办理" in shown
    assert "11月18日至11月19日" in shown


def test_nobody_stands_in_until_another_century(town: Town, done: Perform, claimed: UUID) -> None:
    """A slip of the year gave somebody's work away for good."""
    days = {"from_on": date(2026, 11, 18), "to_on": date(2199, 11, 19)}
    with pytest.raises(Invalid, match="delegation_too_long"):
        done("lawyer", Move.DELEGATE, claimed, code=str(town.people["second"].account_id), **days)


def test_nobody_claims_more_than_one_person_can_do(town: Town, done: Perform) -> None:
    """A cap on held referrals, a number of the policy; who leads may still give more."""
    town.joins("busy", "吴忙", Role.OFFICER, unit=HEALTH)
    most = town.book.in_force("shanghai_jiangpu", NOW.date()).timing.held_at_most
    with town.database(Login.OWNER).engine.begin() as owner:
        owner.execute(COPIES, {"holder": town.people["busy"].account_id, "unit": HEALTH, "most": most})
    referral_id = town.offered("one-too-many", kind="home_bed")

    with pytest.raises(Conflict, match="holds_enough") as refused:
        done("busy", Move.ACCEPT, referral_id)
    assert refused.value.params["at_most"] == most
    assert done("doctor", Move.ACCEPT, referral_id).status is Status.ACCEPTED


def test_a_claim_that_idles_goes_back_and_says_so(town: Town, done: Perform, claimed: UUID) -> None:
    """Claims idle too long go back to the pool; until then the page says when."""
    assert "前没有任何进展，将退回待认领" in page_of(town, "lawyer", claimed)
    town.clock.at = NOW + timedelta(days=8)
    town.judge.pass_time(claimed, town.clock.at)

    assert town.judge.states[claimed].holder_id is None
    assert "多日没有进展，退回待认领" in page_of(town, "second", claimed)


def test_a_supporter_works_with_its_own_clocks_and_the_lead_waits_for_it(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """主办、协办: the lead cannot close while a supporter is open, and each sees the other."""
    with pytest.raises(Invalid, match="unknown_receiving_unit"):
        done("lawyer", Move.ASK_SUPPORT, claimed, code="shanghai_jiangpu:nowhere", text="请一起上门")
    with pytest.raises(Forbidden, match="move_not_permitted"):
        done("coordinator", Move.ASK_SUPPORT, claimed, code=HEALTH, text="请一起上门评估")
    done("lawyer", Move.ASK_SUPPORT, claimed, code=HEALTH, text="请一起上门评估")
    town.deliver()
    [asked] = town.judge.states[claimed].supporters
    support = asked.referral_id

    assert (town.judge.states[support].lead_id, town.judge.states[support].unit_id) == (claimed, HEALTH)
    with pytest.raises(Conflict, match="supporters_open"):
        done("lawyer", Move.COMPLETE, claimed, code="advised")
    assert "协办单位" in page_of(town, "lawyer", claimed)
    shown = town.browser("doctor").get(f"/department/inbox/{support}").text
    assert "请一起上门评估" in shown
    assert "这是协办事项" in shown


def test_support_that_is_sent_back_goes_to_nobody_else_but_the_coordinator(
    town: Town, done: Perform, claimed: UUID
) -> None:
    done("lawyer", Move.ASK_SUPPORT, claimed, code=HEALTH, text="请一起上门评估")
    town.deliver()
    [asked] = town.judge.states[claimed].supporters

    sent_back = done("doctor", Move.DECLINE, asked.referral_id, code="not_our_duty")

    assert sent_back.status is Status.TO_RULE


def test_a_share_that_another_unit_is_named_for_stays_a_share(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """协办: it waited for the lead to confirm it, and asked for what only the lead can state."""
    done("lawyer", Move.ASK_SUPPORT, claimed, code=HEALTH, text="请一起上门评估")
    town.deliver()
    [asked] = town.judge.states[claimed].supporters
    done("doctor", Move.DECLINE, asked.referral_id, code="not_our_duty")

    done("coordinator", Move.APPOINT, asked.referral_id, code=SERVICE_OFFICE, text="请服务办协办")
    done("coordinator", Move.ACCEPT, asked.referral_id)

    assert done("coordinator", Move.COMPLETE, asked.referral_id, code="advised").status is Status.CLOSED


def test_whoever_was_late_names_the_cause_from_the_plans_list(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """Breach cause codes from a list; the page asks for it once a limit was passed."""
    assert "填写超期原因" not in page_of(town, "lawyer", claimed)
    town.clock.at = NOW + timedelta(days=3)
    town.judge.pass_time(claimed, town.clock.at)

    assert "填写超期原因" in page_of(town, "lawyer", claimed)
    with pytest.raises(Invalid, match="unknown_cause"):
        done("lawyer", Move.NAME_CAUSE, claimed, code="bad_weather")
    done("lawyer", Move.NAME_CAUSE, claimed, code="elder_not_available")
    shown = page_of(town, "lawyer", claimed)
    assert "填写超期原因：老人不在或不便" in shown
    assert "超期记录会一直保留" in shown


def test_the_side_that_asked_records_that_the_elder_was_told(
    town: Town, done: Perform, claimed: UUID
) -> None:
    """回告: the outcome is told to the elder and recorded (domain §0.2-8)."""
    done("lawyer", Move.COMPLETE, claimed, code="advised")
    page = f"/department/inbox/{claimed}"
    assert "把办理结果告诉老人后，记在这里。" in town.browser("visitor").get(page).text
    with pytest.raises(Invalid, match="words_needed"):
        done("visitor", Move.TELL_ELDER, claimed)
    done("visitor", Move.TELL_ELDER, claimed, text="已当面告知，老人满意")

    shown = town.browser("visitor").get(page).text
    assert "回告老人" in shown
    assert "已当面告知，老人满意" in shown
    assert done("visitor", Move.CONFIRM, claimed).status is Status.CLOSED


COPIES = text(
    "INSERT INTO process.referral SELECT r.* FROM generate_series(1, :most) AS n, LATERAL ("
    " SELECT (jsonb_populate_record(t, jsonb_build_object('referral_id', gen_random_uuid(),"
    " 'unit_id', CAST(:unit AS text), 'status', 'accepted', 'holder_id', CAST(:holder AS uuid)))).*"
    " FROM process.referral AS t WHERE n > 0 LIMIT 1) AS r"
)
"""As many rows held by one person."""
