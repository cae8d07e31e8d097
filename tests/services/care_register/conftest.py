"""People of the register, and one elder to begin with."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from itertools import count
from uuid import UUID

import pytest
from flask import Flask

from services.care_register.app import assemble
from services.care_register.codes import Sex
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrol, Enrolled, enrol
from services.care_register.handlers.people import Person
from services.care_register.repository.elders import Tag
from shared.contracts.access import EVERY_JURISDICTION, Principal, Role
from shared.domain.codes import Circumstance, Health
from shared.domain.facts import ElderFacts
from shared.persistence.engine import Database
from shared.persistence.tables import Outbox
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from tests.builders import at
from tests.fakes import StandingClock
from tests.services.care_register.browsers import NOW, Staff, furnish_town, signed_in

VILLAGE = "370302115201"
_numbers = count(100)
WORKER = Principal(account_id=UUID(int=9), jurisdiction_id=EVERY_JURISDICTION)

Begin = Callable[..., AbstractContextManager[UnitOfWork]]


def somebody(number: int, *, areas: tuple[str, ...] = ("370302115",), role: Role = Role.CLERK) -> Principal:
    """A member of staff of Zichuan."""
    return Principal(
        account_id=UUID(int=number),
        jurisdiction_id="zibo_zichuan",
        roles=(role,),
        units=("zibo_zichuan:town_115",),
        areas=areas,
    )


CLERK = somebody(1)
CADRE = somebody(2, role=Role.CADRE)
OTHER_TOWN = somebody(3, areas=("370302116",))


def number_of(birth: str, sequence: int = 1) -> str:
    """A synthetic ID number of Zichuan with its computed check digit."""
    body = f"370302{birth}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def an_elder(sequence: int = 1, *, birth_on: date = date(1950, 3, 5), **changes: object) -> Enrol:
    """Somebody living alone in good health, 76 years old: a monthly visit in Zichuan."""
    person = Person(
        name="张桂花",
        id_number=number_of(f"{birth_on:%Y%m%d}", sequence),
        birth_on=birth_on,
        sex=Sex.FEMALE,
        phones=("13900001234",),
        address="洪山镇南村63号",
    )
    values: dict[str, object] = {
        "person": person,
        "facts": ElderFacts(health=Health.GOOD, surveyed_healthy=True),
        "tags": (Tag(circumstance=Circumstance.LIVING_ALONE, source="survey", dated_on=date(2026, 11, 1)),),
        "area_code": VILLAGE,
        "enrolled_at": at("2026-11-02 09:00"),
    }
    return Enrol(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The vault of local settings and the policies as they are."""
    return Desk(vault=Vault.from_settings(Settings()), book=own_book())


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    """What the register's own login sees."""
    database = Database(settings, Login.CARE_REGISTER)
    yield database
    database.close()


@pytest.fixture(scope="module")
def begin(database: Database) -> Begin:
    """One transaction of somebody: the clerk at NOW unless said otherwise."""

    def started(who: Principal = CLERK, now: datetime = NOW) -> AbstractContextManager[UnitOfWork]:
        return database.begin(who, now)

    return started


@pytest.fixture(scope="module")
def announced(settings: Settings) -> Iterator[Callable[[UUID], list[Outbox]]]:
    """What the outbox holds for an enrolment's cycle, as the relay reads it."""
    relay = Database(settings, Login.RELAY)

    def messages(enrolment_id: UUID) -> list[Outbox]:
        with relay.begin(WORKER, NOW) as work:
            rows = work.session.query(Outbox).filter_by(key=f"visit-cycle/{enrolment_id}").order_by(Outbox.id)
            return rows.all()

    yield messages
    relay.close()


@pytest.fixture
def enrolled(begin: Begin, desk: Desk) -> Enrolled:
    """An elder of the village, new for each test."""
    with begin() as work:
        return enrol(an_elder(next(_numbers)), work, desk)


@pytest.fixture(scope="module")
def identity(settings: Settings) -> Iterator[Database]:
    """The accounts of the town, on the side of identity."""
    opened = Database(settings, Login.IDENTITY)
    furnish_town(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(settings: Settings, database: Database, desk: Desk) -> Flask:
    """The register's application."""
    return assemble(settings, database, StandingClock(NOW), desk)


@pytest.fixture(scope="module")
def clerk(app: Flask, identity: Database) -> Staff:
    """The clerk's browser."""
    return signed_in(app, identity, "zc.clerk", Role.CLERK)
