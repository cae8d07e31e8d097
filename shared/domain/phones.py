"""Telephone numbers as rosters write them (§3.3). Many elders have only a landline."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MOBILE = re.compile(r"^1[3-9]\d{9}$")
SERVICE = re.compile(r"^(?:1\d{2}|123\d{2}|96110)$")
COUNTRY = re.compile(r"^(?:\+86|0086)")
EXTENSION = re.compile(r"(?:转|EXT\.?|#|\*)(\d{1,6})$")
ELSEWHERE = re.compile(r"^0\d{9,11}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneArea:
    """The area in which a landline without an area code is: its code ("021") and the digits after it."""

    code: str
    digits: int


class PhoneKind(StrEnum):
    """What answers there."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"


class PhoneFault(StrEnum):
    """Why a number cannot be used."""

    EMPTY = "empty"
    WRONG_LENGTH = "wrong_length"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number read from a cell. `text` is what to dial: digits alone, a landline with its area code."""

    text: str
    kind: PhoneKind | None = None
    extension: str = ""
    fault: PhoneFault | None = None


def read_phone(cell: object, area: PhoneArea) -> Phone:
    """Read a cell; a landline without an area code is taken to be in the area of the place."""
    text = "" if cell is None else _plain(cell)
    extension = EXTENSION.search(text)
    digits = re.sub(r"[-()]", "", EXTENSION.sub("", COUNTRY.sub("", text)))
    if not digits:
        return Phone(text="", fault=PhoneFault.EMPTY)
    if not digits.isdecimal():
        return Phone(text=digits, fault=PhoneFault.NOT_A_NUMBER)
    if MOBILE.match(digits):
        return Phone(text=digits, kind=PhoneKind.MOBILE)
    if SERVICE.match(digits):
        return Phone(text=digits, kind=PhoneKind.SERVICE)
    landline = _landline(digits, area)
    if not landline:
        return Phone(text=digits, fault=PhoneFault.WRONG_LENGTH)
    return Phone(text=landline, kind=PhoneKind.LANDLINE, extension=extension[1] if extension else "")


def _plain(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"[\s'’–—]", lambda found: "-" if found[0] in "–—" else "", _narrow(cell)).upper()


def _narrow(cell: object) -> str:
    return unicodedata.normalize("NFKC", str(cell))


def _landline(digits: str, area: PhoneArea) -> str:
    """The number with its area code, or nothing if its length fits none."""
    if not digits.startswith("0"):
        return area.code + digits if len(digits) == area.digits else ""
    if digits.startswith(area.code):
        return digits if len(digits) == len(area.code) + area.digits else ""
    return digits if ELSEWHERE.match(digits) else ""
