"""Whom the board is for reads the coordinator's figures; who opens what is behind them is another matter."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared.contracts.access import Principal, Role
from shared.platform.logins import Login
from tests.builders import at
from tests.inbox.town import COMMITTEE, NOW, PLACE, Town
from tests.services.coordination.conftest import Street
from tests.web.browsing import json_of

WHOLE_STREET = ("310110008",)
ROLES = {"auditor": Role.AUDITOR, "duty": Role.DUTY_OFFICER, "director": Role.UNIT_LEAD}
COUNTED = ("not_seen", "nobody", "chases", "long_unseen")


@pytest.fixture(scope="module")
def missed(street: Street) -> UUID:
    """Not seen last week: the chase is open, and the coordinator's office has it."""
    for login, role in ROLES.items():
        unit = f"{PLACE}:duty_room" if login == "duty" else f"{PLACE}:working_group"
        street.joins(login, f"{login}员", role, unit=unit, areas=WHOLE_STREET)
    enrolment_id = street.enrol("孙二", "江浦路22弄2号2室")
    street.begins(enrolment_id, at("2026-11-09 00:00"))
    return enrolment_id


def chase_of(town: Town, enrolment_id: UUID) -> UUID:
    return next(key for key, state in town.judge.states.items() if state.subject_id == enrolment_id)


def seen_as(street: Street, who: Principal, query: str, login: Login = Login.COORDINATION) -> list[object]:
    """What the service's own login reads for somebody."""
    with street.database(login).begin(who, street.clock.now()) as work:
        return list(work.session.scalars(text(query)))


@pytest.mark.parametrize("login", ROLES)
def test_everybody_whom_the_board_is_for_reads_the_coordinators_figures(
    street: Street, missed: UUID, login: str
) -> None:
    """A figure is true or it is not there: at three in the morning the duty room counts what is open."""
    figures, ruling = (
        json_of(street.opens(each).get("/coordination/api/board")) for each in (login, "coordinator")
    )
    page = street.opens(login).get("/coordination/").text

    assert str(missed) in [line["enrolment_id"] for line in figures["chases"]]
    assert {name: figures[name] for name in COUNTED} == {name: ruling[name] for name in COUNTED}
    assert "<b>1</b>追访中" in page
    assert "孙*" in page.partition('id="chases"')[2].partition("</section>")[0]


def test_the_duty_room_opens_the_search_for_an_elder_of_its_street_and_looks_on(
    street: Street, missed: UUID
) -> None:
    """Whoever is awake reads what has been tried; the verbs stay with the parties."""
    where = f"/coordination/inbox/{chase_of(street, missed)}"
    browser = street.opens("duty")

    assert f'href="{where}">查看追访' in browser.get("/coordination/").text
    opened = browser.get(where)
    assert opened.status_code == 200
    assert "社区服务办还没有人认领" in opened.text
    assert f"{where}/accept" not in opened.text
    assert f"{where}/instruct" not in opened.text
    assert "22弄2号" not in opened.text, "a missed visit is no emergency: the elder's page has the address"


@pytest.mark.parametrize("login", ["auditor", "director"])
def test_who_only_counts_is_offered_no_way_into_the_chase(street: Street, missed: UUID, login: str) -> None:
    """Row policies of the service's own login: a number, never the file with its words."""
    where = f"/coordination/inbox/{chase_of(street, missed)}"
    browser = street.opens(login)

    assert where not in browser.get("/coordination/").text
    assert browser.get(where).status_code in {403, 404}
    assert seen_as(street, street.people[login], "SELECT referral_id FROM process.referral") == []


def test_a_visitor_counts_nothing_on_the_board(street: Street, missed: UUID) -> None:
    """The views of the board are for whom the board is, in whichever service's hands."""
    who = street.people["visitor"]

    for view in ("process.open_chase", "process.vacancy", "notices.unanswered"):
        assert seen_as(street, who, f"SELECT area_code FROM {view}") == []  # noqa: S608 - names of ours


def test_a_report_of_violence_stays_hidden_from_duty_room_and_auditor(street: Street, missed: UUID) -> None:
    """X-11: neither the report nor its file, nor an elder on a list because of it."""
    report = street.offered(uuid4().hex, kind="mandatory_report", elder=missed)
    for login in ROLES:
        who = street.people[login]
        assert report not in seen_as(street, who, "SELECT referral_id FROM process.referral")
        assert report not in seen_as(street, who, "SELECT referral_id FROM process.open_chase")
        assert report not in seen_as(street, who, "SELECT referral_id FROM referral_file.file")


def test_whom_a_rung_has_told_of_a_search_may_open_it(street: Street) -> None:
    """「点开查看」: the committee is sent to the door, and finds behind the notice whose door it is."""
    elder = street.enrol("郑七", "江浦路77弄7号7室")
    asked = street.chased_for(elder, kind="not_seen")
    street.joins("cadre", "吴主任", Role.CADRE, unit=COMMITTEE, areas=WHOLE_STREET)
    cadre, query = street.people["cadre"], "SELECT referral_id FROM process.referral"
    before = seen_as(street, cadre, query, Login.DEPARTMENT)
    street.judge.pass_time(asked, NOW + timedelta(minutes=75))

    assert asked not in before
    assert asked in seen_as(street, cadre, query, Login.DEPARTMENT)
    assert "江浦路77弄7号7室" in street.browser("cadre").get(f"/department/inbox/{asked}").text


def test_the_duty_room_telephones_whom_a_notice_did_not_reach(street: Street, missed: UUID) -> None:
    """Domain §0.2-6: who rings has the number, and notes the call; an auditor sees that one is owed."""
    street.clock.at = at("2026-11-19 16:00")
    who = street.people["coordinator"].account_id
    street.can_be_rung("coordinator", "13800000077")
    called = f"/coordination/staff/{who}/phoned"
    looking = street.opens("auditor").get("/coordination/").text
    before = street.opens("duty").get("/coordination/").text
    street.opens("duty").post(called, on="/coordination/")

    assert 'id="to-phone"' in looking
    assert "已打电话告知" not in looking
    assert "13800000077" not in looking
    assert 'href="tel:13800000077"' in before
    assert called in before
    assert called not in street.opens("coordinator").get("/coordination/").text
