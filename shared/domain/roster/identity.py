"""Who a row is about: number, birth, sex and age, and whether they agree with each other."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shared.domain.disability_cards import CardFault, DisabilityCard, read_disability_card
from shared.domain.facts import age_on
from shared.domain.id_numbers import IdFault, IdNote, IdNumber, Sex, read_id_number
from shared.domain.roster.findings import Finding, FindingCode
from shared.domain.roster.sheet import SheetRow, is_formula
from shared.domain.roster.words import Column, RosterWords

LOST_AT_MOST = 110
"""A spreadsheet keeps fifteen digits of a number: so far off may the first seventeen be."""

YEARS = re.compile(r"^\D{0,2}(\d{1,3})(?:\.0+)?\D{0,2}$")
"""A number of years, as a spreadsheet or a person writes it: 82, 82.0, 82岁, 虚岁83."""
LONGEST_WORD = 12
ID_FAULTS: Mapping[IdFault, FindingCode] = {
    IdFault.EMPTY: FindingCode.ID_MISSING,
    IdFault.LOST_DIGITS: FindingCode.ID_LOST_DIGITS,
    IdFault.WRONG_LENGTH: FindingCode.ID_WRONG_LENGTH,
    IdFault.NOT_DIGITS: FindingCode.ID_NOT_DIGITS,
    IdFault.NO_SUCH_DAY: FindingCode.ID_NO_SUCH_DAY,
    IdFault.IN_THE_FUTURE: FindingCode.ID_IN_THE_FUTURE,
    IdFault.TOO_OLD: FindingCode.ID_TOO_OLD,
    IdFault.WRONG_CHECK: FindingCode.ID_WRONG_CHECK,
}
ID_NOTES: Mapping[IdNote, FindingCode] = {
    IdNote.NORMALISED: FindingCode.ID_NORMALISED,
    IdNote.CONVERTED: FindingCode.ID_CONVERTED,
    IdNote.UNKNOWN_PROVINCE: FindingCode.ID_UNKNOWN_PROVINCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who it is, as far as the row tells, and the disability card, which carries the number too."""

    id_number: str
    birth_on: date | None
    sex: Sex | None
    card: DisabilityCard
    findings: tuple[Finding, ...]


def read_identity(row: SheetRow, words: RosterWords, *, today: date, dated_on: date) -> Identity:
    """Read number, card, sex and age; ages on the sheet are those of the sheet's day."""
    number = read_id_number(row.value(Column.ID_NUMBER), today)
    card = read_disability_card(row.value(Column.CARD), today)
    findings = list(_about_number(row, number))
    if _can_be_restored(number, card):
        number = read_id_number(card.id_number, today)
        findings = [_finding(row, FindingCode.ID_FROM_CARD, Column.ID_NUMBER)]
    birth_on = None if number.fault else number.birth_on
    sex = words.sexes.get(row.text(Column.SEX))
    findings += _about_card(row, card, number)
    findings += _about_sex(row, sex, number)
    if birth_on is not None:
        findings += _too_young(row, birth_on, today=today, elder_from=words.elder_from)
        findings += _about_age(row, birth_on, dated_on=dated_on)
    return Identity(
        id_number="" if number.fault else number.text,
        birth_on=birth_on,
        sex=number.sex or sex,
        card=card,
        findings=tuple(findings),
    )


def _about_number(row: SheetRow, number: IdNumber) -> Iterator[Finding]:
    if is_formula(row.text(Column.ID_NUMBER)):
        yield _finding(row, FindingCode.ID_IS_FORMULA, Column.ID_NUMBER)
    elif number.fault is not None:
        yield _finding(row, ID_FAULTS[number.fault], Column.ID_NUMBER, length=str(len(number.text)))
    for note in number.notes:
        yield _finding(row, ID_NOTES[note], Column.ID_NUMBER)


def _can_be_restored(number: IdNumber, card: DisabilityCard) -> bool:
    """A card carries the whole number; what survived of the one in the cell must fit it."""
    if card.fault is not None or number.fault not in {IdFault.LOST_DIGITS, IdFault.EMPTY}:
        return False
    survived = number.text[:-1]
    if not survived.isdecimal():
        return not survived
    return abs(int(survived) - int(card.id_number[:-1])) <= LOST_AT_MOST


def _about_card(row: SheetRow, card: DisabilityCard, number: IdNumber) -> Iterator[Finding]:
    if card.fault is CardFault.EMPTY:
        return
    if card.fault is not None:
        yield _finding(row, FindingCode.CARD_WRONG, Column.CARD)
    elif not number.fault and card.id_number != number.text:
        yield _finding(row, FindingCode.CARD_OF_ANOTHER, Column.CARD)


def _about_sex(row: SheetRow, sex: Sex | None, number: IdNumber) -> Iterator[Finding]:
    if sex is None and row.text(Column.SEX):
        yield _finding(row, FindingCode.SEX_UNKNOWN_WORD, Column.SEX, word=row.text(Column.SEX))
    elif sex is not None and number.sex is not None and sex is not number.sex:
        yield _finding(row, FindingCode.SEX_DIFFERS, Column.SEX)


def _too_young(row: SheetRow, birth_on: date, *, today: date, elder_from: int) -> Iterator[Finding]:
    age = age_on(birth_on, today)
    if age < elder_from:
        yield _finding(row, FindingCode.UNDER_SIXTY, Column.ID_NUMBER, age=str(age), needed=str(elder_from))


def _about_age(row: SheetRow, birth_on: date, *, dated_on: date) -> Iterator[Finding]:
    written = row.text(Column.AGE)
    if not written:
        return
    years = YEARS.match(written)
    if years is None:
        yield _finding(row, FindingCode.AGE_UNREAD, Column.AGE, word=written[:LONGEST_WORD])
        return
    computed = age_on(birth_on, dated_on)
    difference = abs(int(years[1]) - computed)
    if difference:
        # Country people count the year of birth, and lists are copied from last year's: one year is no fault.
        code = FindingCode.AGE_NEARLY if difference == 1 else FindingCode.AGE_DIFFERS
        yield _finding(row, code, Column.AGE, written=years[1], computed=str(computed))


def _finding(row: SheetRow, code: FindingCode, column: Column, **params: str) -> Finding:
    return Finding(code=code, cell=row.cell(column), column=column, params=tuple(params.items()))
