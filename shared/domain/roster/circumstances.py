"""What a row says of an elder's situation: categories, ability, care, card, telephone, agreement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.disability_cards import DisabilityCard
from shared.domain.phones import read_phone
from shared.domain.roster.findings import Finding, FindingCode
from shared.domain.roster.sheet import SheetRow, is_formula
from shared.domain.roster.words import Column, Condition, Implies, RosterWords

SEVERE_LEVELS = (1, 2)
PHONE_IN_TEXT = re.compile(r"\+?\d[\d-]{5,15}\d")
ABLE = frozenset({Ability.INTACT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What was made of the row; `findings` grow with each part that is read."""

    circumstances: tuple[Circumstance, ...] = ()
    condition: Condition = field(default_factory=Condition)
    care_level: int | None = None
    disability_level: int | None = None
    has_card: bool = False
    phones: tuple[str, ...] = ()
    agreed_weekdays: tuple[int, ...] = ()
    declines_visits: bool = False
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_situation(row: SheetRow, words: RosterWords, card: DisabilityCard) -> Situation:
    """Read everything but who it is. Where nothing is said, nothing is taken to be so."""
    found = _with_categories(Situation(), row, words)
    found = _with_ability(found, row, words)
    found = _with_care(found, row, words)
    found = _with_card(found, row, words, card)
    found = _with_agreement(found, row, words)
    found = _with_phones(found, row, words)
    found = _with_notes(found, row, words)
    return _checked(found, row)


def _with_categories(found: Situation, row: SheetRow, words: RosterWords) -> Situation:
    text = row.text(Column.CATEGORY)
    named = [each.strip() for each in re.split(f"[{re.escape(words.separators)}]", text) if each.strip()]
    unknown = [each for each in named if each not in words.categories]
    return replace(
        found,
        circumstances=tuple(dict.fromkeys(words.categories[each] for each in named if each not in unknown)),
        findings=(
            *found.findings,
            *(
                _finding(row, FindingCode.CATEGORY_UNKNOWN_WORD, Column.CATEGORY, word=each)
                for each in unknown
            ),
        ),
    )


def _with_ability(found: Situation, row: SheetRow, words: RosterWords) -> Situation:
    text = row.text(Column.ABILITY)
    if not text:
        if Column.ABILITY not in row.columns:
            return found
        return _noting(found, _finding(row, FindingCode.ABILITY_MISSING, Column.ABILITY))
    condition = words.conditions.get(text)
    if condition is None:
        finding = _finding(row, FindingCode.ABILITY_UNKNOWN_WORD, Column.ABILITY, word=text)
        return _noting(found, finding)
    return replace(found, condition=condition)


def _with_care(found: Situation, row: SheetRow, words: RosterWords) -> Situation:
    """A care level from the plan's on, or care insurance at work, is care dependence (失能, S1:L38)."""
    text = row.text(Column.CARE_LEVEL)
    level = words.care_levels.get(text)
    if text and level is None:
        finding = _finding(row, FindingCode.CARE_LEVEL_UNKNOWN_WORD, Column.CARE_LEVEL, word=text)
        found = _noting(found, finding)
    found = replace(found, care_level=level)
    is_insured = row.text(Column.CARE_INSURANCE) in words.insured
    return _tagged(found, Circumstance.CARE_DEPENDENT) if is_insured or _depends(level, words) else found


def _depends(level: int | None, words: RosterWords) -> bool:
    return level is not None and words.dependent_from is not None and level >= words.dependent_from


def _with_card(found: Situation, row: SheetRow, words: RosterWords, card: DisabilityCard) -> Situation:
    remark = row.text(Column.REMARK)
    written = next((level for word, level in words.card_words.items() if word in remark), None)
    level = card.level or written
    if level is None:
        return found
    found = replace(found, disability_level=level, has_card=True)
    return _tagged(found, Circumstance.SEVERE_DISABILITY) if level in SEVERE_LEVELS else found


def _with_agreement(found: Situation, row: SheetRow, words: RosterWords) -> Situation:
    text = row.text(Column.AGREEMENT)
    if not text:
        return found
    implied = next((means for part, means in words.agreements.items() if part in text), None)
    match implied:
        case Implies.DECLINES_VISITS:
            finding = _finding(row, FindingCode.DECLINES_VISITS, Column.AGREEMENT)
            return replace(_noting(found, finding), declines_visits=True)
        case Implies.AGREED_DAYS:
            days = tuple(sorted({day for mark, day in words.weekdays.items() if mark in text}))
            return replace(found, agreed_weekdays=days, notes=(*found.notes, text))
        case Implies.NOTHING:
            return replace(found, notes=(*found.notes, text))
    finding = _finding(row, FindingCode.AGREEMENT_UNKNOWN_WORD, Column.AGREEMENT, word=text)
    return replace(_noting(found, finding), notes=(*found.notes, text))


def _with_phones(found: Situation, row: SheetRow, words: RosterWords) -> Situation:
    for column, written in _numbers_in(row, words):
        phone = read_phone(written, words.phones)
        if phone.fault is None:
            found = replace(found, phones=tuple(dict.fromkeys((*found.phones, phone.text))))
        else:
            found = _noting(found, _finding(row, FindingCode.PHONE_WRONG, column))
    return found


def _numbers_in(row: SheetRow, words: RosterWords) -> Iterator[tuple[Column, str]]:
    """The telephone's cell is one number or, like a remark, words with numbers in them."""
    cell = row.text(Column.PHONE)
    if cell and not is_formula(cell):
        several = [cell] if _is_one_number(cell, words) else PHONE_IN_TEXT.findall(cell)
        for written in several or [cell]:
            yield Column.PHONE, written
    for written in PHONE_IN_TEXT.findall(row.text(Column.REMARK)):
        yield Column.REMARK, written


def _is_one_number(cell: str, words: RosterWords) -> bool:
    return read_phone(cell, words.phones).fault is None


def _with_notes(found: Situation, row: SheetRow, words: RosterWords) -> Situation:
    """Remarks stay as written, and what else stands where a number is expected; no formula is computed."""
    for column in (Column.PHONE, Column.REMARK, Column.DOCTOR):
        text = row.text(column)
        if is_formula(text):
            found = _noting(found, _finding(row, FindingCode.FORMULA_AS_TEXT, column))
        elif text and not (column is Column.PHONE and _is_one_number(text, words)):
            found = replace(found, notes=(*found.notes, text))
    return found


def _checked(found: Situation, row: SheetRow) -> Situation:
    """Note where the parts do not agree with each other."""
    if not found.circumstances:
        finding = _finding(row, FindingCode.CATEGORY_MISSING, Column.CATEGORY)
        found = _noting(found, finding)
    if Circumstance.CARE_DEPENDENT in found.circumstances and _is_able(found.condition):
        finding = _finding(row, FindingCode.DEPENDENT_BUT_ABLE, Column.ABILITY)
        found = _noting(found, finding)
    is_light = found.disability_level is not None and found.disability_level not in SEVERE_LEVELS
    if Circumstance.SEVERE_DISABILITY in found.circumstances and is_light:
        finding = _finding(
            row, FindingCode.SEVERE_BUT_LIGHT_CARD, Column.REMARK, level=str(found.disability_level)
        )
        found = _noting(found, finding)
    return found


def _is_able(condition: Condition) -> bool:
    is_healthy = condition.surveyed_healthy or condition.health is Health.GOOD
    return condition.ability in ABLE or (is_healthy and condition.mobility in {None, Mobility.SELF_CARING})


def _tagged(found: Situation, circumstance: Circumstance) -> Situation:
    return replace(found, circumstances=tuple(dict.fromkeys((*found.circumstances, circumstance))))


def _noting(found: Situation, finding: Finding) -> Situation:
    return replace(found, findings=(*found.findings, finding))


def _finding(row: SheetRow, code: FindingCode, column: Column, **params: str) -> Finding:
    return Finding(code=code, cell=row.cell(column), column=column, params=tuple(params.items()))
