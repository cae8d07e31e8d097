"""Files that offices send, and files that nobody should: read whole, refused in words, never half."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from shared.domain.errors import Invalid
from shared.domain.roster.sheet import Sheet
from shared.platform.workbooks import MOST_ROWS, read_csv, read_sheet, read_sheets

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], change: Callable[[Workbook, Worksheet], object] | None = None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rewritten(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one of its parts changed by hand."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return written.getvalue()


def before_the_end(more: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>")


def shown(sheet: Sheet) -> list[list[object]]:
    """What stands in the cells, row by row."""
    return [[value for value in row if value is not None] for row in sheet.rows]


ROSTER = workbook(["姓名", "类别"], ["吕秀", "留守"])
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY b "'
    + b"h" * 1000
    + b'">'
    + b"".join(b'<!ENTITY c%d "%s">' % (n, (b"&b;" if n == 0 else b"&c%d;" % (n - 1)) * 30) for n in range(9))
    + b"]>"
)


@pytest.mark.parametrize(
    "content",
    [
        rewritten(ROSTER, SHEET, lambda xml: xml[: len(xml) // 2]),
        rewritten(ROSTER, "xl/styles.xml", lambda _: b"<styles"),
        rewritten(ROSTER, "xl/workbook.xml", lambda _: b""),
        rewritten(ROSTER, SHEET, lambda xml: LAUGHS + xml.replace(b"<sheetData>", b"<sheetData>&c8;")),
        rewritten(ROSTER, SHEET, before_the_end(b'<row r="3"><c r="A3" t="d"><v>1e400</v></c></row>')),
    ],
    ids=["cut off", "broken styles", "no workbook", "entities in entities", "a day that never was"],
)
def test_a_broken_workbook_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Invalid, match="not_a_workbook"):
        read_sheet(content)


def test_what_is_merged_over_several_rows_is_said_of_each() -> None:
    """合并单元格: one address beside the two of a household."""
    content = workbook(
        ["名单"], ["吕秀", "南村63号"], ["陈明", None], change=lambda _, sheet: sheet.merge_cells("B2:B3")
    )

    assert shown(read_sheet(content)) == [["名单"], ["吕秀", "南村63号"], ["陈明", "南村63号"]]


def test_a_range_of_a_few_bytes_that_merges_a_whole_sheet_costs_nothing() -> None:
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = rewritten(ROSTER, SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merged))

    assert len(read_sheet(content).rows) == 2


def test_a_sheet_formatted_down_to_its_end_is_no_longer_than_what_stands_in_it() -> None:
    empty = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(3, 30_000))

    assert len(read_sheet(rewritten(ROSTER, SHEET, before_the_end(empty))).rows) == 2


def test_a_row_far_below_an_empty_one_is_not_left_out() -> None:
    far = b'<row r="%d"><c r="A1"><v>1</v></c></row>' % (MOST_ROWS + 2)

    with pytest.raises(Invalid, match="too_many_rows"):
        read_sheet(rewritten(ROSTER, SHEET, before_the_end(far)))


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    content = rewritten(ROSTER, SHEET, lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"'))

    assert shown(read_sheet(content)) == [["姓名", "类别"], ["吕秀", "留守"]]


@pytest.mark.parametrize(
    "more", [b"\n" * (100 * 1024 * 1024), b"<row>" + b"<c/>" * 1_000_001 + b"</row>"], ids=["bytes", "cells"]
)
def test_a_file_that_unpacks_to_more_than_a_sheet_is_refused_unread(more: bytes) -> None:
    with pytest.raises(Invalid, match="sheet_too_large"):
        read_sheet(rewritten(ROSTER, SHEET, before_the_end(more)))


def test_every_sheet_that_shows_something_is_read_and_no_other() -> None:
    def more(book: Workbook, _: Worksheet) -> None:
        book.create_sheet("空")
        book.create_sheet("二村").append(["陈明"])
        hidden = book.create_sheet("字典")
        hidden.append(["独居"])
        hidden.sheet_state = "hidden"

    content = workbook(["吕秀"], change=more)

    assert [(sheet.name, shown(sheet)) for sheet in read_sheets(content)] == [
        ("Sheet", [["吕秀"]]),
        ("二村", [["陈明"]]),
    ]
    with pytest.raises(Invalid, match="several_sheets") as refused:
        read_sheet(content)
    assert refused.value.params["sheets"] == ["Sheet", "二村"]


def test_an_empty_workbook_is_an_empty_sheet() -> None:
    assert read_sheet(workbook()).rows == ()


@pytest.mark.parametrize("content", [b"a\0b,c", b'"' + b"x" * 200_000 + b'"', "姓名".encode("utf-16")])
def test_a_text_that_is_no_csv_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Invalid, match="not_a_workbook"):
        read_csv(content)


def test_a_cell_holds_what_one_sees_in_it() -> None:
    """A number copied from a chat has marks without width in it, and a day is no instant."""
    marked = "370302\u200b19450626\ufeff9746"
    content = workbook([marked, date(1945, 6, 26), datetime.fromisoformat("1945-06-26T08:30")])

    assert shown(read_sheet(content)) == [["370302194506269746", "1945-06-26", "1945-06-26T08:30:00"]]
    assert shown(read_csv(f"{marked},\u200b".encode())) == [["370302194506269746"]]
