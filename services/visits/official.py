"""The plan's record of visits, filled in (附件2 记录表、服务台账), in the layout as issued (§4.2).

Who gave the service signs by hand: the cell stays empty. What was voided is struck through with the reason,
not left out; empty lines are there for what is written at the door.
"""

from collections.abc import Iterator

from services.visits import messages
from services.visits.handlers.book import BookLine
from services.visits.handlers.printing import RECORD, RecordSheet
from services.visits.words import Words
from shared.domain.zones import to_wall
from shared.platform.printed_sheets import Cell, Line, PrintedSheet, labels, write_printed
from shared.web.layout import dated
from shared.web.workbooks import form_name

FEWEST_LINES = 12
DAY, ITEM, HOW, SIGNED, REMARK = 16, 8, 18, 14, 30
"""How wide a column is, by what stands in it."""


def write_record(found: RecordSheet, words: Words, *, printed_by: str) -> bytes:
    """The form as a workbook."""
    sheet, is_record = found.sheet, found.sheet.code == RECORD
    width = len(sheet.columns)
    rows = [_ticked(line, words) if is_record else _told(line, found, words) for line in found.lines]
    empty = [tuple(Cell() for _ in sheet.columns)] * (FEWEST_LINES - len(rows))
    form = PrintedSheet(
        name=sheet.name,
        title=sheet.title,
        is_landscape=sheet.is_landscape,
        widths=(DAY, *[ITEM if is_record else HOW] * (width - 3), SIGNED, REMARK),
        above=tuple((Cell(text=each, across=width),) for each in _head(found)),
        heading=labels(sheet.columns),
        lines=(*rows, *empty),
        printed_by=printed_by,
    )
    return write_printed([form])


def file_name(found: RecordSheet) -> str:
    """e.g. 附件2_淄川区_南村_张桂花_202611.xlsx."""
    place = found.book.policy.jurisdiction.name
    return form_name(found.sheet.name, place, found.village, found.book.card.name, f"{found.month:%Y%m}")


def place_words(town: str, village: str) -> str:
    """_____镇（街道）_____村（社区）: the form has the endings already, and no office."""
    names = ((town, messages.FORM_TOWN_ENDINGS), (village, messages.FORM_VILLAGE_ENDINGS))
    short_town, short_village = (_without(name, endings) or messages.FORM_BLANK for name, endings in names)
    return messages.FORM_PLACE.format(town=short_town, village=short_village)


def _without(name: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        name = name.removesuffix(ending)
    return name


def _head(found: RecordSheet) -> Iterator[str]:
    is_as_issued = found.sheet.code == RECORD
    yield place_words(found.town, found.village) if is_as_issued else f"{found.town} {found.village}"
    yield messages.FORM_ELDER.format(name=found.book.card.name)


def _ticked(line: BookLine, words: Words) -> Line:
    """附件2: a tick under each item that was done."""
    done = {*line.contact.service_items, *(item for each in line.additions for item in each.service_items)}
    ticks = (messages.FORM_TICK if item in done else "" for item in words.policy.recording.service_items)
    return _cells(line, (_day(line, words), *ticks, "", _remark(line, words, is_told=True)))


def _told(line: BookLine, found: RecordSheet, words: Words) -> Line:
    """服务台账: what was found at each contact."""
    contact, findings = line.contact, line.every_finding
    said = (
        words.label("options", findings[each.code]) if each.code in findings else ""
        for each in words.policy.recording.findings
    )
    how = words.how(contact.mode, contact.reach)
    name = found.book.card.name
    return _cells(
        line, (_day(line, words), name, how, *said, line.visitor, _remark(line, words, is_told=False))
    )


def _cells(line: BookLine, texts: tuple[str, ...]) -> Line:
    is_struck = line.contact.voided_at is not None
    return tuple(Cell(text=each, is_struck=is_struck) for each in texts)


def _day(line: BookLine, words: Words) -> str:
    on = to_wall(line.contact.occurred_at, words.policy.jurisdiction.zone).date()
    return dated(on)


def _remark(line: BookLine, words: Words, *, is_told: bool) -> str:
    """There is no column for when and how: both stand here, and why a record is struck through."""
    contact = line.contact
    said = [words.label("modes", contact.mode)] if is_told else []
    said.append(words.clock(contact.occurred_at))
    if contact.voided_at is not None:
        said.append(messages.FORM_VOIDED.format(why=words.label("void_reasons", contact.void_reason or "")))
    return " ".join(said)
