"""An extra visit (加访) is a fact: asked for once, told to the cycle, and owed if its process is lost."""

from datetime import date, datetime, timedelta
from http import HTTPStatus
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from services.visits.handlers.commands import RecordContact
from services.visits.handlers.desk import Desk as VisitsDesk
from services.visits.handlers.recording import record_contact
from shared.contracts.visit_cycle import CycleUpdate
from shared.domain.codes import Reach, VisitMode
from shared.domain.plan import EXTRA_VISIT
from shared.domain.visit_cycle.state import WindowOutcome
from shared.platform.logins import Login
from shared.process.tables import VisitWindow
from tests.builders import at, on_the_wire
from tests.inbox.town import NOW
from tests.services.coordination.conftest import Street

MONDAY_LAST = at("2026-11-09 00:00")
FRIDAY_NIGHT, NEXT_FRIDAY_NIGHT = at("2026-11-21 00:00"), at("2026-11-28 00:00")
ON = "/coordination/"
A_WORD = {"mode": VisitMode.PHONE, "reach": Reach.OTHERS_ANSWERED}
_doors = count(1)


@pytest.fixture
def elder(street: Street) -> UUID:
    """Somebody whose cycle runs since last week."""
    enrolment_id = street.enrol("钱一", f"江浦路{next(_doors)}弄1号1室")
    street.begins(enrolment_id, MONDAY_LAST)
    return enrolment_id


def asked(street: Street, elder: UUID, due_on: str, extra_id: UUID | None = None) -> TestResponse:
    """The coordinator sends the form of the elder's page."""
    form = {"extra_id": extra_id or uuid4(), "due_on": due_on}
    return street.opens("coordinator").post(f"/coordination/elders/{elder}/extra-visits", form, on=ON)


def due(street: Street, elder: UUID) -> list[str]:
    """By when each extra visit is owed that the cycle was told of."""
    told = street.told(elder, CycleUpdate.TAKE_IN)
    return [extra["due_by"] for message in told for extra in message.payload["facts"]["extras"]]


def windows(street: Street, elder: UUID) -> dict[datetime, WindowOutcome]:
    """How the elder's extra visits stand, by the instant until which they are owed."""
    wanted = select(VisitWindow).filter_by(enrolment_id=elder, obligation=EXTRA_VISIT)
    with street.database(Login.COORDINATION).begin(street.people["coordinator"], NOW) as work:
        return {row.closes_at: row.outcome for row in work.session.scalars(wanted)}


def recorded(street: Street, elder: UUID, now: datetime, **said: Any) -> None:
    """A contact as the visitor records it then: spoken with at home, unless said otherwise."""
    values = {"mode": VisitMode.AT_HOME, "reach": Reach.SPOKEN_WITH, **said}
    command = RecordContact(contact_id=uuid4(), enrolment_id=elder, **values)
    with street.database(Login.VISITS).begin(street.people["visitor"], now) as work:
        record_contact(command, work, VisitsDesk(vault=street.vault, book=street.book))


def leaves(street: Street, elder: UUID) -> None:
    leaving = text(
        "UPDATE care_register.enrolment SET status = 'left', left_at = :at, removal_reason = 'moved_away'"
        " WHERE enrolment_id = :enrolment_id"
    )
    with street.database(Login.OWNER).engine.begin() as owner:
        owner.execute(leaving, {"at": NOW, "enrolment_id": elder})


def test_a_visit_added_reaches_the_cycle_once(street: Street, elder: UUID) -> None:
    """加访: owed until the end of that day; the same form sent twice is one visit."""
    extra_id = uuid4()
    answers = [asked(street, elder, "2026-11-20", extra_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.SEE_OTHER] * 2
    assert due(street, elder) == [on_the_wire(FRIDAY_NIGHT)]


def test_another_day_under_the_same_id_is_refused_and_says_who_asked_for_which(
    street: Street, elder: UUID
) -> None:
    """It was answered as if it had been added, and the first day stayed."""
    extra_id = uuid4()
    asked(street, elder, "2026-11-20", extra_id)
    answer = asked(street, elder, "2026-11-27", extra_id)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "周敏已于11月18日" in answer.text
    assert "最迟11月20日" in answer.text
    assert due(street, elder) == [on_the_wire(FRIDAY_NIGHT)]


def test_the_same_id_for_another_elder_is_refused(street: Street, elder: UUID) -> None:
    extra_id = uuid4()
    asked(street, elder, "2026-11-20", extra_id)

    assert asked(street, street.elder, "2026-11-20", extra_id).status_code == HTTPStatus.CONFLICT
    assert due(street, street.elder) == []


def test_an_id_used_where_one_sees_nothing_is_refused_without_a_word_about_it(
    street: Street, elder: UUID
) -> None:
    """Row policies keep the other's visit from who asks; its id cannot be theirs."""
    extra_id = uuid4()
    asked(street, elder, "2026-11-20", extra_id)
    elsewhere = text("UPDATE coordination.extra_visit SET area_code = '310110009001' WHERE extra_id = :id")
    with street.database(Login.OWNER).engine.begin() as owner:
        owner.execute(elsewhere, {"id": extra_id})
    answer = asked(street, elder, "2026-11-27", extra_id)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "提交编号已被使用" in answer.text
    assert "已于" not in answer.text


def test_the_answer_stays_the_same_after_the_day_and_after_the_elder_has_left(
    street: Street, elder: UUID
) -> None:
    """A client that never got the answer asks until it has one."""
    extra_id = uuid4()
    asked(street, elder, "2026-11-20", extra_id)
    street.clock.at = at("2026-11-23 09:00")
    leaves(street, elder)

    assert asked(street, elder, "2026-11-20", extra_id).status_code == HTTPStatus.SEE_OTHER


def test_nothing_is_added_for_who_has_left_the_register(street: Street, elder: UUID) -> None:
    """It was accepted, and the cycle that had ended never heard of it."""
    where = f"/coordination/elders/{elder}"
    browser = street.opens("coordinator")
    before = browser.get(where).text
    leaves(street, elder)

    page = browser.get(where).text
    answer = asked(street, elder, "2026-11-20")

    assert "安排加访" in before
    assert "安排加访" not in page
    assert "退出，原因：迁出本辖区" in page
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "原因：迁出本辖区。探访已停止，不能加访" in answer.text
    assert due(street, elder) == []


def test_a_visit_cannot_be_added_for_yesterday(street: Street, elder: UUID) -> None:
    """Bad input gets a clear Chinese error and changes nothing."""
    answer = asked(street, elder, "2026-11-01")

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "加访的日期已过" in answer.text
    assert "“最迟哪一天”已经过去" in answer.text
    assert 'value="2026-11-01"' in answer.text
    assert due(street, elder) == []


@pytest.mark.parametrize(
    ("due_on", "status"),
    [("2027-02-16", 303), ("2027-02-17", 422), ("2199-11-20", 422)],
)
def test_how_far_off_a_visit_may_be_added_is_said_by_the_plan(
    street: Street, elder: UUID, due_on: str, status: int
) -> None:
    """Ninety days from Wednesday 18 November on; somebody had written 2199."""
    answer = asked(street, elder, due_on)

    assert answer.status_code == status
    assert ("“最迟哪一天”须在今天起90天以内" in answer.text) is (status == HTTPStatus.UNPROCESSABLE_ENTITY)
    assert bool(due(street, elder)) is (status == HTTPStatus.SEE_OTHER)


def test_a_cycle_that_is_started_anew_owes_what_was_asked_for_and_promised(
    street: Street, elder: UUID
) -> None:
    """They were in the outbox and in Temporal's history alone: with these they were lost."""
    asked(street, elder, "2026-11-20")
    recorded(street, elder, NOW + timedelta(hours=1), **A_WORD, next_contact_on=date(2026, 11, 27))
    street.clock.at = NOW + timedelta(hours=2)
    street.loses(elder)

    assert windows(street, elder) == {
        FRIDAY_NIGHT: WindowOutcome.OPEN,
        NEXT_FRIDAY_NIGHT: WindowOutcome.OPEN,
    }


def test_a_cycle_that_is_started_anew_judges_the_extra_visit_by_the_contacts_on_record(
    street: Street, elder: UUID
) -> None:
    """Met by who came in time, missed where nobody did; what waited in the outbox then changes nothing."""
    asked(street, elder, "2026-11-18")
    street.clock.at = NOW + timedelta(hours=1)
    asked(street, elder, "2026-11-20")
    recorded(street, elder, at("2026-11-19 10:00"))
    street.clock.at = at("2026-11-19 12:00")
    street.loses(elder)

    assert windows(street, elder) == {
        at("2026-11-19 00:00"): WindowOutcome.MISSED,
        FRIDAY_NIGHT: WindowOutcome.MET,
    }
