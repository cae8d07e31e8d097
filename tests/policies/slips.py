"""Slips of the pen, as many in one file as can stand beside each other: all must be told at once.

A plan is not read anew for each of a hundred slips, and none may hide another's fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from shared.policies.faults import Fault, PolicyFaults
from tests.policies.plans import ZICHUAN, file_named, load, parsed

STEMS = ("words", "national", ZICHUAN)


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands in a file, what is written instead, and the fault that somebody must be told."""

    stem: str
    old: str
    new: str
    code: str
    path: str

    @property
    def span(self) -> range:
        """Where it stands in the file."""
        first = file_named(self.stem).text.index(self.old)
        return range(first, first + len(self.old))

    def may_stand_beside(self, other: "Slip") -> bool:
        """Neither at the same place nor inside a value that may go unread: of that nothing more is told.

        Where it goes unread what a place is, no check is made: slips of that stand among themselves.
        """
        paths = sorted([self.path, other.path], key=len)
        of_place = [path.startswith(("jurisdiction", "policy")) for path in paths]
        if paths[1].startswith(paths[0]) or of_place[0] is not of_place[1]:
            return False
        here, there = self.span, other.span
        return self.stem != other.stem or here.stop <= there.start or there.stop <= here.start


@dataclass(slots=True)
class _Round:
    slips: list[Slip]
    faults: tuple[Fault, ...] = field(default=())

    def told(self) -> tuple[Fault, ...]:
        if not self.faults:
            with pytest.raises(PolicyFaults) as raised:
                load({stem: parsed(stem, self._text(stem)) for stem in STEMS})
            self.faults = raised.value.faults
        return self.faults

    def _text(self, stem: str) -> str:
        text = file_named(stem).text
        own = [slip for slip in self.slips if slip.stem == stem]
        for slip in sorted(own, key=lambda slip: slip.span.start, reverse=True):
            text = text[: slip.span.start] + slip.new + text[slip.span.stop :]
        return text


class Slips:
    """Slips shared out among as few readings as possible; nothing is read before somebody asks."""

    def __init__(self, slips: Iterable[Slip]) -> None:
        self._round_of: dict[Slip, _Round] = {}
        rounds: list[_Round] = []
        for slip in slips:
            fits = (each for each in rounds if all(slip.may_stand_beside(other) for other in each.slips))
            if (home := next(fits, None)) is None:
                rounds.append(home := _Round([]))
            home.slips.append(slip)
            self._round_of[slip] = home

    def told(self, slip: Slip) -> tuple[Fault, ...]:
        """Every fault that is told of a file with this slip, and with others elsewhere in it."""
        return self._round_of[slip].told()
