"""A report that the law demands (强制报告): what it ends with, and what who supports it (协办) is asked."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from shared.contracts.access import Role
from shared.domain.errors import Conflict, Invalid
from shared.domain.referral.moves import Move, Status
from shared.inbox.reader import Reader
from shared.platform.logins import Login
from shared.process.tables import Referral
from tests.inbox.conftest import Perform
from tests.inbox.forms import form_address
from tests.inbox.town import COMMITTEE, HEALTH, NOW, PLACE, Town


@pytest.fixture
def report(town: Town, done: Perform) -> UUID:
    """A report that somebody of the unit that must act has claimed."""
    referral_id = town.offered(uuid4().hex, kind="mandatory_report")
    town.joins("reporter", "何清", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)
    done("reporter", Move.ACCEPT, referral_id)
    return referral_id


def test_a_mandatory_report_ends_only_with_when_and_to_whom_it_was_made(
    town: Town, done: Perform, report: UUID
) -> None:
    """强制报告: it ends with 报警时间 and 接警人/回执, and nobody takes it back."""
    made = {"reported_at": datetime(2026, 11, 18, 9, 40), "receipt": "接警员 0231"}  # noqa: DTZ001 - wall time

    with pytest.raises(Conflict, match="report_stands"):
        done("visitor", Move.WITHDRAW, report, code="mistake")
    for missing in ({}, made | {"receipt": " "}, made | {"reported_at": datetime(2026, 11, 18, 10, 1)}):  # noqa: DTZ001
        with pytest.raises(Invalid, match="receipt_needed"):
            done("reporter", Move.COMPLETE, report, code="reported_to_police", **missing)
    ended = done("reporter", Move.COMPLETE, report, code="reported_to_police", **made)

    assert ended.status is Status.CLOSED
    shown = town.browser("reporter").get(f"/department/inbox/{report}").text
    assert "报警时间：2026年11月18日 09:40；接警人（回执）：接警员 0231" in shown


def test_the_form_of_a_mandatory_report_asks_for_the_receipt_and_offers_no_withdrawal(
    town: Town, report: UUID
) -> None:
    page = f"/department/inbox/{report}"
    browser = town.browser("reporter")
    address = form_address(browser.get(page), f"{report}/complete")
    typed = {"outcome": "reported_to_police", "reported_at": "2026-11-18T09:40", "receipt": "0231"}

    assert "withdraw" not in town.browser("visitor").get(page).text
    refused = browser.post(address, typed | {"receipt": ""}, on=page)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "强制报告只能凭报警时间和接警人" in refused.text
    again = form_address(browser.get(page), f"{report}/complete")
    assert browser.post(again, typed, on=page).status_code == HTTPStatus.SEE_OTHER


def test_a_supporter_of_a_report_is_asked_for_no_receipt_and_ends_its_share(
    town: Town, done: Perform, report: UUID
) -> None:
    done("reporter", Move.ASK_SUPPORT, report, code=HEALTH, text="请验伤")
    town.deliver()
    [asked] = town.judge.states[report].supporters
    done("doctor", Move.ACCEPT, asked.referral_id)
    page = f"/department/inbox/{asked.referral_id}"
    browser = town.browser("doctor")

    opened = browser.get(page)
    shown = opened.text
    assert "协办事项已完成" in shown
    assert "报警时间" not in shown
    assert "已报警" not in shown
    browser.post(form_address(opened, f"{asked.referral_id}/complete"), {"outcome": "support_given"}, on=page)

    assert town.judge.states[asked.referral_id].status is Status.CLOSED


def test_who_may_know_the_day_of_a_report_alone_learns_no_minute_by_acting_on_it(
    done: Perform, report: UUID
) -> None:
    """X-11: the page shows no clock, yet the answer to a remark named the minute of the visit."""
    told = done("visitor", Move.NOTE, report, text="老人还在家")
    known = done("reporter", Move.NOTE, report, text="已联系接警")

    assert (told.held_since, told.accept_by, told.complete_by) == (None, None, None)
    assert known.complete_by is not None


def test_two_persons_of_two_units_may_find_afterwards_that_it_was_none(
    town: Town, done: Perform, report: UUID
) -> None:
    """X-11: 经核查不属于, added by two named persons of two units; the report and its receipt stand."""
    town.joins("colleague", "何涛", Role.OFFICER, unit=town.judge.states[report].unit_id)
    town.joins("head", "赵敏", Role.UNIT_LEAD, Role.OFFICER, unit=COMMITTEE)
    page, said = f"/department/inbox/{report}", f"/department/inbox/{report}/unfounded"
    police, colleague, head = (town.browser(login) for login in ("reporter", "colleague", "head"))

    early = police.post(said, {"text": "误会"}, on=page)
    made = {"reported_at": datetime(2026, 11, 18, 9, 40), "receipt": "接警员 0231"}  # noqa: DTZ001 - wall time
    done("reporter", Move.COMPLETE, report, code="reported_to_police", **made)
    assert early.status_code == HTTPStatus.FORBIDDEN
    assert police.post(said, {"text": "走访后是邻居吵架"}, on=page).status_code == HTTPStatus.SEE_OTHER
    assert colleague.post(said, {"text": "我也这样看"}, on=page).status_code == HTTPStatus.CONFLICT
    assert "还需另一个单位认定" in colleague.get(page).text
    assert head.post(said, {"text": "本人和家属都说明"}, on=page).status_code == HTTPStatus.SEE_OTHER

    shown = police.get(page).text
    assert "两个单位已认定" in shown
    assert ("何清" in shown, "赵敏" in shown, "接警员 0231" in shown) == (True, True, True)
    assert town.judge.states[report].outcome == "reported_to_police"


def test_a_report_that_a_unit_makes_to_itself_has_its_second_voice_in_the_unit_above(
    town: Town, report: UUID
) -> None:
    """X-11: in 淄川 the town of the visitor is the unit that must act, and no second unit could speak."""
    group, other = f"{PLACE}:working_group", f"{PLACE}:service_office"
    above = town.joins("above", "董敏", Role.UNIT_LEAD, Role.OFFICER, unit=group)
    beside = town.joins("beside", "余华", Role.UNIT_LEAD, Role.OFFICER, unit=other)
    with town.database(Login.DEPARTMENT).begin(town.people["reporter"], NOW) as work:
        row = work.session.get_one(Referral, report)
        work.session.expunge(row)
    readers = [Reader(person=person, now=NOW, book=town.book) for person in (above, beside)]

    of_two = [reader.reads(row) for reader in readers]
    row.requesting_unit_id = row.unit_id

    assert of_two == [False, False]
    assert [reader.unit_above(row) for reader in readers] == [group, group]
    assert [reader.reads(row) for reader in readers] == [True, False]
    assert [reader.knows(row, uuid4()) for reader in readers] == [False, False]
