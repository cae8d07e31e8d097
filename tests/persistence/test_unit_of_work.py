"""One command, one transaction; and the types every table is made of."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateTable

from shared.persistence.base import Base, Instant, NaiveInstantError, table_of
from shared.persistence.clock_shift import clock_for, read_shift, store_shift
from shared.persistence.engine import Database
from shared.persistence.history import Verdict, verify_stream
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Environment, Settings
from tests.persistence.conftest import CLERK, NOW, STRANGER, WORKER

KEY_FOR = (
    "INSERT INTO kit.idempotency (account_id, key, body_hash, created_at)"
    " VALUES (current_setting('tf.account')::uuid, %s, '', %s) RETURNING account_id::text"
)
COUNT = "SELECT count(*) FROM kit.idempotency WHERE key = %s"


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def record_and_fail(database: Database) -> None:
    with database.begin(CLERK, NOW) as work:
        work.record(stream="elder:x", action="contacted")
        work.write_pending()
        raise ZeroDivisionError


def record_and_be_killed(database: Database, admin: psycopg.Connection) -> None:
    with database.begin(CLERK, NOW) as work:
        work.record(stream="elder:killed", action="contacted")
        work.write_pending()
        backend = work.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def backend_of(database: Database) -> object:
    with database.begin(CLERK, NOW) as work:
        return work.session.execute(text("SELECT pg_backend_pid()")).scalar_one()


@pytest.fixture
def painted() -> Iterator[type[Base]]:
    """A table that exists in this test alone."""

    class Painted(Base):
        __tablename__ = "painted"
        id: Mapped[int] = mapped_column(primary_key=True)
        colour: Mapped[Colour]
        earlier: Mapped[Colour | None]
        dried_at: Mapped[datetime]

    yield Painted
    Base.metadata.remove(table_of(Painted))


def test_codes_become_text_with_a_check_and_instants_keep_their_zone(
    painted: type[Base], visits: Database
) -> None:
    made = str(CreateTable(table_of(painted)).compile(visits.engine))
    assert "CONSTRAINT ck_painted_colour CHECK (colour IN ('red', 'green'))" in made
    assert "CONSTRAINT ck_painted_earlier CHECK (earlier IN ('red', 'green'))" in made
    assert "dried_at TIMESTAMP WITH TIME ZONE NOT NULL" in made


def test_a_naive_instant_is_refused(visits: Database) -> None:
    with pytest.raises(NaiveInstantError):
        Instant().process_bind_param(datetime(2026, 1, 1), visits.engine.dialect)  # noqa: DTZ001 - the point


def test_the_row_policies_are_told_who_asks(visits: Database) -> None:
    question = text(
        "SELECT kit.sees('zibo_zichuan', '370302115201') AS own_village,"
        " kit.sees('zibo_zichuan', '370302116201') AS next_town,"
        " kit.sees('shanghai_jiangpu', '370302115201') AS other_city,"
        " kit.member_of('zibo_zichuan:civil_affairs') AS own_unit,"
        " kit.member_of('zibo_zichuan:justice_office') AS other_unit"
    )
    with visits.begin(CLERK, NOW) as work:
        assert tuple(work.session.execute(question).one()) == (True, False, False, True, False)


def test_the_worker_sees_every_jurisdiction(worker: Database) -> None:
    with worker.begin(WORKER, NOW) as work:
        assert work.session.execute(text("SELECT kit.sees('zibo_zichuan', '370302115201')")).scalar_one()


def test_an_error_leaves_nothing_behind(visits: Database, worker: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        record_and_fail(visits)
    with worker.begin(WORKER, NOW) as work:
        links = text("SELECT count(*) FROM kit.history WHERE stream = 'elder:x'")
        assert work.session.execute(links).scalar_one() == 0


def test_a_restart_of_the_database_costs_no_request(settings: Settings, visits: Database) -> None:
    """Connections that died in the pool are noticed by the first statement and replaced."""
    with visits.begin(CLERK, NOW):
        pass
    cut_off(settings)
    with visits.begin(CLERK, NOW) as work:
        assert work.session.execute(text("SELECT 1")).scalar_one() == 1


def test_nor_does_it_cost_the_look_at_who_is_asking(settings: Settings, visits: Database) -> None:
    """What every request reads first is read before its transaction."""
    visits.read_one(text("SELECT 1"))
    cut_off(settings)
    assert visits.read_one(text("SELECT 1")) == (1,)


def test_a_statement_alone_is_committed_in_the_name_of_who_asks(visits: Database) -> None:
    assert visits.run(CLERK, KEY_FOR, ("alone", NOW)) == (str(CLERK.account_id),)
    assert visits.run(CLERK, COUNT, ("alone",)) == (1,)
    assert visits.run(STRANGER, COUNT, ("alone",)) == (0,)


def test_a_statement_alone_that_fails_leaves_nothing_and_harms_no_later_one(visits: Database) -> None:
    with pytest.raises(DBAPIError):
        visits.run(CLERK, "SELECT 1 / %(nothing)s", {"nothing": 0})
    assert visits.run(CLERK, "SELECT %(one)s", {"one": 1}) == (1,)


def test_a_statement_alone_leaves_nobodys_name_on_the_connection(visits: Database) -> None:
    visits.run(CLERK, "SELECT 1", ())

    row = visits.read_one(text("SELECT coalesce(current_setting('tf.account', true), '')"))

    assert row is not None
    assert tuple(row) == ("",)


def test_a_statement_alone_survives_a_restart_of_the_database(settings: Settings, visits: Database) -> None:
    visits.run(CLERK, "SELECT 1", ())
    cut_off(settings)
    assert visits.run(CLERK, "SELECT 1", ()) == (1,)


def cut_off(settings: Settings) -> None:
    with psycopg.connect(settings.admin_url(), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tf_visits'")


def test_a_process_that_dies_before_its_commit_leaves_nothing_behind(
    settings: Settings, visits: Database, worker: Database
) -> None:
    """Killed between the writing and the commit: no link, no announcement, and the chain goes on."""
    with psycopg.connect(settings.admin_url(), autocommit=True) as admin, pytest.raises(DBAPIError):
        record_and_be_killed(visits, admin)
    with visits.begin(CLERK, NOW) as work:
        work.record(stream="elder:killed", action="contacted")
    with worker.begin(WORKER, NOW) as work:
        assert verify_stream(work.session, "elder:killed") == Verdict(
            stream="elder:killed", links=1, broken_at=None
        )


def test_a_forked_process_makes_its_own_connections(visits: Database) -> None:
    """gunicorn forks after loading: a connection shared with the parent would mix up answers."""
    with visits.begin(CLERK, NOW) as work:
        own = work.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    child = os.fork()
    if child == 0:
        os._exit(0 if backend_of(visits) != own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert backend_of(visits) == own


def test_the_test_clock_moves_for_every_process_and_only_under_test_settings(
    settings: Settings, visits: Database
) -> None:
    owner = Database(settings, Login.OWNER)
    store_shift(owner.engine, timedelta(days=7))
    assert read_shift(visits.engine) == timedelta(days=7)
    shifted = clock_for(settings, visits).now() - datetime.now(UTC)
    assert abs(shifted - timedelta(days=7)) < timedelta(minutes=1)
    office = Settings(environment=Environment.LOCAL, test_clock=True)
    assert isinstance(clock_for(office, visits), SystemClock)
    owner.close()
