"""The database of one process: one login, a small pool, and one way to open a transaction."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable, Row, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared.contracts.access import Principal
from shared.persistence.trips import alone, one_trip, whole_transaction
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.logins import Login
from shared.platform.settings import Settings

STATEMENT_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 5_000

WHO_ASKS = ("tf.account", "tf.jurisdiction", "tf.units", "tf.areas", "tf.roles")
ACT_AS = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in WHO_ASKS)

PLAN_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan"
"""For what takes longer to plan than to run, and has one good plan whoever asks: lists along an index."""

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Any]
"""What a statement asks for, by name or in order."""


class Database:
    """One login's way to PostgreSQL; the pool is made on first use and anew after a fork."""

    def __init__(self, settings: Settings, login: Login, *, always: Principal | None = None) -> None:
        """Connect to nothing yet. `always` is who this login acts as, if it acts for nobody else."""
        self._settings = settings
        self._login = login
        self._always = always
        self._engine: Engine | None = None
        self._made_in = 0
        self._making = Lock()

    @property
    def engine(self) -> Engine:
        """This process's pool: connections inherited over a fork would be shared with the parent."""
        with self._making:
            if self._engine is not None and self._made_in != os.getpid():
                self._engine.dispose(close=False)
                self._engine = None
            if self._engine is None:
                self._engine, self._made_in = self._make_engine(), os.getpid()
            return self._engine

    @contextmanager
    def begin(
        self, principal: Principal, now: datetime, *, first: Sequence[str] = ()
    ) -> Iterator[UnitOfWork]:
        """One transaction in the name of `principal` at the instant `now`.

        `first` are settings of this transaction alone, sent in the same trip as who asks. Commits once at the
        end and rolls back on any error.
        """
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            self._tell_who_asks(session, principal, first)
            work = UnitOfWork(session=session, principal=principal, now=now)
            yield work
            work.commit()

    def read_one(self, statement: Executable) -> Row[Any] | None:
        """The one row that a statement answers, outside of any transaction and in nobody's name.

        Asked once more if the connection had died in the pool, as the first statement of a transaction is.
        """
        return _again_if_cut_off(lambda: self._read_one(statement))

    def run(self, principal: Principal, statement: str, values: Values) -> tuple[Any, ...] | None:
        """One statement as a transaction of its own, in a single trip to PostgreSQL; its first row.

        Only for one that may be repeated: it is sent once more if the connection had died in the pool.
        """
        return _again_if_cut_off(lambda: self._run(principal, statement, values))

    def close(self) -> None:
        """Give back every connection of this process."""
        if self._engine is not None and self._made_in == os.getpid():
            self._engine.dispose()

    def _read_one(self, statement: Executable) -> Row[Any] | None:
        with self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            return alone.execute(statement).one_or_none()

    def _run(self, principal: Principal, statement: str, values: Values) -> tuple[Any, ...] | None:
        with self.engine.connect() as connection:
            if principal == self._always:
                with alone(connection) as driver:
                    answering = driver.execute(statement, values)
            else:
                with whole_transaction(connection) as driver:
                    driver.cursor().execute(ACT_AS, _settings_of(principal))
                    answering = driver.execute(statement, values)
            return answering.fetchone() if answering.description else None

    def _tell_who_asks(self, session: Session, principal: Principal, first: Sequence[str]) -> None:
        """The first statement of every transaction; the one that may be repeated.

        It is where a connection that died in the pool shows (PostgreSQL was restarted). Nothing has happened
        yet, so it is asked once more on a fresh one: cheaper than a ping before each transaction.
        """
        try:
            act_as(session.connection(), principal, *first)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            session.rollback()
            act_as(session.connection(), principal, *first)

    def _make_engine(self) -> Engine:
        limits = (
            f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS} -c TimeZone=UTC"
        )
        if self._always is not None:
            # Told once for each connection, and not with each statement.
            told = zip(WHO_ASKS, _settings_of(self._always), strict=True)
            limits += "".join(f" -c {name}={value}" for name, value in told)
        return create_engine(
            self._settings.database_url(self._login),
            pool_size=self._settings.database_pool_size,
            max_overflow=0,
            pool_use_lifo=True,
            connect_args={"options": limits, "application_name": self._login.role_name},
        )


def act_as(connection: Connection, principal: Principal, *settings: str) -> None:
    """Tell the row policies who asks, for this transaction only; nothing set means no rows.

    The first statement of a transaction: the driver sends its BEGIN along with it.
    """
    with one_trip(connection) as cursor:
        cursor.execute(ACT_AS, _settings_of(principal))
        for setting in settings:
            cursor.execute(setting)


def _again_if_cut_off(ask: Callable[[], T]) -> T:
    """What `ask` answers; asked once more if its connection had died in the pool."""
    try:
        return ask()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return ask()


def _settings_of(principal: Principal) -> tuple[str, ...]:
    lists = (",".join(values) for values in (principal.units, principal.areas, principal.roles))
    return (str(principal.account_id), principal.jurisdiction_id, *lists)
