"""What stands in a cell of a sheet, and what it is called there."""

import re
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | None
LETTERS = 26
BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")


def letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    text = ""
    while place >= 0:
        text = chr(ord("A") + place % LETTERS) + text
        place = place // LETTERS - 1
    return text


def compact(value: CellValue) -> str:
    """The text of a cell without any space; nothing is an empty one."""
    return "" if value is None else "".join(str(value).split())


def heading_of(value: CellValue) -> str:
    """What a heading says, without what it adds in brackets (身份证号（18位）)."""
    return BRACKETS.sub("", compact(value))
