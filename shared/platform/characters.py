"""What comes along with a copied text and nobody sees: no name, number or search may hold it."""

from collections.abc import Mapping

_CONTROLS = {*range(32), 127} - set(map(ord, "\t\n\r"))
"""No database and no sheet takes them."""

_WITHOUT_WIDTH = {0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}
"""Marks for breaking and turning text; joiners stay, for people whose script needs them."""

UNSEEN: Mapping[int, None] = dict.fromkeys(_CONTROLS | _WITHOUT_WIDTH)


def seen(text: str) -> str:
    """The text without them."""
    return text.translate(UNSEEN)
