"""Two towns of Zichuan and one street of Shanghai: visitors, a cadre, and elders made on demand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any, Protocol
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import insert, select

from services.care_register.codes import EnrolmentStatus, Sex
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.enrolling import Enrol, enrol
from services.care_register.handlers.people import Person
from services.care_register.repository.elders import Tag
from services.identity.codes import Position
from services.identity.handlers.accounts import PutAccount, Rights, put_account
from services.identity.handlers.directory import PutArea, PutUnit, put_area, put_unit
from services.identity.handlers.sign_in import SignedIn, SignInTry, sign_in
from services.visits.app import create
from services.visits.handlers.commands import ContactRecorded, RecordContact
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from shared.contracts.access import EVERY_JURISDICTION, Principal, Role
from shared.domain.codes import Circumstance, Health, Mobility, Reach, VisitMode
from shared.domain.facts import ElderFacts
from shared.domain.visit_cycle.state import WindowOutcome
from shared.persistence.base import table_of
from shared.persistence.engine import Database
from shared.persistence.tables import HistoryEntry, Outbox
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.tables import VisitWindow
from shared.web.signin import COOKIE
from tests.builders import at
from tests.fakes import StandingClock
from tests.web.browsing import Browser

NOW = at("2026-11-18 10:00")  # a Wednesday
PASSWORD = "a quiet 上午 2026"
ZICHUAN, JIANGPU = "zibo_zichuan", "shanghai_jiangpu"
VILLAGE, NEXT_TOWN, LANE = "370302115201", "370302116201", "310110008001"
EVERYBODY = Principal(account_id=UUID(int=9), jurisdiction_id=EVERY_JURISDICTION)


def somebody(
    number: int, jurisdiction_id: str, area: str, *, role: Role = Role.VISITOR, units: tuple[str, ...] = ()
) -> Principal:
    """A member of staff, with one territory."""
    return Principal(
        account_id=UUID(int=number),
        jurisdiction_id=jurisdiction_id,
        roles=(role,),
        units=units,
        areas=(area,),
    )


VISITOR = somebody(21, ZICHUAN, "370302115")
SECOND_VISITOR = somebody(22, ZICHUAN, "370302115")
THIRD_VISITOR = somebody(24, ZICHUAN, "370302115")
STRANGER = somebody(23, ZICHUAN, "370302116")
UNPLACED = replace(somebody(25, ZICHUAN, "", role=Role.CADRE), areas=())
LANE_VISITOR = somebody(31, JIANGPU, "310110008")
LANE_CADRE = somebody(32, JIANGPU, LANE, role=Role.CADRE)
CLERKS = {
    ZICHUAN: somebody(41, ZICHUAN, "370302", role=Role.CLERK),
    JIANGPU: somebody(42, JIANGPU, "310110008", role=Role.CLERK),
}

_numbers = count(100)

Begin = Callable[..., AbstractContextManager[UnitOfWork]]


class MakeElder(Protocol):
    """Enrols somebody in good health who lives alone, unless said otherwise; answers the enrolment."""

    def __call__(self, jurisdiction_id: str = ..., **changes: Any) -> UUID: ...


class Record(Protocol):
    """Records one contact: the visitor speaks with the elder at home, now, unless said otherwise."""

    def __call__(
        self, enrolment_id: UUID, who: Principal = ..., now: datetime = ..., **changes: Any
    ) -> ContactRecorded: ...


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The policies as they are, and the vault of local settings."""
    return Desk.from_settings(Settings())


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    """What visits' own login sees."""
    opened = Database(settings, Login.VISITS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def begin(database: Database) -> Begin:
    """One transaction of somebody: the visitor at NOW unless said otherwise."""

    def started(who: Principal = VISITOR, now: datetime = NOW) -> AbstractContextManager[UnitOfWork]:
        return database.begin(who, now)

    return started


@pytest.fixture(scope="module")
def make_elder(settings: Settings, desk: Desk) -> Iterator[MakeElder]:
    """Elders as the register itself enrols them."""
    register = Database(settings, Login.CARE_REGISTER)
    register_desk = RegisterDesk(vault=desk.vault, book=desk.book)

    def made(jurisdiction_id: str = ZICHUAN, **changes: Any) -> UUID:
        clerk = CLERKS[jurisdiction_id]
        with register.begin(clerk, at("2026-11-02 09:00")) as work:
            return enrol(an_elder(jurisdiction_id, **changes), work, register_desk).enrolment_id

    yield made
    register.close()


@pytest.fixture(scope="module")
def record(begin: Begin, desk: Desk) -> Record:
    """The service's own handler, in a transaction of its own."""

    def recorded(
        enrolment_id: UUID,
        who: Principal = VISITOR,
        now: datetime = NOW,
        **changes: Any,
    ) -> ContactRecorded:
        with begin(who, now) as work:
            return record_contact(a_contact(enrolment_id, **changes), work, desk)

    return recorded


@pytest.fixture(scope="module")
def outbox(settings: Settings) -> Iterator[Callable[[str], list[Any]]]:
    """What waits for a process, as the relay reads it, oldest first; without the start of the visit cycle."""
    relay = Database(settings, Login.RELAY)
    table = table_of(Outbox)

    def messages(key: str) -> list[Any]:
        with relay.begin(EVERYBODY, NOW) as work:
            mine = select(table).where(table.c.key == key, table.c.name != "VisitCycle").order_by(table.c.id)
            return list(work.session.execute(mine))

    yield messages
    relay.close()


@pytest.fixture(scope="module")
def history(settings: Settings) -> Iterator[Callable[[str], list[Any]]]:
    """What a stream of the history holds."""
    worker = Database(settings, Login.WORKER)
    table = table_of(HistoryEntry)

    def entries(action: str) -> list[Any]:
        with worker.begin(EVERYBODY, NOW) as work:
            return list(work.session.execute(select(table).where(table.c.action == action)))

    yield entries
    worker.close()


def until_somebody_waits(settings: Settings) -> None:
    """Until a transaction stands in the line that each elder has; the server is asked, no clock is."""
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as owner:
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        assert any(owner.execute(waiting).fetchone() != (0,) for _ in range(5000))


def a_contact(enrolment_id: UUID, **changes: Any) -> RecordContact:
    """Spoken with at home, just now; nothing else was said."""
    values: dict[str, Any] = {
        "contact_id": uuid4(),
        "enrolment_id": enrolment_id,
        "mode": VisitMode.AT_HOME,
        "reach": Reach.SPOKEN_WITH,
    }
    return RecordContact(**{**values, **changes})


def an_elder(jurisdiction_id: str, **changes: Any) -> Enrol:
    number = next(_numbers)
    is_bedridden = changes.pop("bedridden", False)
    facts = ElderFacts(health=Health.GOOD, mobility=Mobility.SELF_CARING, surveyed_healthy=True)
    if is_bedridden:
        facts = ElderFacts(health=Health.POOR, mobility=Mobility.BEDRIDDEN)
    values: dict[str, Any] = {
        "person": Person(
            name=changes.pop("name", "王秀英"),
            id_number=f"TEST{number:014d}",
            birth_on=date(1950, 3, 5),
            sex=Sex.FEMALE,
            phones=("13900001234",),
            address="洪山镇南村63号",
            door_note="钥匙在东邻李家",
        ),
        "facts": facts,
        "tags": (Tag(circumstance=Circumstance.LIVING_ALONE, source="survey", dated_on=date(2026, 11, 1)),),
        "area_code": VILLAGE if jurisdiction_id == ZICHUAN else LANE,
        "enrolled_at": at("2026-11-02 09:00"),
        "status": EnrolmentStatus.ACTIVE,
    }
    return Enrol(**{**values, **changes})


@pytest.fixture(scope="module")
def owe(settings: Settings) -> Iterator[Callable[..., None]]:
    """Open windows as the visit cycle projects them: the week or month of NOW, nothing done yet."""
    worker = Database(settings, Login.WORKER)

    def owed(enrolment_id: UUID, obligation: str, *, required: int = 1, **changes: Any) -> None:
        jurisdiction_id = changes.pop("jurisdiction_id", ZICHUAN)
        month = obligation.endswith("monthly") or obligation.startswith("monthly")
        row = {
            "enrolment_id": enrolment_id,
            "obligation": obligation,
            "opens_at": at("2026-11-01 00:00" if month else "2026-11-16 00:00"),
            "closes_at": at("2026-12-01 00:00" if month else "2026-11-23 00:00"),
            "required": required,
            "done": 0,
            "outcome": WindowOutcome.OPEN,
            "was": None,
            "is_excused": False,
            "seq": 1,
            "task_at": NOW,
            "jurisdiction_id": jurisdiction_id,
            "area_code": VILLAGE if jurisdiction_id == ZICHUAN else LANE,
        }
        with worker.begin(EVERYBODY, NOW) as work:
            work.session.execute(insert(table_of(VisitWindow)).values(row | changes))

    yield owed
    worker.close()


@pytest.fixture(scope="module")
def staff(settings: Settings) -> Iterator[Database]:
    """The accounts of the people above, as identity keeps them."""
    identity = Database(settings, Login.IDENTITY)
    for jurisdiction_id, areas, people in (
        (
            ZICHUAN,
            {"370302000000": "district", "370302115000": "town", "370302116000": "town"},
            ZICHUAN_STAFF,
        ),
        (JIANGPU, {"310110008000": "town", LANE: "committee"}, JIANGPU_STAFF),
    ):
        with identity.begin(Principal(account_id=UUID(int=1), jurisdiction_id=jurisdiction_id), NOW) as work:
            for code, kind in areas.items():
                put_area(PutArea(area_code=code, name=code, kind=kind), work)
            put_unit(PutUnit(code="office", name="办公室", kind="member"), work)
            for name, person in people.items():
                put_account(_account(name, person), work)
    yield identity
    identity.close()


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    """The service itself, at NOW."""
    made = create(settings, StandingClock(NOW))
    yield made
    made.extensions["tanfang"].database.close()


@pytest.fixture
def as_(app: Flask, staff: Database) -> Callable[..., Browser]:
    """A browser in which somebody has signed in."""

    def browser(who: Principal = VISITOR) -> Browser:
        tried = SignInTry(login=f"v{who.account_id.int}", password=PASSWORD)
        outcome = sign_in(tried, staff, now=NOW, demonstration=True)
        assert isinstance(outcome, SignedIn)
        opened = Browser(app)
        opened.client.set_cookie(COOKIE, outcome.token)
        return opened

    return browser


ZICHUAN_STAFF = {
    "刘洋": VISITOR,
    "孙梅": SECOND_VISITOR,
    "钱丽": THIRD_VISITOR,
    "高翔": STRANGER,
    "冯远": UNPLACED,
}
JIANGPU_STAFF = {"张红": LANE_VISITOR, "周敏": LANE_CADRE}


def _account(name: str, person: Principal) -> PutAccount:
    rights = Rights(
        roles=person.roles,
        units={f"{person.jurisdiction_id}:office": Position.MEMBER},
        areas=person.areas,
    )
    return PutAccount(
        account_id=person.account_id,
        login=f"v{person.account_id.int}",
        name=name,
        password=PASSWORD,
        rights=rights,
    )
