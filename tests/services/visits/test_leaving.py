"""Who has left the register is visited no more: no page promises otherwise, and nobody is sent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from services.care_register.codes import RemovalReason
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.removing import (
    DecideRemoval,
    RequestRemoval,
    decide_removal,
    request_removal,
)
from services.visits.codes import AssignmentKind
from services.visits.handlers.assigning import assign, choice, hand_over, round_to_hand_over
from services.visits.handlers.commands import Assign, HandOver
from services.visits.handlers.desk import Desk
from services.visits.handlers.rounds import todays_round
from shared.domain.codes import Reach, VisitMode
from shared.domain.errors import Conflict
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.builders import at
from tests.services.visits.conftest import (
    CLERKS,
    JIANGPU,
    LANE_CADRE,
    SECOND_VISITOR,
    VISITOR,
    ZICHUAN,
    Begin,
    MakeElder,
    Record,
)
from tests.web.browsing import Browser

Leave = Callable[..., None]
As = Callable[..., Browser]
LEFT_AT = at("2026-11-17 15:20")
SINCE = date(2026, 11, 2)


@pytest.fixture
def leave(settings: Settings, desk: Desk) -> Iterator[Leave]:
    """The clerk has heard of a death, and a colleague confirms it: the register's own handlers."""
    register = Database(settings, Login.CARE_REGISTER)
    register_desk = RegisterDesk(vault=desk.vault, book=desk.book)

    def left(elder: UUID, jurisdiction_id: str = ZICHUAN) -> None:
        clerk = CLERKS[jurisdiction_id]
        asked = RequestRemoval(enrolment_id=elder, reason=RemovalReason.DIED, note="派出所证明")
        with register.begin(clerk, at("2026-11-17 09:00")) as work:
            request_removal(asked, work, register_desk)
        with register.begin(replace(clerk, account_id=uuid4()), LEFT_AT) as work:
            decide_removal(DecideRemoval(enrolment_id=elder, is_confirmed=True), work)

    yield left
    register.close()


@pytest.fixture
def given(
    begin: Begin, staff: Database, desk: Desk, make_elder: MakeElder, leave: Leave
) -> tuple[UUID, UUID]:
    """Two elders of the visitor: one who has left the register since, and one who has not."""
    gone, here = make_elder(), make_elder()
    with begin() as work:
        assign(Assign(enrolment_ids=(gone, here), account_id=VISITOR.account_id, from_on=SINCE), work, desk)
    leave(gone)
    return gone, here


def test_the_contact_form_says_when_and_why_and_promises_no_visit(as_: As, given: tuple[UUID, UUID]) -> None:
    """It said 计入 for each way, and the record then counted for nothing."""
    gone, here = given
    page, usual = (as_().get(f"/visits/elders/{each}/contact").text for each in (gone, here))

    assert "计入每月探访" in usual
    assert "计入每月探访" not in page
    assert "11月17日 周二 15:20退出，原因：去世" in page
    assert "照常保存，但不计入探访" in page


def test_what_is_recorded_all_the_same_is_said_not_to_count(
    as_: As, record: Record, given: tuple[UUID, UUID]
) -> None:
    """A fact is never refused."""
    answer = record(given[0])
    page = as_().get(f"/visits/contacts/{answer.contact_id}").text

    assert (answer.is_reached, answer.counts_for) == (True, ())
    assert "不计入探访（老人已退出名单库）" in page


@pytest.mark.parametrize("kind", list(AssignmentKind))
def test_nobody_is_sent_to_who_has_left(
    kind: AssignmentKind, begin: Begin, desk: Desk, given: tuple[UUID, UUID]
) -> None:
    """Not alone, not among others; the others stay as they are."""
    gone, here = given
    command = Assign(
        enrolment_ids=(here, gone),
        account_id=SECOND_VISITOR.account_id,
        kind=kind,
        from_on=date(2026, 11, 18),
        to_on=date(2026, 11, 20),
    )
    with pytest.raises(Conflict, match="has_left") as refused, begin() as work:
        assign(command, work, desk)

    assert (refused.value.params["left_at"], refused.value.params["why"]) == (LEFT_AT, "去世")
    with begin() as work:
        (standing,) = choice(here, work, desk).standing
    assert standing.account_id == VISITOR.account_id


def test_the_page_of_the_visitor_says_why_and_offers_nobody(
    as_: As, make_elder: MakeElder, leave: Leave
) -> None:
    gone, here = make_elder(JIANGPU), make_elder(JIANGPU)
    leave(gone, JIANGPU)
    page, usual = (as_(LANE_CADRE).get(f"/visits/elders/{each}/assignment") for each in (gone, here))

    assert (page.status_code, usual.status_code) == (HTTPStatus.OK, HTTPStatus.OK)
    assert "保存，立即生效" in usual.text
    assert "保存，立即生效" not in page.text
    assert "原因：去世。不再安排探访人" in page.text


def test_who_has_left_is_not_counted_among_the_elders_of_a_visitor(
    begin: Begin, desk: Desk, given: tuple[UUID, UUID], leave: Leave
) -> None:
    """现有…位 decides who is offered first."""
    _, here = given

    def has() -> int:
        with begin() as work:
            found = choice(here, work, desk)
        return next(each.elders for each in found.candidates if each.account_id == VISITOR.account_id)

    before = has()
    leave(here)

    assert has() == before - 1


def test_a_round_is_handed_over_without_who_has_left(
    begin: Begin, desk: Desk, given: tuple[UUID, UUID]
) -> None:
    """One who has died must not keep the visitor's leave from being arranged."""
    gone, here = given
    command = HandOver(
        leaving_id=VISITOR.account_id,
        account_id=SECOND_VISITOR.account_id,
        kind=AssignmentKind.SUBSTITUTE,
        from_on=date(2026, 11, 18),
        to_on=date(2026, 11, 20),
    )
    with begin() as work:
        shown = {card.enrolment_id for card in round_to_hand_over(VISITOR.account_id, work, desk).cards}
        done = hand_over(command, work, desk)

    assert shown == set(done.enrolment_ids)
    assert here in shown
    assert gone not in shown


def test_who_has_left_is_on_nobodys_round_unless_they_are_being_looked_for(
    begin: Begin, desk: Desk, given: tuple[UUID, UUID], make_elder: MakeElder, leave: Leave, record: Record
) -> None:
    """They stood under 今天不用去的老人 for ever, marked 久未见到."""
    gone, here = given
    looked_for = make_elder()
    with begin() as work:
        assign(Assign(enrolment_ids=(looked_for,), account_id=VISITOR.account_id, from_on=SINCE), work, desk)
    record(looked_for, mode=VisitMode.AT_HOME, reach=Reach.NO_ANSWER_DOOR)
    leave(looked_for)

    with begin() as work:
        found = todays_round(work, desk)

    on_it = {each.elder.enrolment_id for each in (*found.due, *found.settled, *found.resting)}
    assert {here, looked_for} <= on_it
    assert gone not in on_it
