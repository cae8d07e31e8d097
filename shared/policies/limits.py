"""Time limits and clocks as a policy writes them: "4 working_hours", "1 days at 12:00", "08:30"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from shared.domain.calendars import Limit, LimitUnit

LIMIT = re.compile(rf"^(\d+) ({'|'.join(LimitUnit)})(?: at (\d\d:\d\d))?$", re.ASCII)
CLOCK = re.compile(r"^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$", re.ASCII)
DAILY = frozenset({LimitUnit.DAYS, LimitUnit.WORKING_DAYS})
MOST_DAYS, MOST_MONTHS = 3_700, 120
"""Some ten years of each: whoever writes more has written a figure too many."""

LONGEST = {
    LimitUnit.MINUTES: 5_000_000,
    LimitUnit.HOURS: 90_000,
    LimitUnit.DAYS: MOST_DAYS,
    LimitUnit.WORKING_MINUTES: 1_200_000,
    LimitUnit.WORKING_HOURS: 20_000,
    LimitUnit.WORKING_DAYS: 2_500,
}
NO_LIMIT = Limit(amount=0, unit=LimitUnit.MINUTES)


@lru_cache(maxsize=1024)
def limit_of(written: str) -> tuple[Limit, str]:
    """The limit, and the code of what is wrong with it; empty if nothing is."""
    match = LIMIT.match(written)
    if match is None:
        return NO_LIMIT, "bad_limit"
    amount, unit, at = int(match[1]), LimitUnit(match[2]), match[3] or ""
    if at and not (unit in DAILY and CLOCK.match(at)):
        return NO_LIMIT, "bad_limit"
    if amount > LONGEST[unit]:
        return NO_LIMIT, "limit_too_long"
    return Limit(amount=amount, unit=unit, at=at), ""


def are_sessions(rows: Sequence[object]) -> bool:
    """Whether there is one, each is an opening and a closing time, in order, and none overlaps another."""
    pairs = [row for row in rows if isinstance(row, list | tuple) and len(row) == len(("open", "close"))]
    moments = [moment for pair in pairs for moment in pair]
    are_clocks = all(isinstance(moment, str) and CLOCK.match(moment) for moment in moments)
    return len(pairs) == len(rows) > 0 and are_clocks and sorted(set(moments)) == moments
