"""The citizen identity number (公民身份号码, GB 11643-1999) as rosters really write it.

An unknown province or county is never a fault: the first six digits name the place of first registration,
and many of those codes are retired. Nothing here is logged or kept.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
LEGACY_LENGTH = 15
LENGTH = 18
LONGEST_LIFE = timedelta(days=130 * 365)
LEGACY_CENTURY = "19"
PROVINCES = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
    )
)


class Sex(StrEnum):
    """As the seventeenth digit says it."""

    MALE = "male"
    FEMALE = "female"


class IdFault(StrEnum):
    """Why a number cannot be used."""

    EMPTY = "empty"
    LOST_DIGITS = "lost_digits"
    WRONG_LENGTH = "wrong_length"
    NOT_DIGITS = "not_digits"
    NO_SUCH_DAY = "no_such_day"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    WRONG_CHECK = "wrong_check"


class IdNote(StrEnum):
    """What was done to a number, or is odd about it; it can be used all the same."""

    NORMALISED = "normalised"
    CONVERTED = "converted"
    UNKNOWN_PROVINCE = "unknown_province"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdNumber:
    """A number read from a cell. With a fault, `text` is what could be made out, and no more is set."""

    text: str
    fault: IdFault | None = None
    notes: tuple[IdNote, ...] = ()
    birth_on: date | None = None
    sex: Sex | None = None


def read_id_number(cell: object, today: date) -> IdNumber:
    """Read a cell: text in any width, spaced or quoted; a number has lost its last digits and is refused."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, today)
    raw = "" if cell is None else str(cell)
    text = "".join(unicodedata.normalize("NFKC", raw).split()).strip("'’`").upper()
    if not text:
        return IdNumber(text="", fault=IdFault.EMPTY)
    if _has_lost_digits(text):
        return IdNumber(text=text, fault=IdFault.LOST_DIGITS)
    notes = (IdNote.NORMALISED,) if text != raw else ()
    if len(text) == LEGACY_LENGTH and text.isascii() and text.isdecimal():
        return _checked(_converted(text), (*notes, IdNote.CONVERTED), today)
    return _checked(text, notes, today)


def check_character(first_seventeen: str) -> str:
    """The eighteenth character by ISO 7064 MOD 11-2."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_seventeen, strict=True))
    return CHECK_CHARACTERS[total % len(CHECK_CHARACTERS)]


def _from_number(cell: float, today: date) -> IdNumber:
    """A spreadsheet keeps fifteen digits: a legacy number survives, a longer one has lost its end."""
    text = str(int(cell)) if float(cell).is_integer() else str(cell)
    if len(text) == LEGACY_LENGTH and text.isdecimal():
        return _checked(_converted(text), (IdNote.NORMALISED, IdNote.CONVERTED), today)
    fault = IdFault.LOST_DIGITS if len(text) > LEGACY_LENGTH else IdFault.WRONG_LENGTH
    return IdNumber(text=text, fault=fault)


def _has_lost_digits(text: str) -> bool:
    mantissa, marker, exponent = text.partition("E+")
    return bool(marker) and mantissa.replace(".", "").isdecimal() and exponent.isdecimal()


def _converted(legacy: str) -> str:
    longer = legacy[:6] + LEGACY_CENTURY + legacy[6:]
    return longer + check_character(longer)


def _checked(text: str, notes: tuple[IdNote, ...], today: date) -> IdNumber:
    birth_on = _day(text[6:14])
    fault = _fault(text, birth_on, today)
    if fault is not None:
        return IdNumber(text=text, fault=fault)
    if int(text[:2]) not in PROVINCES:
        notes = (*notes, IdNote.UNKNOWN_PROVINCE)
    sex = Sex.MALE if int(text[16]) % 2 else Sex.FEMALE
    return IdNumber(text=text, notes=notes, birth_on=birth_on, sex=sex)


def _fault(text: str, birth_on: date | None, today: date) -> IdFault | None:
    if len(text) != LENGTH:
        return IdFault.WRONG_LENGTH
    if not text.isascii() or not text[:17].isdecimal() or text[17] not in CHECK_CHARACTERS:
        return IdFault.NOT_DIGITS
    if birth_on is None:
        return IdFault.NO_SUCH_DAY
    if birth_on > today:
        return IdFault.IN_THE_FUTURE
    if today - birth_on > LONGEST_LIFE:
        return IdFault.TOO_OLD
    return None if check_character(text[:17]) == text[17] else IdFault.WRONG_CHECK


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
