"""Two towns of Zichuan and one street of Shanghai: visitors, a cadre, and elders made on demand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from itertools import count
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from services.care_register.codes import EnrolmentStatus, Sex
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.enrolling import Enrol, enrol
from services.care_register.handlers.people import Person
from services.care_register.repository.elders import Tag
from services.visits.handlers.commands import ContactRecorded, RecordContact
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from shared.contracts.access import EVERY_JURISDICTION, Principal, Role
from shared.domain.codes import Circumstance, Health, Mobility, Reach, VisitMode
from shared.domain.facts import ElderFacts
from shared.persistence.base import table_of
from shared.persistence.engine import Database
from shared.persistence.tables import HistoryEntry, Outbox
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.builders import at

NOW = at("2026-11-18 10:00")  # a Wednesday
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
STRANGER = somebody(23, ZICHUAN, "370302116")
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
            return enrol(_elder(jurisdiction_id, **changes), work, register_desk).enrolment_id

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


def a_contact(enrolment_id: UUID, **changes: Any) -> RecordContact:
    """Spoken with at home, just now; nothing else was said."""
    values: dict[str, Any] = {
        "contact_id": uuid4(),
        "enrolment_id": enrolment_id,
        "mode": VisitMode.AT_HOME,
        "reach": Reach.SPOKEN_WITH,
    }
    return RecordContact(**{**values, **changes})


def _elder(jurisdiction_id: str, **changes: Any) -> Enrol:
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
