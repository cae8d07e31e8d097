"""The identity service of two towns, on a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

import pytest
from flask import Flask

from services.identity import account_pages, api, pages
from services.identity.codes import Position
from services.identity.handlers.accounts import PutAccount, Rights, put_account
from services.identity.handlers.directory import PutArea, PutUnit, put_area, put_unit
from services.identity.messages import WORDINGS
from shared.contracts.access import Principal, Role
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.web.app import create_app
from tests.fakes import StandingClock
from tests.web.browsing import Browser

START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
PASSWORD = "a quiet 上午 2026"
JIANGPU, ZICHUAN = "shanghai_jiangpu", "zibo_zichuan"
OFFICE = f"{JIANGPU}:service_office"
JUSTICE = f"{JIANGPU}:justice_office"


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings, Login.IDENTITY)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(START)


@pytest.fixture
def app(settings: Settings, database: Database, clock: StandingClock) -> Flask:
    return create_app(
        "identity",
        settings=settings,
        clock=clock,
        database=database,
        api_blueprints=[api.blueprint],
        page_blueprints=[pages.blueprint, account_pages.blueprint],
        wordings=WORDINGS,
    )


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture(scope="module")
def people(database: Database) -> None:
    """Two towns, each with an administrator; in Jiangpu also a visitor and a coordinator."""
    with database.begin(_installer(JIANGPU), START) as work:
        put_area(PutArea(area_code="310110008000", name="江浦路街道", kind="town"), work)
        put_area(PutArea(area_code="310110008001", name="辽源花苑居委会", kind="committee"), work)
        put_unit(PutUnit(code="service_office", name="社区服务办", kind="office"), work)
        put_unit(PutUnit(code="justice_office", name="司法所", kind="office"), work)
        put_account(person("jp.admin", "吴静", Role.ADMIN, unit=OFFICE), work)
        put_account(person("jp.visitor", "张红", Role.VISITOR, areas=("310110008001",)), work)
        coordinator = person("jp.coordinator", "王敏", Role.COORDINATOR, unit=OFFICE, areas=("310110008",))
        put_account(coordinator, work)
    with database.begin(_installer(ZICHUAN), START) as work:
        put_area(PutArea(area_code="370302000000", name="淄川区", kind="district"), work)
        put_unit(PutUnit(code="civil_office", name="民政办", kind="office"), work)
        put_account(person("zc.admin", "高鹏", Role.ADMIN, unit=f"{ZICHUAN}:civil_office"), work)


def person(
    login: str,
    name: str,
    *roles: Role,
    unit: str | None = None,
    areas: tuple[str, ...] = (),
    is_demo: bool = False,
) -> PutAccount:
    """An account that joins its unit as a member."""
    return PutAccount(
        account_id=account_id_of(login),
        login=login,
        name=name,
        password=PASSWORD,
        rights=Rights(roles=roles, units={unit: Position.MEMBER} if unit else {}, areas=areas),
        is_demo=is_demo,
    )


def account_id_of(login: str) -> UUID:
    """The id that the tests give an account."""
    return uuid5(UUID(int=7), login)


def _installer(jurisdiction_id: str) -> Principal:
    return Principal(account_id=UUID(int=1), jurisdiction_id=jurisdiction_id)
