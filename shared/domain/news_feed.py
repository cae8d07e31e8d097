"""A list of population changes as a station sends it: rows read, and every fault of each row named (J-71)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shared.domain.id_numbers import IdFault, read_id_number
from shared.domain.population import PopulationChange
from shared.domain.roster.cells import CellValue
from shared.domain.roster.sheet import Sheet

DEEPEST_HEADING = 15
DAY = re.compile(r"^\D*(\d{4})\D{0,2}(\d{1,2})\D{1,2}(\d{1,2})\D*$|^(\d{4})(\d{2})(\d{2})$")


class FeedColumn(StrEnum):
    """What a column holds."""

    NAME = "name"
    ID_NUMBER = "id_number"
    KIND = "kind"
    HAPPENED_ON = "happened_on"
    ADDRESS = "address"
    NEW_NAME = "new_name"
    NEW_NUMBER = "new_number"
    NOTE = "note"


NEEDED = frozenset({FeedColumn.NAME, FeedColumn.ID_NUMBER, FeedColumn.KIND, FeedColumn.HAPPENED_ON})
"""Columns without which a sheet is no list of changes."""


class FeedFault(StrEnum):
    """What is wrong with a row; a fault of an ID number has the code of `IdFault` after a colon."""

    NO_NAME = "no_name"
    BAD_NUMBER = "bad_number"
    UNKNOWN_KIND = "unknown_kind"
    BAD_DAY = "bad_day"
    FUTURE_DAY = "future_day"
    BEFORE_BIRTH = "before_birth"
    NO_ADDRESS = "no_address"
    NOTHING_NEW = "nothing_new"
    NO_CORRECTION = "no_correction"
    NO_MOVE = "no_move"
    BAD_NEW_NUMBER = "bad_new_number"
    TWICE = "twice"


MOVES = frozenset({PopulationChange.MOVED_AWAY, PopulationChange.MOVED_WITHIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWords:
    """How a station writes: headings, and the kinds of change."""

    headings: Mapping[str, FeedColumn]
    kinds: Mapping[str, PopulationChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReading:
    """One row: who, what, when, and what is to stand in the register from now on."""

    position: int
    name: str = ""
    id_number: str = ""
    kind: PopulationChange | None = None
    happened_on: date | None = None
    address: str = ""
    new_name: str = ""
    new_number: str = ""
    note: str = ""
    faults: tuple[str, ...] = ()


def read_feed(sheet: Sheet, words: FeedWords, today: date) -> tuple[ChangeReading, ...] | None:
    """Every row below the headings; None for a sheet without them."""
    for number, values in enumerate(sheet.rows[:DEEPEST_HEADING], start=1):
        columns = _columns(values, words)
        if set(columns) >= NEEDED:
            return tuple(_with_doubles(_rows(sheet, columns, words, above=number, today=today)))
    return None


def read_change(
    cells: Mapping[FeedColumn, CellValue], words: FeedWords, today: date, *, is_known: bool = False
) -> ChangeReading:
    """One change from its cells, the same from a file, a form and a program.

    is_known: a referral says who it is about, so name and number are not asked for. Where nobody has moved,
    the address is that at which everybody knows them: lists have it in each row.
    """
    texts = {column: _text(cells.get(column)) for column in FeedColumn}
    number = read_id_number(cells.get(FeedColumn.ID_NUMBER), today)
    new = read_id_number(cells.get(FeedColumn.NEW_NUMBER), today)
    kind = words.kinds.get("".join(texts[FeedColumn.KIND].split()))
    happened_on = _day(texts[FeedColumn.HAPPENED_ON])
    read = ChangeReading(
        position=0,
        name=texts[FeedColumn.NAME],
        id_number="" if number.fault else number.text,
        kind=kind,
        happened_on=happened_on,
        address=texts[FeedColumn.ADDRESS] if kind in MOVES else "",
        new_name=texts[FeedColumn.NEW_NAME],
        new_number="" if new.fault else new.text,
        note=texts[FeedColumn.NOTE],
    )
    of_numbers = (
        *((f"{FeedFault.BAD_NUMBER}:{number.fault}",) if number.fault and not is_known else ()),
        *((FeedFault.NO_NAME,) if not read.name and not is_known else ()),
        *((f"{FeedFault.BAD_NEW_NUMBER}:{new.fault}",) if new.fault not in {None, IdFault.EMPTY} else ()),
    )
    is_new = bool(texts[FeedColumn.NEW_NAME] or texts[FeedColumn.NEW_NUMBER])
    faults = (*of_numbers, *_faults(read, today, born_on=number.birth_on, is_new=is_new))
    return replace(read, faults=tuple(str(fault) for fault in faults))


def _faults(read: ChangeReading, today: date, *, born_on: date | None, is_new: bool) -> Iterator[FeedFault]:
    if read.kind is None:
        yield FeedFault.UNKNOWN_KIND
    if read.happened_on is None:
        yield FeedFault.BAD_DAY
    elif read.happened_on > today:
        yield FeedFault.FUTURE_DAY
    elif born_on is not None and read.happened_on < born_on:
        yield FeedFault.BEFORE_BIRTH
    if read.kind is PopulationChange.MOVED_WITHIN and not read.address:
        yield FeedFault.NO_ADDRESS
    if read.kind is not None and is_new is not (read.kind is PopulationChange.CORRECTED):
        yield FeedFault.NO_CORRECTION if is_new else FeedFault.NOTHING_NEW


def _rows(
    sheet: Sheet, columns: Mapping[FeedColumn, int], words: FeedWords, *, above: int, today: date
) -> Iterator[ChangeReading]:
    for position, values in enumerate(sheet.rows, start=1):
        cells = {column: values[at] if at < len(values) else None for column, at in columns.items()}
        if position > above and any(_text(cells[column]) for column in NEEDED):
            read = read_change(cells, words, today)
            yield replace(read, position=position)


def _with_doubles(rows: Iterator[ChangeReading]) -> Iterator[ChangeReading]:
    """A row that says of the same person what an earlier one said is a slip of the pen."""
    seen: set[tuple[str, PopulationChange | None]] = set()
    for row in rows:
        said = (row.id_number, row.kind)
        if row.id_number and said in seen:
            yield replace(row, faults=(*row.faults, FeedFault.TWICE.value))
        else:
            yield row
        seen.add(said)


def _columns(values: tuple[CellValue, ...], words: FeedWords) -> dict[FeedColumn, int]:
    found: dict[FeedColumn, int] = {}
    for place, value in enumerate(values):
        column = words.headings.get("".join(_text(value).split()))
        if column is not None:
            found.setdefault(column, place)
    return found


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else unicodedata.normalize("NFKC", str(value)).strip()


def _day(text: str) -> date | None:
    found = DAY.match(text.split("T", maxsplit=1)[0])
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None
