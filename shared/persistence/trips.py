"""Statements that travel together: a recorded contact pays for every trip to PostgreSQL and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

COMMIT = "COMMIT"


@contextmanager
def one_trip(connection: Connection) -> Iterator[psycopg.Cursor[Any]]:
    """A cursor whose statements are sent together; what they return is not wanted.

    The first that fails keeps the rest from running; its error shows at the end, as one of SQLAlchemy's.
    """
    driver = _driver(connection)
    if not connection.in_transaction():
        connection.begin()  # else SQLAlchemy would not end what the driver begins
    try:
        with driver.pipeline():
            yield driver.cursor()
    except psycopg.Error as error:
        raise _as_of_sqlalchemy(connection, driver, error) from error


@contextmanager
def alone(connection: Connection) -> Iterator[psycopg.Connection[Any]]:
    """A connection on which each statement is a transaction of its own: no BEGIN or COMMIT is sent."""
    driver = _driver(connection)
    driver.autocommit = True
    try:
        yield driver
    except psycopg.Error as error:
        raise _as_of_sqlalchemy(connection, driver, error) from error
    finally:
        if not driver.closed:
            driver.autocommit = False


@contextmanager
def whole_transaction(connection: Connection) -> Iterator[psycopg.Connection[Any]]:
    """A connection whose statements are sent together and are a transaction of their own.

    PostgreSQL takes what it gets before it has to answer as one transaction and ends it with the answer:
    neither BEGIN nor COMMIT is sent.
    """
    with alone(connection) as driver, driver.pipeline():
        yield driver


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - narrows what SQLAlchemy keeps untyped
    return driver


def _as_of_sqlalchemy(
    connection: Connection, driver: psycopg.Connection[Any], error: psycopg.Error
) -> BaseException:
    """What SQLAlchemy raises for the error; a connection that died with it leaves the pool."""
    is_dead = driver.closed
    if is_dead:
        connection.invalidate(error)
    return DBAPIError.instance(None, None, error, psycopg.Error, connection_invalidated=is_dead)
