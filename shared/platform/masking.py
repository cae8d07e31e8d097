"""Masking (脱敏): how a personal value looks to those who need not see it whole (domain.md §3.5)."""

MASK = "*"
ID_HEAD = 6
ID_TAIL = 4
PHONE_HEAD = 3
PHONE_TAIL = 4
DWELLINGS = (("小区", "新村", "公寓", "花园", "社区", "村", "弄", "里", "坊"), ("路", "街", "巷"))
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
    ends = (_end_of_last(words, address) for words in DWELLINGS)
    return address[: next(filter(None, ends), 0)] + MASK * 2


def _end_of_last(words: tuple[str, ...], address: str) -> int:
    """Behind the last of these words; 0 where there is none."""
    return max((address.rfind(word) + len(word) for word in words if word in address), default=0)
