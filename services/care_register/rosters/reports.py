"""The report of an import as a workbook: what was found in each row and what became of it, safe to open."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from services.care_register.handlers.batches import ShownRow
from services.care_register.rosters.messages import REPORT_HEADINGS, REPORT_TITLE, VERDICTS
from services.care_register.rosters.phrases import say, say_outcome, say_unread
from shared.domain.roster.sheet import UnreadColumn

WIDTHS = (8, 12, 12, 28, 10, 80)
TEXT = "s"
WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_report(rows: Iterable[ShownRow], unread: Iterable[UnreadColumn]) -> bytes:
    """The workbook; a row with several findings has a line for each, so that a column can be filtered.

    Above them, what was not read at all.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = REPORT_TITLE
    beside = ("",) * (len(REPORT_HEADINGS) - 1)
    not_read = [(*beside, words) for words in say_unread(unread)]
    found = (line for row in rows for line in _lines(row))
    for number, texts in enumerate((REPORT_HEADINGS, *not_read, *found), start=1):
        _put(sheet, number, texts)
    _lay_out(sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _lines(row: ShownRow) -> list[tuple[str, ...]]:
    reading = row.reading
    outcome = say_outcome(row.outcome, row.failure)
    begin = (str(reading.row), reading.name, VERDICTS[row.verdict], outcome)
    return [(*begin, each.cell, say(each)) for each in reading.findings] or [(*begin, "", "")]


def _put(sheet: Worksheet, line: int, texts: tuple[str, ...]) -> None:
    """Texts stay texts: what looks like a formula must not become one in somebody's spreadsheet."""
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(line, column)
        cell.value = text
        cell.data_type = TEXT
        cell.quotePrefix = True
        cell.alignment = WRAPPED


def _lay_out(sheet: Worksheet) -> None:
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
