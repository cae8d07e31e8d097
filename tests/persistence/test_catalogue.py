"""The catalogue: closed tables, guarded views, and exactly what the models and the listing say."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine

from deploy.migrations.generate import TARGET as FIRST_MIGRATION
from deploy.migrations.generate import write_first_migration
from deploy.migrations.listing import TARGET as LISTING
from deploy.migrations.listing import read_listing
from deploy.migrations.models import metadata
from shared.platform.logins import Login
from shared.platform.settings import Settings

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
