"""Printed forms as workbooks: title, lines above, a bordered grid, a foot, ready for A4 (domain §4.4).

What stands in a cell comes from the caller. Texts stay texts: what looks like a formula must not become one,
and a number of eighteen digits keeps them all.
"""

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as StoredCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TEXT = "s"
A4 = 9
TITLE = Font(name="SimSun", size=22, bold=True)
BODY, LABEL = Font(name="FangSong", size=12), Font(name="FangSong", size=12, bold=True)
STRUCK = Font(name="FangSong", size=12, strike=True)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TITLE_HEIGHT, ROW_HEIGHT = 34, 24
"""In points: 24 are the eight millimetres that a hand needs to write in."""

LINE_HEIGHT = 17
NARROW, WIDE = 1.2, 2.4
"""How many of a column's units a letter and a Chinese character of the body take."""

WIDE_KINDS = frozenset("WFA")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one place, over how many columns; `is_struck`: what was written and holds no more."""

    text: str | int = ""
    across: int = 1
    is_label: bool = False
    is_struck: bool = False


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """One form. `heading` stands on every page; `widths` in characters, one for each column.

    `printed_by`: who had it made and when, in the margin of every page.
    """

    name: str
    title: str
    is_landscape: bool
    widths: tuple[float, ...]
    above: tuple[Line, ...] = ()
    heading: Line = ()
    lines: tuple[Line, ...] = ()
    foot: tuple[Line, ...] = ()
    printed_by: str


def labels(texts: Sequence[str]) -> Line:
    """A line of headings."""
    return tuple(Cell(text=each, is_label=True) for each in texts)


def write_printed(forms: Sequence[PrintedSheet]) -> bytes:
    """The workbook, a sheet for each form."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for form in forms:
        _write(book.create_sheet(NOT_IN_A_NAME.sub(" ", form.name)[:LONGEST_NAME]), form)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(sheet: Worksheet, form: PrintedSheet) -> None:
    for place, width in enumerate(form.widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _title(sheet, form)
    row = 2
    for line in form.above:
        _put(sheet, row, line, is_boxed=False)
        row += 1
    if form.heading:
        _put(sheet, row, form.heading, is_boxed=True)
        sheet.print_title_rows = f"{row}:{row}"
        row += 1
    for line in form.lines:
        _put(sheet, row, line, is_boxed=True)
        row += 1
    for line in form.foot:
        _put(sheet, row, line, is_boxed=False)
        row += 1
    _page(sheet, form)


def _title(sheet: Worksheet, form: PrintedSheet) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(form.widths))
    title = _text(sheet, 1, 1, form.title)
    title.font, title.alignment = TITLE, Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = TITLE_HEIGHT


def _put(sheet: Worksheet, row: int, line: Line, *, is_boxed: bool) -> None:
    sheet.row_dimensions[row].height = _height(sheet, line) if is_boxed else ROW_HEIGHT
    column = 1
    for cell in line:
        last = column + cell.across - 1
        stored = _text(sheet, row, column, cell.text)
        stored.font = STRUCK if cell.is_struck else LABEL if cell.is_label else BODY
        stored.alignment = Alignment(
            horizontal="center" if cell.is_label else None, vertical="center", wrap_text=is_boxed
        )
        for each in range(column, last + 1):
            sheet.cell(row, each).border = BOX if is_boxed else Border()
        if cell.across > 1:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=last)
        column = last + 1


def _height(sheet: Worksheet, line: Line) -> int:
    """So high that the longest text of the line can be read whole: what is wrapped would be cut off."""
    column, most = 1, 1
    for cell in line:
        places = range(column, column + cell.across)
        room = sum(sheet.column_dimensions[get_column_letter(each)].width for each in places)
        most, column = max(most, math.ceil(_width(str(cell.text)) / room)), column + cell.across
    return max(ROW_HEIGHT, most * LINE_HEIGHT)


def _width(text: str) -> float:
    return sum(WIDE if unicodedata.east_asian_width(each) in WIDE_KINDS else NARROW for each in text)


def _text(sheet: Worksheet, row: int, column: int, text: str | int) -> StoredCell:
    stored = sheet.cell(row, column)
    assert isinstance(stored, StoredCell)  # noqa: S101 - written left to right: nothing is merged yet
    stored.value = text
    if isinstance(text, str) and text:
        stored.data_type, stored.quotePrefix, stored.number_format = TEXT, True, "@"
    return stored


def _page(sheet: Worksheet, form: PrintedSheet) -> None:
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = A4, "landscape" if form.is_landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margin = HeaderFooterItem()
    # An ampersand begins a code in a margin; two of them are one.
    margin.left.text = form.printed_by.replace("&", "&&")
    margin.right.text = "&P / &N"
    sheet.HeaderFooter.oddFooter = margin
