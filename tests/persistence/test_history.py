"""The history: each link hangs on the one before, and any change shows (X-08)."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from shared.persistence.engine import Database
from shared.persistence.history import Verdict, verify_all, verify_stream
from shared.persistence.unit_of_work import JurisdictionMissingError
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW, STRANGER, WORKER

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=6,
)


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    """Somebody with every right on the tables: the one against whom the chain is made."""
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as connection:
        yield connection


def write(visits: Database, stream: str, *actions: str) -> None:
    for number, action in enumerate(actions):
        with visits.begin(CLERK, NOW + timedelta(minutes=number)) as work:
            work.record(stream=stream, action=action, detail={"number": number}, sealed=b"ciphertext")


def verify(worker: Database, stream: str) -> Verdict:
    with worker.begin(WORKER, NOW) as work:
        return verify_stream(work.session, stream)


def test_a_chain_that_nobody_touched_holds(visits: Database, worker: Database) -> None:
    write(visits, "elder:a", "enrolled", "contacted", "revealed")
    assert verify(worker, "elder:a") == Verdict(stream="elder:a", links=3, broken_at=None)


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE kit.history SET detail = '{\"number\": 9}' WHERE stream = %s AND seq = 2", 2),
        ("UPDATE kit.history SET account_id = gen_random_uuid() WHERE stream = %s AND seq = 2", 2),
        (
            "UPDATE kit.history SET recorded_at = 'epoch' WHERE stream = %s AND seq = 1",
            1,
        ),
        ("UPDATE kit.history SET sealed = NULL WHERE stream = %s AND seq = 3", 3),
        ("DELETE FROM kit.history WHERE stream = %s AND seq = 2", 2),
        ("DELETE FROM kit.history WHERE stream = %s AND seq = 3", 3),
        ("DELETE FROM kit.history_head WHERE stream = %s", 4),
    ],
)
def test_a_change_made_behind_the_back_shows(
    visits: Database, worker: Database, owner: psycopg.Connection, tampering: str, broken_at: int
) -> None:
    stream = f"elder:{uuid4()}"
    write(visits, stream, "enrolled", "contacted", "revealed")
    owner.execute(tampering.encode(), [stream])
    found = verify(worker, stream)
    assert found.broken_at == broken_at
    assert found.broken_on is not None
    assert f"{found.broken_on:%Y-%m-%d}" == ("1970-01-01" if "epoch" in tampering else f"{NOW:%Y-%m-%d}")
    with worker.begin(WORKER, NOW) as work:
        assert stream in {each.stream for each in verify_all(work.session) if not each.whole}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    details=st.lists(st.dictionaries(st.sampled_from(["code", "id", "n"]), ANYTHING), min_size=1, max_size=4)
)
def test_every_detail_that_can_be_stored_can_be_verified(
    visits: Database, worker: Database, details: list[dict[str, Any]]
) -> None:
    """The hash made in the database and the one made by the verifier agree on any JSON."""
    stream = f"elder:{uuid4()}"
    with visits.begin(CLERK, NOW) as work:
        for detail in details:
            work.record(stream=stream, action="noted", detail=detail)
    assert verify(worker, stream) == Verdict(stream=stream, links=len(details), broken_at=None)


def test_writers_of_one_stream_make_one_chain(visits: Database, worker: Database) -> None:
    threads = [
        threading.Thread(target=write, args=[visits, "elder:b", *["contacted"] * 10]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert verify(worker, "elder:b") == Verdict(stream="elder:b", links=40, broken_at=None)


def test_a_service_may_append_and_nothing_else(visits: Database) -> None:
    for statement in (
        "UPDATE kit.history_head SET seq = 0",
        "DELETE FROM kit.history",
        "SELECT * FROM kit.history",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), visits.begin(CLERK, NOW) as work:
            work.session.execute(text(statement))


def test_the_account_of_a_link_is_the_one_that_signed_in(visits: Database, worker: Database) -> None:
    write(visits, "elder:c", "contacted")
    with worker.begin(WORKER, NOW) as work:
        stored = text("SELECT account_id, jurisdiction_id FROM kit.history WHERE stream = 'elder:c'")
        row = work.session.execute(stored).one()
    assert (row.account_id, row.jurisdiction_id) == (CLERK.account_id, CLERK.jurisdiction_id)


def test_nobody_writes_history_for_another_jurisdiction(visits: Database) -> None:
    with pytest.raises(ProgrammingError, match="another jurisdiction"), visits.begin(STRANGER, NOW) as work:
        work.record(stream="elder:d", action="contacted", jurisdiction_id=CLERK.jurisdiction_id)


def test_the_worker_says_whose_history_it_writes(worker: Database) -> None:
    with worker.begin(WORKER, NOW) as work:
        with pytest.raises(JurisdictionMissingError):
            work.record(stream="elder:e", action="expired")
        work.record(stream="elder:e", action="expired", jurisdiction_id=CLERK.jurisdiction_id)
    assert verify(worker, "elder:e").whole


def test_every_chain_is_verified_by_one_walk(visits: Database, worker: Database) -> None:
    write(visits, "account:a", "signed_in")
    with worker.begin(WORKER, NOW) as work:
        assert "account:a" in {verdict.stream for verdict in verify_all(work.session)}
