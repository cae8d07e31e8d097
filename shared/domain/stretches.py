"""Whose an address is, by a table of lanes and villages: the area of a placing table, the officer of a beat.

An address is read as offices write it: the words before its first number are a road, and the number the lane
or the house in it; or a village's name stands in it somewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ROAD_AND_LANE = re.compile(r"(?P<road>\D+?)\s*(?P<lane>\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One row: lanes of a road, or a village, which has none. `belongs_to` is what is looked up."""

    name: str
    belongs_to: str
    lanes: tuple[int, int] | None = None


def belongs_to(address: str, table: Sequence[Stretch]) -> str:
    """What the first fitting row says, a road before a village; empty if none fits."""
    return _by_lane(address, table) or _by_village(address, table)


def _by_lane(address: str, table: Sequence[Stretch]) -> str:
    found = ROAD_AND_LANE.search(address)
    if found is None:
        return ""
    lane = int(found["lane"])
    fitting = (
        row.belongs_to
        for row in table
        if row.lanes and found["road"].endswith(row.name) and row.lanes[0] <= lane <= row.lanes[1]
    )
    return next(fitting, "")


def _by_village(address: str, table: Sequence[Stretch]) -> str:
    """The longest name wins: a village may be called like the beginning of another."""
    named = [row for row in table if row.lanes is None and row.name in address]
    return max(named, key=lambda row: len(row.name)).belongs_to if named else ""
