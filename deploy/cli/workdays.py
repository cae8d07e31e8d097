"""`tanfang workdays`: the yearly table of holidays (放假通知), and what moves when it arrives."""

import hashlib
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.orm import Session

from deploy.cli import messages
from deploy.cli.policy import DIFFERENT, FILES, FOLDERS, PUBLISHER
from deploy.cli.projection import moved_referrals
from deploy.cli.reckoning import Calendars, Table, open_referrals, tell
from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.domain.referral.reckoning import MovedLimit
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import FOLDER, WORK_DAYS, PolicyBook
from shared.policies.faults import PolicyFaults
from shared.policies.model import Policy
from shared.process.directory import load_directory
from shared.process.openings import policy_at
from shared.temporal.gateway import Gateway


@click.group()
def workdays() -> None:
    """Look after the calendar of working days."""


@workdays.command("import")
@click.argument("file", type=FILES)
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@click.option("--without-database", is_flag=True, help="Keep the file, and tell no work under way.")
@click.option("--into", default=FOLDER, type=FOLDERS, help="The folder of the policies.")
def import_year(file: Path, *, dry_run: bool, without_database: bool, into: Path) -> None:
    """Take in FILE, one year's table: check it, keep it with the policies, and tell the work under way.

    Each open referral reckons its clocks anew and answers which limits moved. The same file may come again:
    who has been told is not told twice. Services read it for new work when they start again.
    """
    if file.stem.partition("_")[0] != WORK_DAYS:
        raise click.BadParameter(messages.NOT_A_YEAR.format(stem=WORK_DAYS), param_hint="FILE")
    before, after = PolicyBook.load(into), _checked(file, into)
    if not tomllib.loads(file.read_text(encoding="utf-8")).get("years"):
        raise click.BadParameter(messages.NO_YEARS, param_hint="FILE")
    click.echo(messages.KNOWN_UNTIL.format(on=after.policies[0].work_days.known_until))
    if dry_run:
        if not without_database:
            _list_moves(before, after)
        return
    content = file.read_bytes()
    (into / file.name).write_bytes(content)
    click.echo(messages.KEPT.format(file=file.name))
    if not without_database:
        settings = Settings.from_env()
        tell_everybody(settings, after, content, Gateway.from_settings(settings, identity="workdays"))


def tell_everybody(settings: Settings, book: PolicyBook, content: bytes, calendars: Calendars) -> None:
    """Tell every open referral of the table; ends the command if some could not be reached."""
    years = tomllib.loads(content.decode())["years"]
    table = Table(digest=hashlib.sha256(content).hexdigest(), begins_on=date(min(map(int, years)), 1, 1))
    away = 0
    with _reading(settings) as (session, now):
        for place in book.jurisdictions():
            policy = policy_at(book, place, now)
            answers = list(tell(open_referrals(session, policy), table, policy, now, calendars))
            moves = [(each.referral_id, limit) for each in answers for limit in each.moved]
            for referral_id, limit in moves:
                click.echo(_line(policy, referral_id, limit))
            away += sum(each.is_away for each in answers)
            click.echo(messages.ALL_TOLD.format(place=place, told=len(answers), moved=len(moves)))
    if away:
        click.echo(messages.NOT_ALL_TOLD.format(away=away), err=True)
        sys.exit(DIFFERENT)


def _checked(file: Path, into: Path) -> PolicyBook:
    """The book with the year; ends the command with every fault if there is any."""
    try:
        return PolicyBook.load(into, instead=(file,))
    except PolicyFaults as found:
        for fault in found.faults:
            click.echo(str(fault), err=True)
        sys.exit(DIFFERENT)


def _list_moves(before: PolicyBook, after: PolicyBook) -> None:
    with _reading(Settings.from_env()) as (session, now):
        for place in before.jurisdictions():
            old, new = (policy_at(book, place, now) for book in (before, after))
            moves = list(moved_referrals(session, old, new, load_directory(session, place)))
            for each in moves:
                click.echo(each.line(old))
            click.echo(messages.ALL_WOULD_MOVE.format(place=place, moved=len(moves)))


@contextmanager
def _reading(settings: Settings) -> Iterator[tuple[Session, datetime]]:
    """The state of all processes, and the instant at which it is read."""
    who = Principal(account_id=PUBLISHER, jurisdiction_id=EVERY_JURISDICTION, name="tanfang")
    with closing(Database(settings, Login.WORKER)) as database:
        now = clock_for(settings, database).now()
        with database.begin(who, now) as work:
            yield work.session, now


def _line(policy: Policy, referral_id: UUID, limit: MovedLimit) -> str:
    moves = messages.MOVES_FOR_NOW if limit.is_provisional else messages.MOVES
    before, after = (at.isoformat(timespec="minutes") for at in (limit.before, limit.after))
    return messages.LIMIT_MOVED.format(
        place=policy.jurisdiction.id,
        referral=referral_id,
        clock=policy.label("clocks", limit.clock),
        words=moves.format(before=before, after=after),
    )
