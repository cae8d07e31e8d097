"""The plan's own forms, filled in (附件1 摸底表、附件3 汇总表), in the layout as issued (§4.1, §4.3).

What the plan wrote stands word for word in its policy file. A sheet filled in here can be read in again.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from services.care_register.handlers.exporting import FormLine, Summary, Survey
from services.care_register.rosters import messages
from shared.domain.codes import Health
from shared.domain.facts import ElderFacts
from shared.domain.roster.words import Condition
from shared.platform.printed_sheets import Cell, Line, PrintedSheet, labels, write_printed
from shared.policies.forms import Sheet, class_cell, remark_cell
from shared.policies.model import Policy
from shared.web.layout import dated
from shared.web.workbooks import form_name

SUMMARY_WIDTHS = (6, 11, 6, 6, 22, 40, 18, 16, 22)
SURVEY_WIDTHS = (14, 14, 12, 14, 12, 16)
FEWEST_RELATIVES = 3
DAY_ACROSS = 3
BOXES_DOWN, BOXES_BESIDE = 4, 3
SEXES: Mapping[str, str] = {sex.value: word for word, sex in messages.SEXES.items()}
PHONE = re.compile(r"\+?\d[\d-]{5,}\d")


def write_summary(found: Summary, *, printed_by: str) -> bytes:
    """附件3, a sheet for each town."""
    return write_printed(
        [_summary(found, code, lines, printed_by=printed_by) for code, lines in found.towns.items()]
    )


def write_survey(found: Survey, *, printed_by: str) -> bytes:
    """附件1 of one elder; the nine boxes are ticked by hand, at the door."""
    sheet = found.sheet
    form = PrintedSheet(
        name=sheet.name,
        title=sheet.title,
        is_landscape=sheet.is_landscape,
        widths=SURVEY_WIDTHS,
        above=((Cell(across=4), Cell(text=dated(found.on), across=2)),),
        lines=(*_about(found), *_relatives(found.line), *_boxes(found.policy)),
        printed_by=printed_by,
    )
    return write_printed([form])


def file_name(sheet: Sheet, policy: Policy, of: str, on: date) -> str:
    """e.g. 附件3_淄川区_洪山镇_20260131.xlsx; `of` is empty for the whole place."""
    return form_name(sheet.name, policy.jurisdiction.name, of, f"{on:%Y%m%d}")


def town_words(found: Summary, code: str) -> str:
    """The town by its name, without what the name of its office adds."""
    name = found.names.get(code, code)
    for office in messages.FORM_OFFICES:
        name = name.removesuffix(office)
    return name


def ability_words(facts: ElderFacts) -> str:
    """身体能力: what was assessed, else how they get about, else how they feel, as offices write it."""
    if facts.ability is not None:
        return _word(Condition(ability=facts.ability.level))
    if facts.mobility is not None:
        return _word(Condition(mobility=facts.mobility))
    health = Condition(health=facts.health, surveyed_healthy=facts.health is Health.GOOD)
    return _word(health) if facts.health is not None else ""


def _word(says: Condition) -> str:
    return next((word for word, known in messages.CONDITIONS.items() if known == says), "")


def _summary(found: Summary, code: str, lines: tuple[FormLine, ...], *, printed_by: str) -> PrintedSheet:
    sheet, town = found.sheet, town_words(found, code)
    beside = len(sheet.columns) - DAY_ACROSS
    place = Cell(text=messages.FORM_TOWN.format(town=town), across=beside)
    return PrintedSheet(
        name=town,
        title=sheet.title,
        is_landscape=sheet.is_landscape,
        widths=SUMMARY_WIDTHS,
        above=((place, Cell(text=dated(found.on), across=DAY_ACROSS)),),
        heading=labels(sheet.columns),
        lines=tuple(_row(number, line, found) for number, line in enumerate(lines, start=1)),
        foot=(tuple(Cell(text=each, across=DAY_ACROSS) for each in sheet.foot),),
        printed_by=printed_by,
    )


def _row(number: int, line: FormLine, found: Summary) -> Line:
    policy, elder, person = found.policy, line.elder, line.person
    subject = elder.on(found.on)
    remarks = [remark_cell(policy.forms, subject, policy.label)]
    remarks += [policy.label("states", elder.state_kind)] if elder.state_kind else []
    values = (
        number,
        person.name,
        SEXES.get(person.sex.value, ""),
        line.age if line.age is not None else "",
        person.id_number,
        person.address,
        class_cell(policy.forms, subject, policy.label),
        ability_words(elder.facts),
        policy.forms.separator.join(filter(None, remarks)),
    )
    return tuple(Cell(text=each) for each in values)


def _about(found: Survey) -> Iterator[Line]:
    """The seven fields of the head, under the names that the plan gives them."""
    name, sex, age, number, category, ability, address = found.sheet.columns
    line, subject = found.line, found.line.elder.on(found.on)
    years = line.age if line.age is not None else ""
    yield (
        *_field(name, line.person.name),
        *_field(sex, SEXES.get(line.person.sex.value, "")),
        *_field(age, years),
    )
    yield _field(number, line.person.id_number, across=5)
    yield (
        *_field(category, class_cell(found.policy.forms, subject, found.policy.label), across=2),
        *_field(ability, ability_words(line.elder.facts), across=2),
    )
    yield _field(address, line.person.address, across=5)


def _relatives(line: FormLine) -> Iterator[Line]:
    """家庭成员: as written down, a telephone number apart; at least three lines, to be filled in by hand."""
    yield (Cell(text=messages.FORM_FAMILY, across=6, is_label=True),)
    yield tuple(Cell(text=each, across=2, is_label=True) for each in messages.FORM_FAMILY_COLUMNS)
    for written, _ in zip_longest(line.person.contacts.splitlines(), range(FEWEST_RELATIVES)):
        phone = PHONE.search(written or "")
        who = PHONE.sub(" ", written or "").strip(" ，,、：:")
        number = phone[0] if phone else ""
        yield (Cell(text=who, across=2), Cell(across=2), Cell(text=number, across=2))


def _boxes(policy: Policy) -> Iterator[Line]:
    """探访关爱服务内容: the items of the plan down the columns, each with a cell to be ticked (§0.2-14)."""
    yield (Cell(text=messages.FORM_SERVICES, across=6, is_label=True),)
    items = [policy.label("service_items", item) for item in policy.recording.service_items]
    columns = [items[first : first + BOXES_DOWN] for first in range(0, BOXES_DOWN * BOXES_BESIDE, BOXES_DOWN)]
    for row in zip_longest(*columns, fillvalue=""):
        yield tuple(cell for item in row for cell in (Cell(text=item, is_label=True), Cell()))


def _field(label: str, value: str | int, *, across: int = 1) -> Line:
    return (Cell(text=label, is_label=True), Cell(text=value, across=across))
