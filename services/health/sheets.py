"""Sheets in and out: xlsx or csv as rows of cells, nothing computed; an empty one to fill in."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shared.domain.errors import Invalid
from shared.domain.health.sheet import Cells, CellValue

MOST_ROWS = 2000
MOST_COLUMNS = 40
ENCODINGS = ("utf-8-sig", "gb18030")
WORKBOOK = b"PK"
BROKEN = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError)
"""What openpyxl raises for a file that is no workbook, or no longer one."""


def rows_of(content: bytes) -> list[Cells]:
    """The rows of the first sheet. Raises Invalid `not_a_sheet` or `too_many_rows`."""
    rows = _of_workbook(content) if content.startswith(WORKBOOK) else _of_text(content)
    if len(rows) > MOST_ROWS:
        raise Invalid("too_many_rows", field="file", most=MOST_ROWS)
    return rows


def empty_sheet(headings: Sequence[str]) -> bytes:
    """A workbook with the headings alone."""
    book = Workbook()
    book.worksheets[0].append(list(headings))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _of_workbook(content: bytes) -> list[Cells]:
    try:
        sheet = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    except BROKEN as error:
        raise Invalid("not_a_sheet", field="file") from error
    last = min(sheet.max_row, MOST_ROWS + 1)
    rows = sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True)
    return [tuple(_value(value) for value in row) for row in rows]


def _of_text(content: bytes) -> list[Cells]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return [tuple(row[:MOST_COLUMNS]) for row in csv.reader(io.StringIO(text))]
    raise Invalid("not_a_sheet", field="file")


def _value(value: object) -> CellValue:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    return str(value)
