"""A sheet as it lies in a file, and where its table begins: offices put titles above and signatures below."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from shared.domain.roster.words import Column, RosterWords

CellValue: TypeAlias = str | int | float | None
LETTERS = 26
DEEPEST_HEADING = 15
FEWEST_HEADINGS = 3
DAY = re.compile(r"(?P<year>20\d\d)\D{1,2}(?P<month>\d{1,2})\D{1,2}(?P<day>\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The values of a sheet, row by row; formulas as the text that stands in the cell."""

    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where the columns are, which row holds their headings (1 is the first), and the sheet's date."""

    columns: Mapping[Column, int]
    heading_row: int
    dated_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row below the headings; `number` is the row's number in the file."""

    number: int
    values: tuple[CellValue, ...]
    columns: Mapping[Column, int]

    def value(self, column: Column) -> CellValue:
        """What stands in the column; nothing if the sheet has no such column."""
        place = self.columns.get(column)
        return self.values[place] if place is not None and place < len(self.values) else None

    def text(self, column: Column) -> str:
        """The same as a text without spaces around it."""
        value = self.value(column)
        return "" if value is None else str(value).strip()

    def cell(self, column: Column) -> str:
        """The cell's address, e.g. E17; empty if the sheet has no such column."""
        place = self.columns.get(column)
        return f"{letters(place)}{self.number}" if place is not None else ""


def find_table(sheet: Sheet, words: RosterWords) -> Table | None:
    """The first row near the top in which enough headings are known, the name's among them."""
    for number, values in enumerate(sheet.rows[:DEEPEST_HEADING], start=1):
        columns = _columns(values, words)
        if Column.NAME in columns and len(columns) >= FEWEST_HEADINGS:
            return Table(columns=columns, heading_row=number, dated_on=_date_above(sheet, number))
    return None


def rows_of(sheet: Sheet, table: Table) -> Iterator[SheetRow]:
    """The rows that are about somebody: without a name and a number they are empty, or a signature."""
    for number, values in enumerate(sheet.rows, start=1):
        row = SheetRow(number=number, values=values, columns=table.columns)
        if number > table.heading_row and (row.text(Column.NAME) or row.text(Column.ID_NUMBER)):
            yield row


def letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    text = ""
    while place >= 0:
        text = chr(ord("A") + place % LETTERS) + text
        place = place // LETTERS - 1
    return text


def _columns(values: tuple[CellValue, ...], words: RosterWords) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for place, value in enumerate(values):
        heading = words.headings.get("".join(str(value or "").split()))
        if heading is not None:
            columns.setdefault(heading, place)
    return columns


def _date_above(sheet: Sheet, heading_row: int) -> date | None:
    texts = (str(value) for row in sheet.rows[: heading_row - 1] for value in row if value is not None)
    found = next(filter(None, map(DAY.search, texts)), None)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
