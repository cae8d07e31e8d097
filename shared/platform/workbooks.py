"""Workbooks and CSV files in: cells as they stand, formulas as text, and no file that is too big to open."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries

from shared.domain.errors import Invalid
from shared.domain.roster.cells import CellValue
from shared.domain.roster.sheet import Sheet
from shared.platform.characters import seen

MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_CELLS = 1_000_000
MOST_BYTES = 96 * 1024 * 1024
"""Unpacked: a sheet that was formatted down to its last row has some seventy million."""

MIDNIGHT = time()
ENCODINGS = ("utf-8-sig", "gb18030")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    SyntaxError,
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
)
"""What openpyxl and its parsers raise for a file that is no workbook, or no longer one."""


def read_sheet(content: bytes, *, most_rows: int = MOST_ROWS, computed: bool = False) -> Sheet:
    """The one sheet that has something in it.

    Raises Invalid `several_sheets` where more than one has, and as `read_sheets` does.
    """
    sheets = read_sheets(content, most_rows=most_rows, computed=computed)
    if len(sheets) > 1:
        raise Invalid("several_sheets", sheets=[sheet.name for sheet in sheets])
    return sheets[0]


def read_sheets(content: bytes, *, most_rows: int = MOST_ROWS, computed: bool = False) -> tuple[Sheet, ...]:
    """Every sheet that is shown and has something in it, or one that is empty.

    `computed`: a formula as the value that was last computed, instead of its text.
    Raises Invalid `not_a_workbook`, `too_many_rows`, `sheet_too_large`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_BYTES:
            raise Invalid("sheet_too_large")
        found = tuple(_sheets(content, most_rows, computed=computed))
    except BROKEN as error:
        raise Invalid("not_a_workbook") from error
    return found or (Sheet(rows=()),)


def read_csv(content: bytes, *, most_rows: int = MOST_ROWS) -> Sheet:
    """The cells of a CSV file, in UTF-8 or as an office of ours saves it. Raises Invalid as `read_sheets`."""
    try:
        rows = list(csv.reader(io.StringIO(_decoded(content))))
    except csv.Error as error:
        raise Invalid("not_a_workbook") from error
    if len(rows) > most_rows:
        raise Invalid("too_many_rows", most=most_rows)
    return Sheet(rows=tuple(tuple(seen(cell) or None for cell in row[:MOST_COLUMNS]) for row in rows))


@dataclass(slots=True)
class _Extent:
    """How far a sheet reaches: its last row with a value, its number of cells, and what is merged in it."""

    row: int = 0
    last: int = 0
    cells: int = 0
    merged: list[str] = field(default_factory=list)

    def look_at(self, name: str, attributes: dict[str, str]) -> None:
        """Take in one element of the sheet's XML."""
        match name.rpartition(":")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
            case "c":
                self.cells += 1
            case "v" | "is" | "f":
                self.last = self.row
            case "mergeCell":
                self.merged.append(attributes["ref"])


def _sheets(content: bytes, most_rows: int, *, computed: bool) -> Iterator[Sheet]:
    # Read as a stream: openpyxl would else make an object of each cell that a range of a few bytes merges.
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=computed)
    reader.read()
    paths = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    for sheet in reader.wb.worksheets:
        extent = _extent_of(reader.archive.read(paths[sheet.title]))
        if sheet.sheet_state != "visible" or not extent.last:
            continue
        if extent.last > most_rows:
            raise Invalid("too_many_rows", most=most_rows)
        if extent.cells > MOST_CELLS:
            raise Invalid("sheet_too_large")
        sheet.reset_dimensions()  # What a file says of its own size need not be so.
        read = sheet.iter_rows(max_row=extent.last, max_col=MOST_COLUMNS, values_only=True)
        rows = [[_value(value) for value in row] for row in read]
        _spread(rows, extent.merged)
        yield Sheet(name=sheet.title, rows=tuple(map(tuple, rows)))


def _extent_of(xml: bytes) -> _Extent:
    found, parser = _Extent(), expat.ParserCreate()
    parser.StartElementHandler = found.look_at
    parser.ParseFile(io.BytesIO(xml))
    return found


def _spread(rows: list[list[CellValue]], merged: list[str]) -> None:
    """What stands once beside several rows (合并单元格) is said of each of them."""
    may_fill = MOST_ROWS * MOST_COLUMNS
    for place in merged:
        left, top, _, bottom = range_boundaries(place)
        if left is None or top is None or bottom is None or left > MOST_COLUMNS:
            continue
        below = rows[top:bottom]
        may_fill -= len(below)
        if may_fill < 0:
            return  # Ranges that lie over each other: no spreadsheet makes such.
        for row in below:
            row[left - 1] = rows[top - 1][left - 1]


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("not_a_workbook")


def _value(value: object) -> CellValue:
    """What a cell holds, as a text or a number; a date as it would be written."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime) and value.time() == MIDNIGHT:
        value = value.date()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return seen(str(value))
