"""Departments: the same inbox everywhere; which unit it is comes from the sign-in, or from TANFANG_UNIT."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from uuid import uuid4

import pytest
from flask import Flask

from services.department import app as department
from services.department.records import ledger_elsewhere
from services.health import app as health
from services.justice import app as justice
from services.public_security import app as public_security
from shared.contracts.access import Principal, Role
from shared.contracts.places import PREFIXES, inbox
from shared.inbox.blueprint import OwnWork
from shared.inbox.reader import Reader
from shared.platform.settings import Settings
from tests.inbox.forms import form_address
from tests.inbox.town import CITY, JUSTICE, NOW, SERVICE_OFFICE, Town
from tests.web.accessible import faults
from tests.web.browsing import json_of

APPS = {
    "department": department,
    "health": health,
    "justice": justice,
    "public_security": public_security,
}


@pytest.fixture(params=sorted(APPS))
def served(request: pytest.FixtureRequest, settings: Settings) -> Iterator[tuple[str, Flask]]:
    """Each department's own application, as gunicorn loads it."""
    app = APPS[request.param].create(settings)
    yield request.param, app
    app.extensions["tanfang_inbox"].database.close()


def test_every_department_is_alive_ready_and_described(served: tuple[str, Flask]) -> None:
    service, app = served
    client = app.test_client()

    assert client.get(f"{PREFIXES[service]}/healthz").status_code == HTTPStatus.OK
    assert client.get(f"{PREFIXES[service]}/readyz").status_code == HTTPStatus.OK
    described = json_of(client.get(f"{PREFIXES[service]}/api/openapi.json"))
    assert f"{PREFIXES[service]}/api/referrals/{{referral_id}}/accept" in described["paths"]


def test_every_department_sends_a_stranger_to_the_sign_in(served: tuple[str, Flask]) -> None:
    service, app = served

    answer = app.test_client().get(inbox(service))

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.location.startswith("/sign-in?")


def test_the_front_door_leads_to_the_inbox(town: Town) -> None:
    answer = town.browser("coordinator").get("/department/")

    assert answer.location == inbox("department")


def test_the_unit_comes_from_the_sign_in(town: Town) -> None:
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    town.offered("of-city", kind="home_repair")

    assert "房屋水电气维修" in town.browser("builder").get(inbox("department")).text
    assert "没有待认领的事项" in town.browser("coordinator").get(inbox("department")).text


def test_a_department_of_one_unit_serves_its_people_alone(town: Town) -> None:
    """TANFANG_UNIT: everybody else is refused there, whatever else they may do."""
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)

    own = town.browser("builder", unit_id=CITY).get(inbox("department"))
    other = town.browser("coordinator", unit_id=CITY).get(inbox("department"))

    assert own.status_code == HTTPStatus.OK
    assert other.status_code == HTTPStatus.FORBIDDEN
    assert "这是别的单位的收件箱" in other.text


def test_a_department_of_one_unit_shows_nothing_of_the_persons_other_units(town: Town) -> None:
    town.joins("both", "何工", Role.OFFICER, unit=CITY, also=JUSTICE)
    town.offered("legal")

    everywhere = town.browser("both").get(inbox("department")).text
    of_city = town.browser("both", unit_id=CITY).get(inbox("department")).text

    assert "法律咨询" in everywhere
    assert "法律咨询" not in of_city


def test_the_setting_names_the_unit(settings: Settings) -> None:
    app = department.create(replace(settings, unit=SERVICE_OFFICE))

    assert app.extensions["tanfang_inbox"].unit_id == SERVICE_OFFICE


def test_a_unit_that_does_the_judicial_offices_work_is_led_to_its_records(town: Town) -> None:
    """Z-51: in Zichuan the town mediates; the records are kept in the office's own service."""
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    referral_id = town.offered("as-an-office", kind="mediation")
    here, there = f"{inbox('department')}/{referral_id}", f"{inbox('justice')}/{referral_id}"
    coordinator = town.browser("coordinator")
    coordinator.post(form_address(coordinator.get(here), "appoint"), {"unit_id": CITY}, on=here)
    builder = town.browser("builder", own=department.OWN_WORK)
    offered = builder.get(here).text
    builder.post(form_address(builder.get(here), "accept"), on=here)

    claimed = builder.get(here).text
    office = town.browser("builder", "justice", own=justice.OWN_WORK).get(there).text

    assert "到司法所台账办理" not in offered
    assert f'href="{there}"' in claimed
    assert "督促家庭成员赡养" in office


def test_a_town_finds_the_ledger_of_its_judicial_office_above_its_inbox(town: Town) -> None:
    """Z-50: 淄川's towns do that work in the service of 司法所; no header led there."""
    reader = Reader(person=person_of("zibo_zichuan:town_115"), now=NOW, book=town.book)
    bureau = Reader(person=person_of("zibo_zichuan:civility_office"), now=NOW, book=town.book)
    jiangpu = Reader(person=town.people["coordinator"], now=NOW, book=town.book)

    found = ledger_elsewhere(reader)

    assert found is not None
    assert (found.label, found.href) == ("司法所台账", "/justice/records")
    assert [ledger_elsewhere(each) for each in (bureau, jiangpu)] == [None, None]
    own = OwnWork(elsewhere=lambda _: found)
    page = town.browser("coordinator", own=own).get("/department/inbox")
    assert 'href="/justice/records">司法所台账</a>' in page.text
    assert faults(page.text) == []
    assert "司法所台账" not in town.browser("coordinator").get("/department/inbox").text


def person_of(unit_id: str) -> Principal:
    place = unit_id.partition(":")[0]
    return Principal(account_id=uuid4(), jurisdiction_id=place, roles=(Role.OFFICER,), units=(unit_id,))
