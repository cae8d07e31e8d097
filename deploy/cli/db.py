"""`tanfang db`: roles, migrations, the listing of rights, and the check of the history."""

import sys
from contextlib import closing
from uuid import UUID

import click

from deploy.migrations.generate import write_first_migration
from deploy.migrations.listing import read_listing, write_listing
from deploy.migrations.origin import OtherOriginError
from deploy.migrations.roles import make_roles
from deploy.migrations.runner import upgrade as run_migrations
from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.persistence.engine import Database
from shared.persistence.history import verify_all
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Settings, SettingsRefusedError

VERIFIER = Principal(account_id=UUID(int=0), jurisdiction_id=EVERY_JURISDICTION, name="verifier")


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def roles() -> None:
    """Make or renew the login roles and the database, as the administrator."""
    make_roles(_settings())
    click.echo("roles and database are there")


@db.command()
@click.option("--without-roles", is_flag=True, help="The administrator has made the roles already.")
def upgrade(*, without_roles: bool) -> None:
    """Make the roles, then run the missing migrations as the owner."""
    settings = _settings()
    if not without_roles:
        make_roles(settings)
    try:
        run_migrations(settings)
    except OtherOriginError as error:
        raise click.ClickException(str(error)) from error
    click.echo("the database is at the newest step")


@db.command()
def regenerate() -> None:
    """Write the first migration anew from the models (until the first landing)."""
    click.echo(f"written: {write_first_migration().name}")


@db.command()
def listing() -> None:
    """Write down who may see what, from the catalogue of a migrated database."""
    click.echo(f"written: {write_listing(read_listing(_settings())).name}")


@db.command("verify-history")
def verify_history() -> None:
    """Recompute every chain of the history; fails if one does not hold."""
    checked, broken = 0, 0
    with (
        closing(Database(_settings(), Login.WORKER)) as database,
        database.begin(VERIFIER, SystemClock().now()) as work,
    ):
        for verdict in verify_all(work.session):
            checked += 1
            if not verdict.whole:
                broken += 1
                on = verdict.broken_on.isoformat(timespec="seconds") if verdict.broken_on else "no entry"
                click.echo(f"broken: {verdict.stream} at entry {verdict.broken_at}, {on}", err=True)
    click.echo(f"{checked} chains checked, {broken} broken")
    sys.exit(1 if broken else 0)


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except SettingsRefusedError as error:
        raise click.ClickException(str(error)) from error
