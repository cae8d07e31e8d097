"""Alembic's entry: one connection as the owner, one transaction for all steps."""

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text

from deploy.migrations.models import metadata
from deploy.migrations.origin import check_origin, note_origin
from shared.platform.logins import Login
from shared.platform.settings import Settings

VERSION_SCHEMA = "kit"
ONE_AT_A_TIME = 7_450_002


def migrate(connection: Connection) -> None:
    """Run the steps that are missing; a second run waits for the first and finds nothing to do."""
    connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {VERSION_SCHEMA}"))
    check_origin(connection)
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        version_table_schema=VERSION_SCHEMA,
        include_schemas=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    note_origin(connection)


settings: Settings = context.config.attributes["settings"]
with create_engine(settings.database_url(Login.OWNER), poolclass=NullPool).begin() as owner:
    migrate(owner)
