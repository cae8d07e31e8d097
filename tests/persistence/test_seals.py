"""Daily seals: what a chain cannot say of itself, that it is gone whole or was made anew (X-08)."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import psycopg
import pytest

from shared.persistence.engine import Database
from shared.persistence.seals import SealVerdict, seal_day, verify_seals
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW, WORKER

MONDAY = NOW.date()
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    """Somebody with every right on the tables; what is sealed here leaves no trace for the next test."""
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as connection:
        yield connection
        connection.execute("TRUNCATE kit.history_sealed, kit.history_seal")


@pytest.fixture
def stream(visits: Database) -> str:
    """A chain with one link."""
    name = f"elder:{uuid4()}"
    write(visits, name)
    return name


def write(visits: Database, stream: str) -> None:
    with visits.begin(CLERK, NOW) as work:
        work.record(stream=stream, action="contacted")


def seal(worker: Database, on: date) -> bytes:
    with worker.begin(WORKER, NOW) as work:
        return seal_day(work.session, sealed_on=on, now=NOW)


def verify(worker: Database) -> list[SealVerdict]:
    with worker.begin(WORKER, NOW) as work:
        return list(verify_seals(work.session))


@pytest.mark.usefixtures("owner")
def test_a_day_is_sealed_once_and_each_root_covers_the_days_before(
    visits: Database, worker: Database, stream: str
) -> None:
    first = seal(worker, MONDAY)
    write(visits, stream)

    assert seal(worker, MONDAY) == first
    roots = [first, seal(worker, TUESDAY), seal(worker, WEDNESDAY)]
    assert len(set(roots)) == len(roots)
    assert [(each.root, each.whole) for each in verify(worker)] == [(root, True) for root in roots]


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM kit.history WHERE stream = %(stream)s",
        "UPDATE kit.history SET hash = sha256('made anew') WHERE stream = %(stream)s",
    ],
)
def test_a_chain_that_is_gone_whole_or_made_anew_shows(
    worker: Database, owner: psycopg.Connection, stream: str, tampering: str
) -> None:
    seal(worker, MONDAY)
    owner.execute(tampering.encode(), {"stream": stream})
    owner.execute("DELETE FROM kit.history_head WHERE stream = %s", [stream])

    [found] = verify(worker)
    assert (found.fits, found.whole, found.changed) == (True, False, (stream,))


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM kit.history_sealed WHERE stream = %(stream)s",
        "UPDATE kit.history_seal SET root = sha256('another') WHERE sealed_on = %(monday)s",
        "DELETE FROM kit.history_seal WHERE sealed_on = %(monday)s",
    ],
)
def test_a_seal_that_was_touched_fits_no_more(
    worker: Database, owner: psycopg.Connection, stream: str, tampering: str
) -> None:
    for day in (MONDAY, TUESDAY):
        seal(worker, day)
    owner.execute(tampering.encode(), {"stream": stream, "monday": MONDAY})

    assert not all(each.fits for each in verify(worker))
