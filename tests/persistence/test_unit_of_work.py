"""One command, one transaction; and the types every table is made of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateTable

from shared.persistence.base import Base, Instant, NaiveInstantError, table_of
from shared.persistence.clock_shift import clock_for, read_shift, store_shift
from shared.persistence.engine import Database
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Environment, Settings
from tests.persistence.conftest import CLERK, NOW, WORKER


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def record_and_fail(database: Database) -> None:
    with database.begin(CLERK, NOW) as work:
        work.record(stream="elder:x", action="contacted")
        work.write_pending()
        raise ZeroDivisionError


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
