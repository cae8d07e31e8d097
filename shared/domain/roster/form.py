"""A sheet about one person (附件1 摸底表): labels and what stands beside them, one row of a list (Z-95)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from shared.domain.roster.cells import CellValue, compact, heading_of, letters
from shared.domain.roster.words import Column, RosterWords

Rows: TypeAlias = Sequence[tuple[CellValue, ...]]
DEEPEST_LABEL = 12
"""So many rows below the name the labels end and the family begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one person's sheet says, with the cells in which it stands; the family a line each."""

    values: Mapping[Column, CellValue]
    cells: Mapping[Column, str]
    contacts: str
    notes: tuple[str, ...]


def read_form(rows: Rows, number: int, words: RosterWords) -> Form | None:
    """The form whose name stands in row `number`; None where that row heads a list.

    In a form the label of the number stands under that of the name, in a list beside it.
    """
    labels: dict[Column, tuple[int, int]] = {}
    family = len(rows)
    for row in range(number - 1, min(len(rows), number + DEEPEST_LABEL)):
        known = dict(_labels(rows[row], words))
        if Column.NAME in known and labels:
            family = row + 1
            break
        labels = {column: (row, place) for column, place in known.items()} | labels
    name, id_number = labels[Column.NAME], labels.get(Column.ID_NUMBER, (number - 1, 0))
    if id_number[0] == name[0] or id_number[1] != name[1]:
        return None
    beside = {column: _beside(rows[row], place, words) for column, (row, place) in labels.items()}
    contacts, notes = _below(rows[family:], words)
    return Form(
        values={column: value for column, (_, value) in beside.items()},
        cells={column: f"{letters(place)}{labels[column][0] + 1}" for column, (place, _) in beside.items()},
        contacts="\n".join(contacts),
        notes=notes,
    )


def _labels(values: tuple[CellValue, ...], words: RosterWords) -> Iterator[tuple[Column, int]]:
    for place, value in enumerate(values):
        column = words.headings.get(heading_of(value))
        if column is not None:
            yield column, place


def _beside(values: tuple[CellValue, ...], place: int, words: RosterWords) -> tuple[int, CellValue]:
    """What stands to the right of a label, before the next one; labels may be wider than a column."""
    for right in range(place + 1, len(values)):
        text = compact(values[right])
        if heading_of(text) in words.headings or text in words.services:
            break
        if text:
            return right, values[right]
    return place + 1, None


def _below(rows: Rows, words: RosterWords) -> tuple[list[str], tuple[str, ...]]:
    """The family, and which services are ticked, under their title."""
    contacts: list[str] = []
    ticked: list[str] = []
    for values in rows:
        places = [place for place, value in enumerate(values) if compact(value) in words.services]
        for place in places:
            mark = compact(_beside(values, place, words)[1])
            if mark not in words.not_ticked:
                ticked.append(f"{compact(values[place])}{mark}")
        texts = [str(value).strip() for value in values if compact(value)]
        if texts and not places and compact("".join(texts)) != words.services_title:
            contacts.append(" ".join(texts))
    return contacts, (" ".join((words.services_title, *ticked)),) if ticked else ()
