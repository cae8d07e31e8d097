"""未见到 on the board: who is looked for, and of whom somebody says where they are (domain §0.2-3)."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.care_register.codes import RemovalReason, SaidBy
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.removing import (
    DecideRemoval,
    RequestRemoval,
    decide_removal,
    request_removal,
)
from services.care_register.handlers.states import ReportState, report_state
from services.visits.handlers.commands import RecordContact
from services.visits.handlers.desk import Desk as VisitsDesk
from services.visits.handlers.recording import record_contact
from shared.contracts.access import Role
from shared.domain.codes import Reach, StateKind, VisitMode
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.inbox.town import NOW, PLACE
from tests.services.coordination.conftest import Street
from tests.web.browsing import json_of


@pytest.fixture
def unseen(street: Street) -> UUID:
    """Nobody opened the door."""
    elder = street.enrol(f"褚三{uuid4().hex[:4]}", "江浦路33弄3号3室")
    tried = RecordContact(
        contact_id=uuid4(), enrolment_id=elder, mode=VisitMode.AT_HOME, reach=Reach.NO_ANSWER_DOOR
    )
    with street.database(Login.VISITS).begin(street.people["visitor"], NOW) as work:
        record_contact(tried, work, VisitsDesk.from_settings(Settings()))
    return elder


def test_a_reported_state_takes_the_elder_from_the_list_of_those_to_look_for(
    street: Street, unseen: UUID
) -> None:
    before = json_of(street.opens("coordinator").get("/coordination/api/board"))
    said = ReportState(enrolment_id=unseen, kind=StateKind.IN_HOSPITAL, said_by=SaidBy.FAMILY, starts_at=NOW)
    with street.database(Login.CARE_REGISTER).begin(street.people["coordinator"], NOW) as work:
        report_state(said, work, RegisterDesk(vault=street.vault, book=street.book))
    after = json_of(street.opens("coordinator").get("/coordination/api/board"))

    assert str(unseen) in [line["enrolment_id"] for line in before["not_seen"]]
    assert str(unseen) not in [line["enrolment_id"] for line in after["not_seen"]]
    assert [line["state"] for line in after["explained"]] == ["in_hospital"]
    page = street.opens("coordinator").get("/coordination/").text
    assert "住院 · 待核实" in page


def test_who_is_looked_for_after_leaving_the_register_has_a_name_on_the_board(
    street: Street, unseen: UUID
) -> None:
    """A search is not settled by a line in the register; the board said 不在您负责的区域 of it."""
    _leaves(street, unseen)
    browser = street.opens("coordinator")
    searches = browser.get("/coordination/").text.partition('id="not-seen"')[2].partition("</section>")[0]
    names = browser.get("/coordination/names?concern=not_seen").text

    for page in (searches, names):
        (here,) = re.findall(rf'href="/coordination/elders/{unseen}">(?:<strong>)?(褚[^<]*)<', page)
        assert here.endswith("*")
        assert "已退出名单库" in page
        assert "不在您负责的区域" not in page


def _leaves(street: Street, elder: UUID) -> None:
    desk, person = RegisterDesk(vault=street.vault, book=street.book), street.people["coordinator"]
    asked = RequestRemoval(enrolment_id=elder, reason=RemovalReason.MOVED_AWAY, note="家属告知")
    register = street.database(Login.CARE_REGISTER)
    with register.begin(person, NOW) as work:
        request_removal(asked, work, desk)
    with register.begin(replace(person, account_id=uuid4()), NOW) as work:
        decide_removal(DecideRemoval(enrolment_id=elder, is_confirmed=True), work)


def test_who_may_only_look_is_offered_no_link_that_ends_in_a_refusal(street: Street, unseen: UUID) -> None:
    """The director of the working group sees who is looked for; the referral is its parties' business."""
    street.joins("director", "赵明", Role.UNIT_LEAD, unit=f"{PLACE}:working_group", areas=("310110008",))
    street.deliver()
    opened = r'href="(/coordination/inbox/[0-9a-f-]{36})"'
    looking, ruling = (
        street.opens(login).get("/coordination/").text for login in ("director", "coordinator")
    )

    assert "未见到" in looking
    assert not re.search(opened, looking.partition('id="not-seen"')[2].partition("</section>")[0])
    assert re.search(opened, ruling.partition('id="not-seen"')[2].partition("</section>")[0])


def test_a_duty_room_that_only_looks_on_is_not_told_to_see_to_it(street: Street, unseen: UUID) -> None:
    """The search is the unit's work until its ladder is at the duty room, which reads how far it is."""
    street.joins("duty", "丁值", Role.DUTY_OFFICER, unit=f"{PLACE}:duty_room", areas=("310110008",))
    street.deliver()
    mine, theirs = (
        street.opens(login)
        .get("/coordination/")
        .text.partition('id="not-seen"')[2]
        .partition("</section>")[0]
        for login in ("coordinator", "duty")
    )

    assert ("处理</a>" in mine, "查看进展</a>" in mine) == (True, False)
    assert ("处理</a>" in theirs, "查看进展</a>" in theirs) == (False, True)
