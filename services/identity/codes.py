"""The finite words of identity that its tables, handlers and pages share."""

from enum import StrEnum

_WHOLE = "000"


class Position(StrEnum):
    """What somebody is in a unit."""

    MEMBER = "member"
    LEAD = "lead"
    DEPUTY = "deputy"


def prefix_of(area_code: str) -> str:
    """The part of a 12-digit area code that every area below it shares: `370302115000` -> `370302115`."""
    district, town, village = area_code[:6], area_code[6:9], area_code[9:]
    if village != _WHOLE:
        return area_code
    return district + town if town != _WHOLE else district
