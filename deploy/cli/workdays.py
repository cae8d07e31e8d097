"""`tanfang workdays`: the yearly table of holidays (放假通知), and what moves when it arrives."""

import sys
from contextlib import closing
from pathlib import Path

import click

from deploy.cli.policy import DIFFERENT, PATHS, PUBLISHER
from deploy.cli.projection import moved_referrals
from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import FOLDER, WORK_DAYS, PolicyBook
from shared.policies.faults import PolicyFaults
from shared.process.directory import load_directory


@click.group()
def workdays() -> None:
    """Look after the calendar of working days."""


@workdays.command("import")
@click.argument("file", type=PATHS)
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@click.option("--without-database", is_flag=True, help="Do not look up what would move.")
@click.option("--into", default=FOLDER, type=PATHS, help="The folder of the policies.")
def import_year(file: Path, *, dry_run: bool, without_database: bool, into: Path) -> None:
    """Take in FILE, one year's table: check it, list the deadlines that move, and keep it with the policies.

    Services read it when they start again. Work under way keeps the calendar it began with.
    """
    if file.stem.partition("_")[0] != WORK_DAYS:
        raise click.BadParameter(f"the name of the file must begin with {WORK_DAYS}_", param_hint="FILE")
    before, after = PolicyBook.load(into), _checked(file, into)
    if not without_database:
        _list_moves(before, after)
    click.echo(f"published until {after.policies[0].work_days.known_until.isoformat()}")
    if not dry_run:
        (into / file.name).write_bytes(file.read_bytes())
        click.echo(f"kept: {file.name}; restart the services")


def _checked(file: Path, into: Path) -> PolicyBook:
    """The book with the year; ends the command with every fault if there is any."""
    try:
        return PolicyBook.load(into, instead=(file,))
    except PolicyFaults as found:
        for fault in found.faults:
            click.echo(str(fault), err=True)
        sys.exit(DIFFERENT)


def _list_moves(before: PolicyBook, after: PolicyBook) -> None:
    settings = Settings.from_env()
    who = Principal(account_id=PUBLISHER, jurisdiction_id=EVERY_JURISDICTION, name="tanfang")
    with closing(Database(settings, Login.WORKER)) as database:
        now = clock_for(settings, database).now()
        with database.begin(who, now) as work:
            for place in before.jurisdictions():
                old, new = (book.in_force(place, now.date()) for book in (before, after))
                units = load_directory(work.session, place)
                moves = list(moved_referrals(work.session, old, new, units))
                for each in moves:
                    click.echo(f"{place} {each.referral_id} {each.what}: {each.words}")
                click.echo(f"{place}: {len(moves)} deadlines move")
