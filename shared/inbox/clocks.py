"""A referral's clocks as its row shows them: until when, how much is used, whether the limit is passed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.periods import local_day
from shared.domain.referral.state import ClockName
from shared.policies.model import Policy
from shared.process.tables import Referral

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """One running clock; `used_percent` stops at 100 once the limit is passed.

    is_provisional: the limit counts working days of a year whose holidays nobody has published (暂定).
    """

    name: ClockName
    started_at: datetime
    limit_at: datetime
    is_late: bool
    used_percent: int
    is_provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingRung:
    """The next step of a clock's ladder (提级), which comes unless somebody acts before."""

    clock: ClockName
    number: int
    at: datetime


def running_clocks(row: Referral, now: datetime, policy: Policy) -> tuple[RunningClock, ...]:
    """The clocks that people see, the earlier limit first; none while all stands still: each limit will move.

    A limit of nothing (追访) only starts a ladder: nobody can be late for it, so it is no clock to show. How
    long a claim may idle is nobody's limit either: see `idle_until`.
    """
    if row.suspended_at is not None:
        return ()
    shown = [stored for stored in row.clocks if stored["name"] != ClockName.IDLE]
    read = [_clock(stored, now, policy, row.kind) for stored in shown]
    return tuple(sorted((clock for clock in read if clock), key=lambda clock: clock.limit_at))


def idle_until(row: Referral) -> datetime | None:
    """Until when somebody must hear of a claim, or it goes back to the unit; none while all stands still."""
    if row.suspended_at is not None:
        return None
    idle = (stored for stored in row.clocks if stored["name"] == ClockName.IDLE)
    return next((datetime.fromisoformat(stored["moments"][-1]) for stored in idle), None)


def coming_rungs(row: Referral) -> tuple[ComingRung, ...]:
    """What each running clock climbs to next, the earlier first; nothing at the top of a ladder."""
    if row.suspended_at is not None:
        return ()
    read = [_coming(stored) for stored in row.clocks]
    return tuple(sorted((rung for rung in read if rung), key=lambda rung: rung.at))


def _working_limits(policy: Policy, kind: str) -> frozenset[ClockName]:
    """The clocks of the kind that count working time, for some elder at least."""
    rule = policy.kind(kind)
    specs = {ClockName.ACCEPT: [rule.accept], ClockName.COMPLETE: [rule.complete]}
    for variant in rule.variants:
        specs[ClockName.ACCEPT].append(variant.accept or rule.accept)
        specs[ClockName.COMPLETE].append(variant.complete or rule.complete)
    return frozenset(
        name
        for name, each in specs.items()
        if any(spec.limit and spec.limit.unit.is_working for spec in each)
    )


def _clock(stored: dict[str, Any], now: datetime, policy: Policy, kind: str) -> RunningClock | None:
    started_at = datetime.fromisoformat(stored["started_at"])
    limit_at = datetime.fromisoformat(stored["moments"][stored["limit_index"]])
    if limit_at <= started_at:
        return None
    name = ClockName(stored["name"])
    used = (now - started_at) / (limit_at - started_at)
    return RunningClock(
        name=name,
        started_at=started_at,
        limit_at=limit_at,
        is_late=now > limit_at,
        used_percent=round(WHOLE * min(max(used, 0.0), 1.0)),
        is_provisional=_is_unsettled(limit_at, policy) and name in _working_limits(policy, kind),
    )


def _is_unsettled(limit_at: datetime, policy: Policy) -> bool:
    """Whether the limit lies after the last day whose work days have been published: seldom."""
    known_until = policy.work_days.known_until
    if limit_at.date() < known_until:
        return False
    return local_day(limit_at, policy.jurisdiction.zone) > known_until


def _coming(stored: dict[str, Any]) -> ComingRung | None:
    following = max(stored["passed"], stored["limit_index"] + 1)
    if following >= len(stored["moments"]):
        return None
    return ComingRung(
        clock=ClockName(stored["name"]),
        number=following - stored["limit_index"],
        at=datetime.fromisoformat(stored["moments"][following]),
    )
