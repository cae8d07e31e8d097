"""A sheet becomes rows that can be taken in: values, findings, a verdict; the same sheet reads the same."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shared.domain.codes import Circumstance
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.id_numbers import Sex
from shared.domain.roster.circumstances import Situation, read_situation
from shared.domain.roster.findings import Finding, FindingCode, Verdict, verdict_of
from shared.domain.roster.identity import Identity, read_identity
from shared.domain.roster.sheet import Sheet, SheetRow, Table, is_formula, rows_of
from shared.domain.roster.words import Column, RosterWords

LONGEST_NAME = 50
WRITTEN = frozenset("LMZ")
"""Letters, marks on them and spaces, as Unicode sorts characters."""
AFTER_LABELS = frozenset(":：")
IN_NAMES = frozenset("·•・‧.'’-()（）")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReading:
    """One row: who, what is known, and what was found."""

    row: int
    name: str
    id_number: str
    birth_on: date | None
    sex: Sex | None
    address: str
    phones: tuple[str, ...]
    contacts: str
    notes: tuple[str, ...]
    circumstances: tuple[Circumstance, ...]
    facts: ElderFacts
    agreed_weekdays: tuple[int, ...]
    declines_visits: bool
    findings: tuple[Finding, ...]
    number_cell: str
    name_cell: str

    @property
    def verdict(self) -> Verdict:
        """What all findings come to."""
        return verdict_of(self.findings)

    @property
    def key(self) -> str:
        """What makes two rows one elder: the number, else name and address."""
        return self.id_number or f"{self.name}|{self.address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InRegister:
    """What the register says of the elder of a row: whether name and number there are the same.

    Another number: one of both has none, and it is the same name at the same door.
    """

    is_same_name: bool
    is_same_number: bool = True


def read_roster(
    sheet: Sheet,
    table: Table,
    words: RosterWords,
    *,
    today: date,
    known: Callable[[RowReading], InRegister | None] = lambda _: None,
) -> list[RowReading]:
    """Every row about somebody; `known` tells what the register says of a row's elder, if it is there."""
    dated_on = table.dated_on or today
    rows = [_read(row, words, today=today, dated_on=dated_on) for row in rows_of(sheet, table, words)]
    return [_compared(reading, known(reading)) for reading in _without_doubles(rows)]


def _read(row: SheetRow, words: RosterWords, *, today: date, dated_on: date) -> RowReading:
    who = read_identity(row, words, today=today, dated_on=dated_on)
    situation = read_situation(row, words, who.card)
    findings = (
        *_about_name(row),
        *_about_leaving(row, words),
        *who.findings,
        *_about_address(row),
        *situation.findings,
    )
    address = row.text(Column.ADDRESS)
    return RowReading(
        row=row.number,
        name="".join(row.text(Column.NAME).split()),
        id_number=who.id_number,
        birth_on=who.birth_on,
        sex=who.sex,
        address="" if is_formula(address) else address,
        phones=situation.phones,
        contacts=row.form.contacts if row.form else "",
        notes=(*situation.notes, *(row.form.notes if row.form else ())),
        circumstances=situation.circumstances,
        facts=_facts(who, situation),
        agreed_weekdays=situation.agreed_weekdays,
        declines_visits=situation.declines_visits,
        findings=findings,
        number_cell=row.cell(Column.ID_NUMBER),
        name_cell=row.cell(Column.NAME),
    )


def _about_name(row: SheetRow) -> Iterator[Finding]:
    code = _fault_of_name(row.text(Column.NAME))
    if code is not None:
        yield Finding(code=code, cell=row.cell(Column.NAME), column=Column.NAME)


def _about_leaving(row: SheetRow, words: RosterWords) -> Iterator[Finding]:
    """Lists are kept by writing beside a name that they died; where it is another, it says who."""
    remark = row.text(Column.REMARK)
    alone = "".join(each for each in remark if each.isalpha() and each not in words.when)
    name = row.text(Column.NAME)
    said = {
        Column.NAME: [word for word in sorted(words.gone) if word in name],
        Column.REMARK: {alone} & words.gone,
    }
    for column, found in said.items():
        for word in found:
            params = (("word", word),)
            yield Finding(code=FindingCode.SAYS_GONE, cell=row.cell(column), column=column, params=params)


def _about_address(row: SheetRow) -> Iterator[Finding]:
    if is_formula(row.text(Column.ADDRESS)):
        yield Finding(code=FindingCode.FORMULA_AS_TEXT, cell=row.cell(Column.ADDRESS), column=Column.ADDRESS)


def _fault_of_name(name: str) -> FindingCode | None:
    """Rare characters and long names are names (𠮷, 少数民族 ·); a formula is none, digits may be none."""
    if not name:
        return FindingCode.NAME_MISSING
    if is_formula(name):
        return FindingCode.NAME_IS_FORMULA
    if AFTER_LABELS.intersection(name):
        return FindingCode.NAME_IS_LABEL
    is_usual = all(unicodedata.category(each)[0] in WRITTEN or each in IN_NAMES for each in name)
    return None if is_usual and len(name) <= LONGEST_NAME else FindingCode.NAME_UNUSUAL


def _facts(who: Identity, situation: Situation) -> ElderFacts:
    condition = situation.condition
    return ElderFacts(
        birth_on=who.birth_on,
        circumstances=situation.circumstances,
        disability_level=situation.disability_level,
        has_disability_card=situation.has_card,
        ability=AssessedAbility(level=condition.ability) if condition.ability else None,
        care_level=situation.care_level,
        mobility=condition.mobility,
        health=condition.health,
        surveyed_healthy=condition.surveyed_healthy,
    )


def _without_doubles(rows: Sequence[RowReading]) -> list[RowReading]:
    """Mark every row whose elder has a row above it, or whose number stands above beside another name."""
    first: dict[str, RowReading] = {}
    marked = []
    for reading in rows:
        above = first.setdefault(reading.key, reading)
        marked.append(reading if above is reading else _twice(reading, above))
    return marked


def _twice(reading: RowReading, above: RowReading) -> RowReading:
    is_same_name = reading.name == above.name
    finding = Finding(
        code=FindingCode.TWICE_IN_SHEET if is_same_name else FindingCode.TWICE_OTHER_NAME,
        cell=reading.number_cell or reading.name_cell,
        column=Column.ID_NUMBER,
        params=(("row", str(above.row)),),
    )
    return replace(reading, findings=(*reading.findings, finding))


def _compared(reading: RowReading, known: InRegister | None) -> RowReading:
    if known is None:
        return reading
    code = FindingCode.IN_REGISTER if known.is_same_name else FindingCode.IN_REGISTER_OTHER_NAME
    if not known.is_same_number:
        code = FindingCode.IN_REGISTER_SAME_DOOR
    finding = Finding(code=code, cell=reading.name_cell, column=Column.NAME)
    # Who is in the register gets no temporary number.
    others = (each for each in reading.findings if each.code is not FindingCode.ID_MISSING)
    return replace(reading, findings=(*others, finding))
