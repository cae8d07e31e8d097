"""People of two towns, and the databases of the logins, for every test of the kit."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.contracts.access import EVERY_JURISDICTION, Principal, Role
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

CLERK = Principal(
    account_id=UUID(int=1),
    jurisdiction_id="zibo_zichuan",
    roles=(Role.CLERK,),
    units=("zibo_zichuan:civil_affairs",),
    areas=("370302115",),
)
STRANGER = Principal(
    account_id=UUID(int=2),
    jurisdiction_id="shanghai_jiangpu",
    roles=(Role.CLERK,),
    units=("shanghai_jiangpu:service_office",),
    areas=("310110008",),
)
WORKER = Principal(account_id=UUID(int=3), jurisdiction_id=EVERY_JURISDICTION)


@pytest.fixture(scope="module")
def database_of(settings: Settings) -> Iterator[Callable[[Login], Database]]:
    """The database as one login sees it; every pool is closed at the end."""
    opened: dict[Login, Database] = {}

    def database(login: Login) -> Database:
        return opened.setdefault(login, Database(settings, login))

    yield database
    for each in opened.values():
        each.close()


@pytest.fixture
def visits(database_of: Callable[[Login], Database]) -> Database:
    """What an ordinary service sees."""
    return database_of(Login.VISITS)


@pytest.fixture
def relay(database_of: Callable[[Login], Database]) -> Database:
    """What the relay sees."""
    return database_of(Login.RELAY)


@pytest.fixture
def worker(database_of: Callable[[Login], Database]) -> Database:
    """What the workflows' worker sees."""
    return database_of(Login.WORKER)


@pytest.fixture
def register(database_of: Callable[[Login], Database]) -> Database:
    """What the care register sees."""
    return database_of(Login.CARE_REGISTER)
