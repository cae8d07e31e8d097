"""A sheet of follow-ups as another system prints it: what each row says, or what is wrong in it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from shared.domain.health.cells import Cells, day_of, number_of, text_of
from shared.domain.health.codes import FollowUpResult, FollowUpWay, Vital
from shared.domain.health.rules import VitalRule
from shared.domain.health.vitals import impossible, is_swapped

Code = TypeVar("Code", bound=str)
UNIT = re.compile(r"\(.*\)$")
DEEPEST_HEADING = 10
ID_TAIL = 4


class Column(StrEnum):
    """What a column holds; its heading is a label of the policy."""

    NAME = "name"
    ID_TAIL = "id_tail"
    PROGRAMME = "programme"
    DONE_ON = "done_on"
    WAY = "way"
    RESULT = "result"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    GLUCOSE = "glucose"
    PULSE = "pulse"
    NOTE = "note"


NEEDED = (Column.NAME, Column.ID_TAIL, Column.PROGRAMME, Column.DONE_ON, Column.WAY, Column.RESULT)
VITALS = {Column(vital): vital for vital in Vital}


class FaultCode(StrEnum):
    """What may be wrong with a cell, or with the person whom a row names."""

    MISSING = "missing"
    UNKNOWN_WORD = "unknown_word"
    BAD_DAY = "bad_day"
    DAY_IN_FUTURE = "day_in_future"
    NOT_A_NUMBER = "not_a_number"
    IMPOSSIBLE = "impossible"
    PRESSURE_SWAPPED = "pressure_swapped"
    BAD_ID = "bad_id"
    NOBODY = "nobody"
    SEVERAL = "several"
    DIFFERS = "differs"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong, in which column; `known` is what could stand there, as people write it."""

    code: FaultCode
    column: Column
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """How people write what the codes mean: headings and words of cells, each with its code."""

    headings: Mapping[str, Column]
    programmes: Mapping[str, str]
    ways: Mapping[str, FollowUpWay]
    results: Mapping[str, FollowUpResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFollowUp:
    """What a sound row says."""

    name: str
    id_tail: str
    programme: str
    done_on: date
    way: FollowUpWay
    result: FollowUpResult
    readings: Mapping[Vital, Decimal]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One row below the headings: `number` is the row's number in the file; `said` is None with faults."""

    number: int
    said: SheetFollowUp | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sheet is read with."""

    words: SheetWords
    vitals: tuple[VitalRule, ...]
    today: date


def read_sheet(rows: Sequence[Cells], reading: Reading) -> tuple[ReadRow, ...] | None:
    """Every row that is not empty; None if no row near the top holds the needed headings."""
    found = _headings(rows, reading.words)
    if found is None:
        return None
    index, columns = found
    below = enumerate(rows[index + 1 :], start=index + 2)
    return tuple(
        _Row(number, cells, columns, reading).read() for number, cells in below if any(_texts(cells))
    )


class _Row:
    def __init__(self, number: int, cells: Cells, columns: Mapping[Column, int], reading: Reading) -> None:
        self.number = number
        self.texts = {
            column: text
            for column, place in columns.items()
            if place < len(cells) and (text := text_of(cells[place]))
        }
        self.reading = reading
        self.faults: list[Fault] = []

    def read(self) -> ReadRow:
        """The row with everything wrong in it at once."""
        self.faults += [
            Fault(code=FaultCode.MISSING, column=column) for column in NEEDED if column not in self.texts
        ]
        said = SheetFollowUp(
            name=self.texts.get(Column.NAME, ""),
            id_tail=self._id_tail(),
            programme=self._word(Column.PROGRAMME, self.reading.words.programmes, ""),
            done_on=self._day(),
            way=self._word(Column.WAY, self.reading.words.ways, FollowUpWay.IN_CLINIC),
            result=self._word(Column.RESULT, self.reading.words.results, FollowUpResult.STABLE),
            readings=self._readings(),
            note=self.texts.get(Column.NOTE, ""),
        )
        return ReadRow(number=self.number, said=None if self.faults else said, faults=tuple(self.faults))

    def _fault(self, code: FaultCode, column: Column, *known: str) -> None:
        self.faults.append(Fault(code=code, column=column, known=known))

    def _word(self, column: Column, known: Mapping[str, Code], otherwise: Code) -> Code:
        text = self.texts.get(column)
        if text is None or text in known:
            return known.get(text or "", otherwise)
        self._fault(FaultCode.UNKNOWN_WORD, column, *known)
        return otherwise

    def _id_tail(self) -> str:
        tail = self.texts.get(Column.ID_TAIL, "").upper()[-ID_TAIL:]
        is_sound = len(tail) == ID_TAIL and tail[:-1].isdigit() and tail[-1] in "0123456789X"
        if tail and not is_sound:
            self._fault(FaultCode.BAD_ID, Column.ID_TAIL)
        return tail

    def _day(self) -> date:
        text = self.texts.get(Column.DONE_ON)
        day = day_of(text) if text else date.min
        if day is None:
            self._fault(FaultCode.BAD_DAY, Column.DONE_ON)
            return date.min
        if day > self.reading.today:
            self._fault(FaultCode.DAY_IN_FUTURE, Column.DONE_ON)
        return day

    def _readings(self) -> dict[Vital, Decimal]:
        found: dict[Vital, Decimal] = {}
        for column, vital in VITALS.items():
            if column not in self.texts:
                continue
            value = number_of(self.texts[column])
            if value is None:
                self._fault(FaultCode.NOT_A_NUMBER, column)
            else:
                found[vital] = value
        for vital, rule in impossible(found, self.reading.vitals).items():
            self._fault(FaultCode.IMPOSSIBLE, Column(vital), f"{rule.least}-{rule.most}")
        if is_swapped(found):
            self._fault(FaultCode.PRESSURE_SWAPPED, Column.SYSTOLIC)
        return found


def unread_headings(rows: Sequence[Cells], words: SheetWords) -> tuple[str, ...]:
    """The headings of columns that are not read: what stands below them is lost unless somebody is told."""
    found = _headings(rows, words)
    if found is None:
        return ()
    index, columns = found
    texts = enumerate(_texts(rows[index]))
    return tuple(text for place, text in texts if text and place not in columns.values())


def _headings(rows: Sequence[Cells], words: SheetWords) -> tuple[int, dict[Column, int]] | None:
    """Which row near the top holds the needed headings, and the place of each column that is known."""
    for index, cells in enumerate(rows[:DEEPEST_HEADING]):
        columns = _columns(cells, words)
        if set(NEEDED) <= set(columns):
            return index, columns
    return None


def _columns(cells: Cells, words: SheetWords) -> dict[Column, int]:
    known = {_heading(text): column for text, column in words.headings.items()}
    found: dict[Column, int] = {}
    for place, text in enumerate(_texts(cells)):
        column = known.get(_heading(text))
        if column is not None:
            found.setdefault(column, place)
    return found


def _heading(text: str) -> str:
    """A heading without spaces, line ends and the unit in brackets: 收缩压（mmHg） is 收缩压."""
    return UNIT.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def _texts(cells: Cells) -> Iterator[str]:
    return (text_of(cell) for cell in cells)
