"""Sheets in and out: xlsx or csv as rows of cells, nothing computed; an empty one to fill in."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from shared.domain.errors import Invalid
from shared.domain.health.cells import Cells
from shared.platform.workbooks import read_csv, read_sheet

MOST_ROWS = 2000
WORKBOOK = b"PK"


def rows_of(content: bytes) -> Sequence[Cells]:
    """The rows of the sheet. Raises Invalid `not_a_sheet`, and as the readers do."""
    try:
        if content.startswith(WORKBOOK):
            return read_sheet(content, most_rows=MOST_ROWS, computed=True).rows
        return read_csv(content, most_rows=MOST_ROWS).rows
    except Invalid as error:
        code = "not_a_sheet" if error.code == "not_a_workbook" else error.code
        raise Invalid(code, field="file", **error.params) from error


def empty_sheet(headings: Sequence[str]) -> bytes:
    """A workbook with the headings alone."""
    book = Workbook()
    book.worksheets[0].append(list(headings))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
