"""`tanfang outbox`: what processes refused too often to be tried on, and sending it again."""

from contextlib import closing

import click

from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.writing import WORKER
from shared.relay.parked import read_parked, send_again


@click.command("outbox")
@click.option("--retry", is_flag=True, help="Send them again; the relay begins at once.")
def outbox(*, retry: bool) -> None:
    """Show what no process would take: for which process, since when and why, never what it says."""
    settings = Settings.from_env()
    with (
        closing(Database(settings, Login.RELAY)) as database,
        database.begin(WORKER, clock_for(settings, database).now()) as work,
    ):
        found = read_parked(work.session)
        if retry:
            send_again(work.session)
    for each in found:
        written = each.created_at.isoformat(timespec="seconds")
        click.echo(f"{each.key}  {each.verb} {each.name}  written {written}  refused: {each.last_error}")
    click.echo(f"{len(found)} {'sent again' if retry else 'parked'}")
