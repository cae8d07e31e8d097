"""Workbooks and CSV files in: cells as they stand, formulas as text, nothing computed."""

import csv
import io
import zipfile
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shared.domain.errors import Invalid
from shared.domain.roster.sheet import CellValue, Sheet

MOST_ROWS = 5000
MOST_COLUMNS = 60
ENCODINGS = ("utf-8-sig", "gb18030")
BROKEN = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError)
"""What openpyxl raises for a file that is no workbook, or no longer one."""


def read_sheet(content: bytes) -> Sheet:
    """The first sheet. Raises Invalid `not_a_workbook` or `too_many_rows`."""
    try:
        sheet = load_workbook(io.BytesIO(content), data_only=False).worksheets[0]
    except BROKEN as error:
        raise Invalid("not_a_workbook") from error
    # A sheet that was formatted down to its last row is no longer than what stands in it.
    last = min(sheet.max_row, MOST_ROWS + 1)
    rows = [
        tuple(_value(value) for value in row)
        for row in sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True)
    ]
    if len(rows) > MOST_ROWS and any(value is not None for value in rows[-1]):
        raise Invalid("too_many_rows", most=MOST_ROWS)
    return Sheet(rows=tuple(rows[:MOST_ROWS]))


def read_csv(content: bytes) -> Sheet:
    """The cells of a CSV file, in UTF-8 or as an office of ours saves it. Raises Invalid as `read_sheet`."""
    rows = list(csv.reader(io.StringIO(_decoded(content))))
    if len(rows) > MOST_ROWS:
        raise Invalid("too_many_rows", most=MOST_ROWS)
    return Sheet(rows=tuple(tuple(cell or None for cell in row[:MOST_COLUMNS]) for row in rows))


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("not_a_workbook")


def _value(value: object) -> CellValue:
    """What a cell holds, as a text or a number; a date as it would be written."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
