"""A referral's clocks as its row shows them: until when, how much is used, whether the limit is passed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.referral.state import ClockName
from shared.process.tables import Referral

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """One running clock; `used_percent` stops at 100 once the limit is passed."""

    name: ClockName
    started_at: datetime
    limit_at: datetime
    is_late: bool
    used_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingRung:
    """The next step of a clock's ladder (提级), which comes unless somebody acts before."""

    clock: ClockName
    number: int
    at: datetime


def running_clocks(row: Referral, now: datetime) -> tuple[RunningClock, ...]:
    """The clocks that people see, the earlier limit first.

    A limit of nothing (追访) only starts a ladder: nobody can be late for it, so it is no clock to show.
    """
    read = [_clock(stored, now) for stored in row.clocks]
    return tuple(sorted((clock for clock in read if clock), key=lambda clock: clock.limit_at))


def coming_rungs(row: Referral) -> tuple[ComingRung, ...]:
    """What each running clock climbs to next, the earlier first; nothing at the top of a ladder."""
    if row.suspended_at is not None:
        return ()
    read = [_coming(stored) for stored in row.clocks]
    return tuple(sorted((rung for rung in read if rung), key=lambda rung: rung.at))


def _clock(stored: dict[str, Any], now: datetime) -> RunningClock | None:
    started_at = datetime.fromisoformat(stored["started_at"])
    limit_at = datetime.fromisoformat(stored["moments"][stored["limit_index"]])
    if limit_at <= started_at:
        return None
    used = (now - started_at) / (limit_at - started_at)
    return RunningClock(
        name=ClockName(stored["name"]),
        started_at=started_at,
        limit_at=limit_at,
        is_late=now > limit_at,
        used_percent=round(WHOLE * min(max(used, 0.0), 1.0)),
    )


def _coming(stored: dict[str, Any]) -> ComingRung | None:
    following = max(stored["passed"], stored["limit_index"] + 1)
    if following >= len(stored["moments"]):
        return None
    return ComingRung(
        clock=ClockName(stored["name"]),
        number=following - stored["limit_index"],
        at=datetime.fromisoformat(stored["moments"][following]),
    )
