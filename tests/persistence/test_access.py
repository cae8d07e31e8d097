"""Who may see what: the database itself refuses, whatever a service forgets."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import NullPool, create_engine

from deploy.migrations.generate import TARGET as FIRST_MIGRATION
from deploy.migrations.generate import write_first_migration
from deploy.migrations.listing import TARGET as LISTING
from deploy.migrations.listing import read_listing
from deploy.migrations.models import metadata
from shared.persistence.engine import Database, act_as
from shared.persistence.search_tokens import SearchTerm, find_elders, save_terms
from shared.persistence.tables import TokenKind
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW, STRANGER

SERVICES = [login for login in Login if login is not Login.OWNER]
RELATIONS = """
SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^(pg_|information_schema|public)'
ORDER BY 1, 2
"""
UNFORCED = """
SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
"""
OPEN_VIEWS = """
SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname !~ '^(pg_|information_schema)'
    AND NOT 'security_barrier=true' = ANY (coalesce(c.reloptions, '{}'))
"""


@pytest.fixture(scope="module")
def owner(settings: Settings) -> Iterator[psycopg.Connection]:
    """The catalogue's reader."""
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module", autouse=True)
def rows_of_a_town(database_of: Callable[[Login], Database]) -> None:
    """Something to be seen: one row of the clerk's town in the kit's tables."""
    with database_of(Login.CARE_REGISTER).begin(CLERK, NOW) as work:
        work.record(stream="elder:seen", action="enrolled")
        save_terms(
            work,
            vault(),
            elder_id=uuid4(),
            jurisdiction_id=CLERK.jurisdiction_id,
            area_code="370302115201",
            terms=[SearchTerm(kind=TokenKind.NAME, value="张桂花")],
        )


@pytest.mark.parametrize("login", SERVICES)
def test_with_nothing_set_a_login_sees_no_row_of_anything(
    settings: Settings, owner: psycopg.Connection, login: Login
) -> None:
    """Unset means no rows: a transaction that forgot its principal reads and counts nothing."""
    seen = {}
    with psycopg.connect(settings.database_url(login), autocommit=True) as connection:
        for schema, relation in owner.execute(RELATIONS).fetchall():
            seen[f"{schema}.{relation}"] = rows_seen(connection, schema, relation)
    assert {relation: count for relation, count in seen.items() if count} == {}


@pytest.mark.parametrize("login", sorted(set(SERVICES) - {Login.WORKER, Login.RELAY}))
def test_the_star_means_nothing_in_the_hands_of_a_service(
    settings: Settings, owner: psycopg.Connection, login: Login
) -> None:
    """Only the worker and the relay act for every jurisdiction."""
    with psycopg.connect(settings.database_url(login), autocommit=True) as connection:
        connection.execute("SELECT set_config('tf.jurisdiction', '*', false)")
        seen = {
            f"{schema}.{relation}": rows_seen(connection, schema, relation)
            for schema, relation in owner.execute(RELATIONS).fetchall()
        }
    assert {relation: count for relation, count in seen.items() if count} == {}


def test_another_town_sees_no_elder_and_finds_none(database_of: Callable[[Login], Database]) -> None:
    """A clerk of one town never sees another's elders, counts included."""
    register = database_of(Login.CARE_REGISTER)
    with register.begin(CLERK, NOW) as work:
        assert len(find_elders(work, vault(), "张桂花", limit=10)) == 1
    with register.begin(STRANGER, NOW) as work:
        assert find_elders(work, vault(), "张桂花", limit=10) == []


def test_nobody_writes_into_another_town(database_of: Callable[[Login], Database]) -> None:
    register = database_of(Login.CARE_REGISTER)
    with pytest.raises(Exception, match="row-level security"), register.begin(STRANGER, NOW) as work:
        save_terms(
            work,
            vault(),
            elder_id=uuid4(),
            jurisdiction_id=CLERK.jurisdiction_id,
            area_code="370302115201",
            terms=[SearchTerm(kind=TokenKind.NAME, value="李四")],
        )


def test_what_was_set_ends_with_its_transaction(database_of: Callable[[Login], Database]) -> None:
    """A pooled connection carries nobody's rights to the next request."""
    engine = database_of(Login.CARE_REGISTER).engine
    with engine.connect() as connection:
        act_as(connection, CLERK)
        connection.commit()
        left = connection.exec_driver_sql("SELECT current_setting('tf.areas', true)").scalar_one()
    assert not left


def test_every_table_forces_its_row_policies(owner: psycopg.Connection) -> None:
    assert owner.execute(UNFORCED).fetchall() == []


def test_every_view_is_a_barrier(owner: psycopg.Connection) -> None:
    """A view runs as its owner and ignores row policies: it carries its own predicate, and leaks nothing."""
    assert owner.execute(OPEN_VIEWS).fetchall() == []


def test_the_listing_of_rights_is_the_tracked_one(settings: Settings) -> None:
    """A changed grant, policy or view shows up in review; `tanfang db listing` writes it anew."""
    assert read_listing(settings) == LISTING.read_text(encoding="utf-8")


def test_the_migrations_make_exactly_the_tables_of_the_models(settings: Settings) -> None:
    engine = create_engine(settings.database_url(Login.OWNER), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_schemas": True, "version_table_schema": "kit"}
        )
        assert compare_metadata(context, metadata()) == []


def test_the_first_migration_is_the_generated_one(tmp_path: Path) -> None:
    """`tanfang db regenerate` writes it anew."""
    written = write_first_migration(tmp_path / FIRST_MIGRATION.name)
    assert written.read_text(encoding="utf-8") == FIRST_MIGRATION.read_text(encoding="utf-8")


def rows_seen(connection: psycopg.Connection, schema: str, relation: str) -> int | None:
    """How many rows the login sees; None where it may not even ask."""
    question = sql.SQL("SELECT count(*) FROM (SELECT FROM {}) AS rows").format(
        sql.Identifier(schema, relation)
    )
    try:
        row = connection.execute(question).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return None
    return row[0] if row else 0


def vault() -> Vault:
    return Vault.from_settings(Settings())
