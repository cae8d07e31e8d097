"""`tanfang policy`: check policy files, show what is in force, compare two, and put one on record."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import click

from deploy.cli import messages
from deploy.cli.projection import changed_elders, moved_referrals
from services.coordination.policy_page.view import sections_of
from services.coordination.publishing import publish_policy
from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import FOLDER, WORK_DAYS, PolicyBook
from shared.policies.faults import PolicyFaults
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy
from shared.process.directory import load_directory
from shared.process.openings import policy_at
from shared.process.recorded_policies import RecordedPolicies

PUBLISHER = UUID("00000000-0000-4000-8000-0000000b0b01")
"""The account under which a publication from the command line stands in the history."""

DIFFERENT = 1
"""The exit code of `diff` when something would change, and of `check` when something is wrong."""

PATHS = click.Path(exists=True, path_type=Path)
FOLDERS = click.Path(exists=True, file_okay=False, path_type=Path)
FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def policy() -> None:
    """Look after the policy files."""


@policy.command()
@click.argument("files", nargs=-1, required=True, type=FILES)
def check(files: tuple[Path, ...]) -> None:
    """Check FILES among the installed ones; tell every fault and end with 1 if there is any."""
    try:
        book = PolicyBook.load(FOLDER, instead=files)
    except PolicyFaults as found:
        for fault in found.faults:
            click.echo(str(fault), err=True)
        sys.exit(DIFFERENT)
    places = LIST_MARK.join(book.jurisdictions())
    click.echo(messages.NO_FAULT.format(count=len(files), places=places))


@policy.command()
@click.argument("jurisdiction_id", metavar="JURISDICTION")
@click.option("--kind", default="", help="Only this kind of referral.")
@click.option("--ladder", default="", help="Only this ladder.")
@click.option("--tier", default="", help="Only the rules that lead to this tier or group.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if not given.")
def show(jurisdiction_id: str, *, kind: str, ladder: str, tier: str, on: datetime | None) -> None:
    """Show the values in force in JURISDICTION, each with its clause and standing."""
    found = _in_force(PolicyBook.load(), jurisdiction_id, SystemClock().now(), on.date() if on else None)
    wanted = [f"kinds.{kind}"] * bool(kind) + [f"ladders.{ladder}"] * bool(ladder) + [*_rules(found, tier)]
    is_all = not (kind or ladder or tier)
    shown = [
        line
        for section in sections_of(found)
        for line in section.lines
        if is_all or any(f"{line.path}.".startswith((f"{path}.", f"{path}[")) for path in wanted)
    ]
    if not shown:
        known = LIST_MARK.join(_to_be_shown(found, kind=kind, ladder=ladder))
        raise click.ClickException(messages.NOTHING_SHOWN.format(place=jurisdiction_id, known=known))
    for line in shown:
        click.echo(
            " | ".join(part for part in (line.words, line.clause, line.standing, line.because) if part)
        )


@policy.command()
@click.argument("old", type=PATHS)
@click.argument("new", type=PATHS)
def diff(old: Path, new: Path) -> None:
    """Say who and what would change from OLD to NEW (folders or files) in the database; 1 if anything.

    A version of NEW that is not in force yet is compared as it will be.
    """
    books = _book(old), _book(new)
    places = [set(book.jurisdictions()) for book in books]
    for place in sorted(places[0] ^ places[1]):
        words = messages.PLACE_GONE if place in places[0] else messages.PLACE_NEW
        click.echo(words.format(place=place))
    changed = len(places[0] ^ places[1])
    for place in sorted(places[0] & places[1]):
        begins = max(each.in_force_from for each in books[1].policies if each.jurisdiction.id == place)
        with _begin(Login.WORKER, EVERY_JURISDICTION) as work:
            on = begins if begins > work.now.date() else None
            changed += _report(work, *(_in_force(book, place, work.now, on) for book in books))
    sys.exit(DIFFERENT if changed else 0)


@policy.command()
@click.argument("jurisdiction_id", metavar="JURISDICTION")
def publish(jurisdiction_id: str) -> None:
    """Put every installed version of JURISDICTION's policy on record with its files and hash."""
    own = [each for each in PolicyBook.load().policies if each.jurisdiction.id == jurisdiction_id]
    if not own:
        raise _no_place(jurisdiction_id)
    with _writing(jurisdiction_id) as work:
        for each in own:
            words = messages.PUBLISHED if publish_policy(each, work) else messages.PUBLISHED_BEFORE
            click.echo(words.format(policy=each.id, on=each.in_force_from, hash=each.hash[:12]))


@policy.command()
@click.argument("jurisdiction_id", metavar="JURISDICTION")
def history(jurisdiction_id: str) -> None:
    """List the versions of JURISDICTION's policy, those of the files and those on record alone."""
    book = PolicyBook.load()
    with _writing(jurisdiction_id) as work:
        whole = RecordedPolicies().added_to(book, work.session)
    if jurisdiction_id not in {each.jurisdiction.id for each in (*whole.policies, *whole.published)}:
        raise _no_place(jurisdiction_id)
    for kept, words in ((whole.policies, messages.IN_FILE), (whole.published, messages.ON_RECORD)):
        for each in kept:
            if each.jurisdiction.id == jurisdiction_id:
                click.echo(words.format(on=each.in_force_from, hash=each.hash[:12]))


def _report(work: UnitOfWork, old: Policy, new: Policy) -> int:
    """Print the differences of one place; how many there are."""
    place = new.jurisdiction.id
    elders = list(changed_elders(work.session, old, new, work.now))
    referrals = list(moved_referrals(work.session, old, new, load_directory(work.session, place)))
    for elder in elders:
        line = messages.ELDER_CHANGED.format(
            place=place,
            elder=elder.enrolment_id,
            area=elder.area_code,
            before=elder.before,
            after=elder.after,
        )
        click.echo(line)
    for each in referrals:
        click.echo(each.line(old))
    click.echo(messages.ALL_CHANGED.format(place=place, elders=len(elders), referrals=len(referrals)))
    return len(elders) + len(referrals)


def _rules(found: Policy, tier: str) -> Iterator[str]:
    """The paths of the rules that lead to the tier or the group, and of what is owed to it."""
    if not tier:
        return
    for number, rule in enumerate(found.classification.tiers):
        if rule.tier == tier:
            yield f"classification.tiers[{number}]"
    for number, group in enumerate(found.classification.groups):
        if group.group == tier:
            yield f"classification.groups[{number}]"
    for owed in found.obligations:
        if any(tier in test.values for part in (owed.who, *owed.who.every) for test in part.tests):
            yield f"obligations.{owed.code}"


def _to_be_shown(found: Policy, *, kind: str, ladder: str) -> Iterator[str]:
    """The codes that may be asked for in its place."""
    if kind:
        yield from (each.code for each in found.kinds)
    elif ladder:
        yield from found.ladders
    else:
        tiers = (each.tier for each in found.classification.tiers)
        yield from dict.fromkeys((*tiers, *(each.group for each in found.classification.groups)))


def _book(path: Path) -> PolicyBook:
    """A whole folder of policies as it is; a file, or a folder of some, among the installed ones."""
    try:
        if (path / f"{WORK_DAYS}.toml").exists():
            return PolicyBook.load(path)
        files = tuple(sorted(path.glob("*.toml"))) if path.is_dir() else (path,)
        if not files:
            raise click.ClickException(messages.NO_FILE_IN.format(folder=path.name))
        return PolicyBook.load(FOLDER, instead=files)
    except PolicyFaults as found:
        raise click.ClickException(messages.UNUSABLE.format(file=path.name, faults=found)) from found


def _in_force(book: PolicyBook, jurisdiction_id: str, now: datetime, on: date | None = None) -> Policy:
    """The policy of a day that was named, else of today in its place."""
    try:
        return book.in_force(jurisdiction_id, on) if on else policy_at(book, jurisdiction_id, now)
    except LookupError as error:
        raise _no_place(jurisdiction_id) from error


def _no_place(jurisdiction_id: str) -> click.ClickException:
    known = LIST_MARK.join(PolicyBook.load().jurisdictions())
    return click.ClickException(messages.NO_PLACE.format(place=jurisdiction_id, known=known))


def _writing(jurisdiction_id: str) -> AbstractContextManager[UnitOfWork]:
    return _begin(Login.COORDINATION, jurisdiction_id)


@contextmanager
def _begin(login: Login, jurisdiction_id: str) -> Iterator[UnitOfWork]:
    settings = Settings.from_env()
    who = Principal(account_id=PUBLISHER, jurisdiction_id=jurisdiction_id, name="tanfang")
    with closing(Database(settings, login)) as database:
        now = clock_for(settings, database).now()
        with database.begin(who, now) as work:
            yield work
