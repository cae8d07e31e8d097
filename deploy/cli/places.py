"""`tanfang places`: what a policy file says of a place, made ready for the people who will work there."""

import csv
from contextlib import closing
from pathlib import Path

import click

from deploy.cli import messages
from deploy.cli.policy import FILES, PUBLISHER
from services.identity.handlers.setting_up import Committee, set_up
from services.identity.messages import WORDINGS
from shared.contracts.access import Principal
from shared.domain.errors import RuleBroken
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.policies.messages import LIST_MARK
from shared.process.openings import policy_at

COLUMNS = 2


@click.group()
def places() -> None:
    """Look after the places of the policy files."""


@places.command("set-up")
@click.argument("jurisdiction_id", metavar="JURISDICTION")
@click.option("--committees", type=FILES, help="A CSV of villages or residents' committees: code,name.")
def set_up_place(jurisdiction_id: str, committees: Path | None) -> None:
    """Make the units and areas of JURISDICTION known, so that accounts can belong to them.

    Run again after each change of the file: what is there is renewed.
    """
    book, settings = PolicyBook.load(), Settings.from_env()
    if jurisdiction_id not in book.jurisdictions():
        raise click.BadParameter(
            messages.NO_PLACE.format(place=jurisdiction_id, known=LIST_MARK.join(book.jurisdictions())),
            param_hint="JURISDICTION",
        )
    who = Principal(account_id=PUBLISHER, jurisdiction_id=jurisdiction_id, name="tanfang")
    listed = _read(committees) if committees else []
    with closing(Database(settings, Login.IDENTITY)) as database:
        now = clock_for(settings, database).now()
        try:
            with database.begin(who, now) as work:
                done = set_up(policy_at(book, jurisdiction_id, now), listed, work)
        except RuleBroken as error:
            raise click.ClickException(WORDINGS[error.code].detail.format_map(error.params)) from error
    known = messages.PLACE_SET_UP.format(place=jurisdiction_id, units=done.units, areas=done.areas)
    click.echo(known + (messages.OUT_OF_USE.format(count=done.out_of_use) if done.out_of_use else ""))


def _read(path: Path) -> list[Committee]:
    """The list as offices keep it: UTF-8, with a byte-order mark or without, perhaps with a heading."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip() for cell in row] for row in csv.reader(file) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.BadParameter(messages.NO_SUCH_LIST, param_hint="--committees") from error
    if rows and not rows[0][0].isdigit():
        rows = rows[1:]
    if any(len(row) < COLUMNS or not row[1] for row in rows):
        raise click.BadParameter(messages.LIST_LINE, param_hint="--committees")
    return [Committee(area_code=row[0], name=row[1]) for row in rows]
