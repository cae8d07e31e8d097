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
from shared.persistence.history import Verdict, verify_all
from shared.persistence.seals import SealVerdict, verify_seals
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
@click.option("--root", help="A root noted elsewhere: one of the seals must still have it.")
def verify_history(root: str | None) -> None:
    """Recompute every chain and every daily seal of the history; fails if one does not hold.

    Prints the newest root. Noted outside the database it proves later that nothing before has changed.
    """
    with (
        closing(Database(_settings(), Login.WORKER)) as database,
        database.begin(VERIFIER, SystemClock().now()) as work,
    ):
        chains = list(verify_all(work.session))
        seals = list(verify_seals(work.session))
    faults = [_chain_fault(each) for each in chains if not each.whole]
    faults += [_seal_fault(each) for each in seals if not each.whole]
    # One that is given and empty is one that was not noted, and proves nothing.
    if root is not None and root not in {seal.root.hex() for seal in seals}:
        faults.append(f"no daily seal has the root {root}")
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{len(chains)} chains and {len(seals)} daily seals checked, {len(faults)} broken")
    if seals:
        click.echo(f"root of {seals[-1].sealed_on}: {seals[-1].root.hex()}")
    sys.exit(1 if faults else 0)


def _chain_fault(verdict: Verdict) -> str:
    on = verdict.broken_on.isoformat(timespec="seconds") if verdict.broken_on else "no entry"
    return f"broken: {verdict.stream} at entry {verdict.broken_at}, {on}"


def _seal_fault(verdict: SealVerdict) -> str:
    what = f"gone or changed since: {', '.join(verdict.changed)}" if verdict.changed else "another root"
    return f"broken: the seal of {verdict.sealed_on}, {what}"


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except SettingsRefusedError as error:
        raise click.ClickException(str(error)) from error
