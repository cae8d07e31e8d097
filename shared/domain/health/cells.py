"""What one cell of an office's sheet says: a text, a number, a day."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | None
Cells: TypeAlias = tuple[CellValue, ...]
DAY = re.compile(r"^(20\d\d)(?:\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})|(\d\d)(\d\d))\D*(?:T?00:00:00)?$")


def text_of(cell: CellValue) -> str:
    """What stands there, as people would type it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def number_of(text: str) -> Decimal | None:
    """A number as people type it; None for anything else."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def day_of(text: str) -> date | None:
    """A day as offices write it; None for one that never was, and for what could be two."""
    match = DAY.match(text)
    if match is None:
        return None
    try:
        year, month, day = (int(part) for part in match.groups() if part)
        return date(year, month, day)
    except ValueError:
        return None
