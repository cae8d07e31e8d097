"""`tanfang import-roster`: the same reading and taking in as on the page, for a file at hand."""

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from deploy.cli import messages as usage
from services.care_register import messages
from services.care_register.handlers import batches, importing, taking_in
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.importing import ChooseRows, UploadRoster
from services.care_register.rosters.messages import OUTCOMES, VERDICTS
from services.care_register.rosters.phrases import say_all, say_unread
from services.care_register.rosters.words import words_for
from shared.contracts.access import Principal
from shared.domain.errors import Invalid, RuleBroken
from shared.domain.roster.findings import Verdict
from shared.domain.roster.reading import RowReading
from shared.domain.roster.sheet import UnreadColumn, the_roster_in
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.clock import Clock
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.platform.workbooks import MOST_BYTES, read_sheets
from shared.policies.book import PolicyBook
from shared.policies.messages import LIST_MARK
from shared.web.layout import said
from shared.web.messages import WORDINGS

IMPORTER = UUID("00000000-0000-4000-8000-00000000c11e")
"""The account under which an import from the command line stands in the history."""

ROWS_AT_ONCE = 10


@click.command("import-roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--jurisdiction", "jurisdiction_id", required=True, help="Name of its policy file.")
@click.option("--area", default="", help="Prefix of the area of the office that keeps the list.")
@click.option("--dry-run", is_flag=True, help="Read and report; store nothing.")
@click.option("--accepted-only", is_flag=True, help="Leave out what a person should look at first.")
def import_roster(file: Path, jurisdiction_id: str, *, area: str, dry_run: bool, accepted_only: bool) -> None:
    """Take in FILE: every row that may be, one transaction each; run again, it goes on where it stopped."""
    settings = Settings.from_env()
    with contextlib.closing(Database(settings, Login.CARE_REGISTER)) as database:
        run = _Run(settings, database, jurisdiction_id=jurisdiction_id, area=area)
        try:
            run.look(file) if dry_run else run.take_in(file, accepted_only=accepted_only)
        except RuleBroken as error:
            words = {**WORDINGS, **messages.WORDINGS}[error.code]
            facts = {name: said(fact) for name, fact in error.params.items()}
            lines = (words.detail, *words.what_now)
            raise click.ClickException("\n".join(line.format_map(facts) for line in lines)) from error


class _Run:
    """One import: who acts, with what, and the console that shows it."""

    def __init__(self, settings: Settings, database: Database, *, jurisdiction_id: str, area: str) -> None:
        self._desk = Desk(vault=Vault.from_settings(settings), book=PolicyBook.load())
        self._database = database
        self._clock: Clock = clock_for(settings, database)
        self._console = Console()
        if jurisdiction_id not in self._desk.book.jurisdictions():
            known = LIST_MARK.join(self._desk.book.jurisdictions())
            why = usage.NO_PLACE.format(place=jurisdiction_id, known=known)
            raise click.BadParameter(why, param_hint="--jurisdiction")
        place = self._desk.policy(jurisdiction_id, self._clock.now()).jurisdiction
        if not (area or place.area_code).startswith(place.area_code):
            raise click.BadParameter(usage.NOT_ITS_AREA.format(prefix=place.area_code), param_hint="--area")
        self._who = Principal(
            account_id=IMPORTER,
            jurisdiction_id=jurisdiction_id,
            areas=(area or place.area_code,),
            name="tanfang",
        )

    def look(self, file: Path) -> None:
        """Show what would be found."""
        with self._begin() as work:
            preview = importing.preview(self._read(file), work, self._desk)
        self._show(preview.readings, preview.unread)

    def take_in(self, file: Path, *, accepted_only: bool) -> None:
        """Store the file and take its rows in."""
        with self._begin() as work:
            batch_id = importing.upload(self._read(file), work, self._desk).batch_id
        verdicts = (Verdict.ACCEPTED,) if accepted_only else importing.TAKEN
        with self._begin() as work:
            importing.choose_rows(ChooseRows(batch_id=batch_id, verdicts=verdicts), work)
        self._with_progress(batch_id)
        with self._begin() as work:
            line = batches.batch_line(batch_id, work)
            rows = batches.batch_rows(batch_id, work, self._desk)
        self._show([row.reading for row in rows if row.verdict is Verdict.REFUSED], line.unread)
        for outcome, number in line.outcomes.items():
            self._console.print(f"{OUTCOMES[outcome]}: {number}")

    def _with_progress(self, batch_id: UUID) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console) as progress:
            bar = progress.add_task(usage.TAKING_IN, total=None)
            done, left = 0, 1
            while left:
                step = taking_in.take_in(batch_id, self._begin, self._desk, most=ROWS_AT_ONCE)
                done, left = done + step.taken, step.left
                progress.update(bar, completed=done, total=done + left)

    def _show(self, readings: Iterable[RowReading], unread: Iterable[UnreadColumn]) -> None:
        for words in say_unread(unread):
            self._console.print(words)
        listed = list(readings)
        table = Table(*usage.FOUND)
        for reading in listed:
            if reading.findings:
                words = "\n".join(say_all(reading.findings))
                table.add_row(str(reading.row), reading.name, VERDICTS[reading.verdict], words)
        self._console.print(table)
        for verdict, number in Counter(reading.verdict for reading in listed).items():
            self._console.print(f"{VERDICTS[verdict]}: {number}")

    def _read(self, file: Path) -> UploadRoster:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Invalid("sheet_too_large")
        words = words_for(self._desk.policy(self._who.jurisdiction_id, self._clock.now()))
        return UploadRoster(
            file_name=file.name,
            file_hash=hashlib.sha256(content).digest(),
            sheet=the_roster_in(read_sheets(content), words),
            words=words,
        )

    def _begin(self) -> contextlib.AbstractContextManager[UnitOfWork]:
        return self._database.begin(self._who, self._clock.now())
