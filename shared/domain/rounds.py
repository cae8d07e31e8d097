"""Today's round (今日探访): who comes first, and why they are on it.

The order: an elder not seen comes before everything, then who has not been seen for longest, then who expects
a visit today, then poor health (J-78), then what closes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.codes import Health, Mobility, StateKind
from shared.domain.facts import ElderFacts

NEVER = 100_000
"""Days since an elder was seen whom nobody has seen yet: they come before everybody who has been."""


class Flag(StrEnum):
    """What must be noticed about an elder before the visit."""

    NOT_SEEN = "not_seen"
    UNSEEN_LONG = "unseen_long"
    CHASED = "chased"
    AGREED_TODAY = "agreed_today"
    POOR_HEALTH = "poor_health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is still owed in an open window: `missing` contacts by `closes_at`.

    can_count_today: whether one more contact today would count, or must fall on another day (J-11).
    """

    obligation: str
    missing: int
    required: int
    closes_at: datetime
    can_count_today: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One elder of a visitor as they stand today. `agreed_weekdays` are ISO: Monday is 1 (探访约定).

    Whom nobody has seen yet comes first, and is 久未见到 only when `enrolled_on` is long past too.
    `wants_call`: their state leaves another way than a visit, and nobody has used it in this window (§0.2-7).
    """

    enrolment_id: UUID
    enrolled_on: date
    owed: tuple[Owed, ...] = ()
    last_seen_on: date | None = None
    unseen_limit_days: int
    not_seen_since: datetime | None = None
    is_chased: bool = False
    agreed_weekdays: tuple[int, ...] = ()
    is_in_poor_health: bool = False
    state: StateKind | None = None
    wants_call: bool = False
    was_visited_today: bool = False

    def is_due(self, day_ends_at: datetime) -> bool:
        """Whether somebody has to do something about this elder today, and may.

        A state keeps the round quiet, unless it leaves another way of asking after them. Who had a contact
        today that counts is left in peace, unless something else closes with the day.
        """
        if self.not_seen_since is not None:
            return True
        if self.state is not None:
            return self.wants_call
        possible = [each for each in self.owed if each.can_count_today]
        if self.was_visited_today:
            return any(each.closes_at <= day_ends_at for each in possible)
        return bool(possible) or self.is_chased

    def days_unseen(self, today: date) -> int:
        """Full days since somebody of ours saw or heard the elder; `NEVER` if nobody has."""
        return NEVER if self.last_seen_on is None else (today - self.last_seen_on).days

    def flags(self, today: date) -> tuple[Flag, ...]:
        """What stands out, most pressing first."""
        found = {
            Flag.NOT_SEEN: self.not_seen_since is not None,
            Flag.CHASED: self.is_chased,
            Flag.UNSEEN_LONG: (today - (self.last_seen_on or self.enrolled_on)).days > self.unseen_limit_days,
            Flag.AGREED_TODAY: today.isoweekday() in self.agreed_weekdays,
            Flag.POOR_HEALTH: self.is_in_poor_health,
        }
        return tuple(flag for flag, is_so in found.items() if is_so)


def in_order(stops: Iterable[Stop], today: date) -> tuple[Stop, ...]:
    """The stops as the round goes through them."""
    return tuple(sorted(stops, key=lambda stop: _rank(stop, today)))


def in_poor_health(facts: ElderFacts) -> bool:
    """Whom the plan means by 健康状况差 (J-78, S1:L58): ill, or not able to get about."""
    if facts.health in {Health.POOR, Health.SERIOUSLY_ILL}:
        return True
    return facts.mobility is Mobility.BEDRIDDEN


def _rank(stop: Stop, today: date) -> tuple[bool, int, bool, bool, float, str]:
    closes_at = min((each.closes_at.timestamp() for each in stop.owed), default=float("inf"))
    return (
        stop.not_seen_since is None,
        -stop.days_unseen(today),
        today.isoweekday() not in stop.agreed_weekdays,
        not stop.is_in_poor_health,
        closes_at,
        str(stop.enrolment_id),
    )
