"""A referral's clocks as its row shows them: until when, how much is used, whether the limit is passed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.referral.state import ClockName
from shared.process.tables import Referral

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """One running clock; `used_percent` stops at 100 once the limit is passed.

    `next_rung_at` is when it climbs the next time unless somebody acts; None at the top of the ladder.
    """

    name: ClockName
    started_at: datetime
    limit_at: datetime
    is_late: bool
    used_percent: int
    next_rung: int
    next_rung_at: datetime | None


def running_clocks(row: Referral, now: datetime) -> tuple[RunningClock, ...]:
    """The clocks that people see, the earlier limit first.

    A limit of nothing (追访) only starts a ladder: nobody can be late for it, so it is no clock to show.
    """
    read = [_clock(stored, now) for stored in row.clocks]
    return tuple(sorted((clock for clock in read if clock), key=lambda clock: clock.limit_at))


def _clock(stored: dict[str, Any], now: datetime) -> RunningClock | None:
    moments = [datetime.fromisoformat(moment) for moment in stored["moments"]]
    started_at, limit_index = datetime.fromisoformat(stored["started_at"]), stored["limit_index"]
    limit_at = moments[limit_index]
    if limit_at <= started_at:
        return None
    used = (now - started_at) / (limit_at - started_at)
    following = max(stored["passed"], limit_index + 1)
    return RunningClock(
        name=ClockName(stored["name"]),
        started_at=started_at,
        limit_at=limit_at,
        is_late=now > limit_at,
        used_percent=round(WHOLE * min(max(used, 0.0), 1.0)),
        next_rung=following - limit_index,
        next_rung_at=moments[following] if following < len(moments) else None,
    )
