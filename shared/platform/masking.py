"""Masking (脱敏): how a personal value looks to those who need not see it whole (domain.md §3.5)."""

import re

MASK = "*"
ID_HEAD = 6
ID_TAIL = 4
PHONE_HEAD = 3
PHONE_TAIL = 4
DWELLINGS = (re.compile(r"^.*(?:小区|新村|公寓|花园|社区|村|弄|里|坊)"), re.compile(r"^.*(?:路|街|巷)"))
"""Where an address stops for those who need not know the door: the estate or village, else the street."""


def mask_name(name: str) -> str:
    """The surname and stars: two of them whatever the length, so that the length tells nothing."""
    return name[:1] + MASK * 2 if name else ""


def mask_phone(phone: str) -> str:
    """First three and last four digits; anything shorter is hidden whole."""
    if len(phone) <= PHONE_HEAD + PHONE_TAIL:
        return MASK * len(phone)
    return phone[:PHONE_HEAD] + MASK * 4 + phone[-PHONE_TAIL:]


def mask_id_number(number: str) -> str:
    """First six and last four, for case workers only; lists show no number at all."""
    hidden = len(number) - ID_HEAD - ID_TAIL
    if hidden <= 0:
        return MASK * len(number)
    return number[:ID_HEAD] + MASK * hidden + number[-ID_TAIL:]


def mask_address(address: str) -> str:
    """Down to the estate or village (小区/村), else the street; without either, nothing."""
    found = next(filter(None, (dwelling.match(address) for dwelling in DWELLINGS)), None)
    return (found.group(0) if found else "") + MASK * 2
