"""The number of a disability card (残疾证号): identity number, kind, level; a reissue adds B and a digit."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.id_numbers import read_id_number

CARD = re.compile(r"^(?P<id>\d{17}[\dX])(?P<kind>\d)(?P<level>\d)(?P<reissue>B\d)?$")


class DisabilityKind(StrEnum):
    """The nineteenth digit (残疾类别)."""

    VISUAL = "1"
    HEARING = "2"
    SPEECH = "3"
    PHYSICAL = "4"
    INTELLECTUAL = "5"
    MENTAL = "6"
    MULTIPLE = "7"


LEVELS = frozenset("1234")


class CardFault(StrEnum):
    """Why a card number cannot be used."""

    EMPTY = "empty"
    LOST_DIGITS = "lost_digits"
    WRONG_FORM = "wrong_form"
    WRONG_ID = "wrong_id"
    NO_SUCH_KIND = "no_such_kind"
    NO_SUCH_LEVEL = "no_such_level"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisabilityCard:
    """A card number read from a cell; `level` 1 is the heaviest (1–2 = 重残)."""

    text: str
    fault: CardFault | None = None
    id_number: str = ""
    kind: DisabilityKind | None = None
    level: int | None = None
    is_reissue: bool = False


def read_disability_card(cell: object, today: date) -> DisabilityCard:
    """Read a cell: 20 characters, or 22 with the suffix of a reissued card."""
    text = "" if cell is None else "".join(unicodedata.normalize("NFKC", str(cell)).split()).upper()
    match = CARD.match(text)
    if match is None:
        return DisabilityCard(text=text, fault=_fault_of(cell, text))
    number = read_id_number(match["id"], today)
    if number.fault is not None:
        return DisabilityCard(text=text, fault=CardFault.WRONG_ID)
    if match["kind"] not in set(DisabilityKind):
        return DisabilityCard(text=text, fault=CardFault.NO_SUCH_KIND)
    if match["level"] not in LEVELS:
        return DisabilityCard(text=text, fault=CardFault.NO_SUCH_LEVEL)
    return DisabilityCard(
        text=text,
        id_number=number.text,
        kind=DisabilityKind(match["kind"]),
        level=int(match["level"]),
        is_reissue=bool(match["reissue"]),
    )


def _fault_of(cell: object, text: str) -> CardFault:
    if not text:
        return CardFault.EMPTY
    if isinstance(cell, int | float) or "E+" in text:
        return CardFault.LOST_DIGITS
    return CardFault.WRONG_FORM
