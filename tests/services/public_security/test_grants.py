"""Another department cannot read the station's records: the database itself refuses, by grant."""

import psycopg
import pytest
from psycopg import sql

from shared.platform.logins import Login
from shared.platform.settings import Settings

TABLES = ("feed", "feed_row", "change", "welfare_check", "fraud_talk", "missing_person", "beat")
REFUSED = pytest.raises(psycopg.errors.InsufficientPrivilege)
OTHERS = sorted(set(Login) - {Login.OWNER, Login.PUBLIC_SECURITY})


@pytest.mark.parametrize("login", OTHERS)
@pytest.mark.parametrize("table", TABLES)
def test_the_login_of_another_service_is_refused(settings: Settings, login: Login, table: str) -> None:
    read = sql.SQL("SELECT FROM public_security.{}").format(sql.Identifier(table))
    with psycopg.connect(settings.database_url(login)) as connection, REFUSED:
        connection.execute(read)


@pytest.mark.parametrize("login", sorted({*OTHERS} - {Login.CARE_REGISTER}))
def test_the_words_of_a_change_are_for_the_register_alone(settings: Settings, login: Login) -> None:
    with psycopg.connect(settings.database_url(login)) as connection, REFUSED:
        connection.execute("SELECT FROM public_security.change_words")


@pytest.mark.parametrize("login", sorted({*OTHERS} - {Login.CARE_REGISTER}))
def test_only_the_station_may_ask_whether_a_number_is_in_the_register(
    settings: Settings, login: Login
) -> None:
    with psycopg.connect(settings.database_url(login)) as connection, REFUSED:
        connection.execute("SELECT care_register.enrolled_as('x'::bytea)")


def test_the_station_itself_reads_its_tables(settings: Settings) -> None:
    """Without this the refusals above might be about anything."""
    with psycopg.connect(settings.database_url(Login.PUBLIC_SECURITY)) as connection:
        for table in TABLES:
            connection.execute(sql.SQL("SELECT FROM public_security.{}").format(sql.Identifier(table)))
