"""A sheet as it lies in a file, and where its table begins: offices put titles above and signatures below."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.errors import Invalid
from shared.domain.roster.cells import CellValue, compact, heading_of, letters
from shared.domain.roster.form import Form, read_form
from shared.domain.roster.words import Column, RosterWords

DEEPEST_HEADING = 15
FEWEST_HEADINGS = 3
LONGEST_HEADING = 20
DAY = re.compile(r"(?P<year>20\d\d)\D{1,2}(?P<month>\d{1,2})\D{1,2}(?P<day>\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The values of a sheet, row by row; formulas as the text that stands in the cell."""

    rows: tuple[tuple[CellValue, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where the columns are, which row holds their headings (1 is the first), and the sheet's date."""

    columns: Mapping[Column, int]
    heading_row: int
    dated_on: date | None
    form: Form | None = None
    """In place of rows: the sheet is about one person."""


class Unread(StrEnum):
    """Why a column is not read: nobody knows its heading, one before it says the same, or it has none."""

    UNKNOWN = "unknown"
    DOUBLE = "double"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadColumn:
    """A column that nothing is taken from, by its letters and what stands above it."""

    letters: str
    heading: str
    why: Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row below the headings; `number` is the row's number in the file."""

    number: int
    values: tuple[CellValue, ...]
    columns: Mapping[Column, int]
    form: Form | None = None

    def value(self, column: Column) -> CellValue:
        """What stands in the column; nothing if the sheet has no such column."""
        if self.form:
            return self.form.values.get(column)
        place = self.columns.get(column)
        return self.values[place] if place is not None and place < len(self.values) else None

    def text(self, column: Column) -> str:
        """The same as a text without spaces around it."""
        value = self.value(column)
        return "" if value is None else str(value).strip()

    def cell(self, column: Column) -> str:
        """The cell's address, e.g. E17; empty if the sheet has no such column."""
        if self.form:
            return self.form.cells.get(column, "")
        place = self.columns.get(column)
        return f"{letters(place)}{self.number}" if place is not None else ""


def find_table(sheet: Sheet, words: RosterWords) -> Table | None:
    """The first row near the top in which enough headings are known, the name's among them."""
    for number, values in enumerate(sheet.rows[:DEEPEST_HEADING], start=1):
        columns = _columns(values, words)
        if Column.NAME in columns and len(columns) >= FEWEST_HEADINGS:
            form = read_form(sheet.rows, number, words)
            more = {} if form else _second_line(sheet.rows[number : number + 1], columns, words)
            return Table(
                columns={**columns, **more},
                heading_row=number + bool(more),
                dated_on=_date_above(sheet, number),
                form=form,
            )
    return None


def the_roster_in(sheets: Sequence[Sheet], words: RosterWords) -> Sheet:
    """The sheet with a table, whatever stands on others; the first if none has one.

    Raises Invalid `several_tables`: nobody would be told of those on the others.
    """
    found = [sheet for sheet in sheets if find_table(sheet, words)]
    if len(found) > 1:
        raise Invalid("several_tables", sheets=[sheet.name for sheet in found])
    return (found or sheets)[0]


def rows_of(sheet: Sheet, table: Table, words: RosterWords) -> Iterator[SheetRow]:
    """The rows that are about somebody: others are empty, a sum, or the headings of another page."""
    if table.form:
        yield SheetRow(number=table.heading_row, values=(), columns={}, form=table.form)
        return
    for number, values in enumerate(sheet.rows, start=1):
        row = SheetRow(number=number, values=values, columns=table.columns)
        name = compact(row.text(Column.NAME))
        if number <= table.heading_row or name in words.sums or words.headings.get(name) is Column.NAME:
            continue
        if name or row.text(Column.ID_NUMBER) or _is_somebody(row, words):
            yield row


def unread_columns(sheet: Sheet, table: Table, words: RosterWords) -> tuple[UnreadColumn, ...]:
    """The columns that nothing is taken from; one without a heading only if something stands in it."""
    if table.form:
        return ()
    headings, read = sheet.rows[table.heading_row - 1], set(table.columns.values())
    rows = [row.values for row in rows_of(sheet, table, words)]
    filled = {place for values in rows for place, value in enumerate(values) if compact(value)}
    filled |= {place for place, value in enumerate(headings) if compact(value)}
    return tuple(
        _unread(place, headings[place] if place < len(headings) else None, words)
        for place in sorted(filled - read)
    )


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute it; here it is a text, and never taken for what it may come to."""
    return text.startswith("=")


def _columns(values: tuple[CellValue, ...], words: RosterWords) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for place, value in enumerate(values):
        column = words.headings.get(heading_of(value))
        if column is not None:
            columns.setdefault(column, place)
    return columns


def _second_line(
    below: Sequence[tuple[CellValue, ...]], above: Mapping[Column, int], words: RosterWords
) -> dict[Column, int]:
    """What a second line of headings adds (基本情况 over 性别 and 身份证号) to columns that have none."""
    found = (columns for values in below for columns in _columns(values, words).items())
    return {column: place for column, place in found if column not in above and place not in above.values()}


def _is_somebody(row: SheetRow, words: RosterWords) -> bool:
    """Whether a row without a name tells of a person all the same: a sex, and a door or a need."""
    return row.text(Column.SEX) in words.sexes and bool(row.text(Column.ADDRESS) or row.text(Column.CATEGORY))


def _unread(place: int, value: CellValue, words: RosterWords) -> UnreadColumn:
    heading, why = compact(value), Unread.UNKNOWN
    if not heading:
        why = Unread.UNNAMED
    elif heading_of(value) in words.headings:
        why = Unread.DOUBLE
    return UnreadColumn(letters=letters(place), heading=heading[:LONGEST_HEADING], why=why)


def _date_above(sheet: Sheet, heading_row: int) -> date | None:
    texts = (str(value) for row in sheet.rows[: heading_row - 1] for value in row if value is not None)
    found = next(filter(None, map(DAY.search, texts)), None)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
