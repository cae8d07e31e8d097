"""Figures of the service (指标): how elders stand now, and the visit rate of a period, raw and adjusted.

Every figure keeps the enrolments behind it: a number that cannot be opened is not published (J-05, Z-07).
The raw rate counts everybody; the adjusted one leaves out whom a state excused and approved exceptions. Both
are always shown together, so that nobody can be hidden in 暂停 (domain §1.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.domain.visit_cycle.state import WindowOutcome

MET = frozenset({WindowOutcome.MET, WindowOutcome.MET_LATE})


class Standing(StrEnum):
    """How an elder stands in the current windows (达标 / 待访 / 临期 / 未达标), worst last."""

    MET = "met"
    DUE = "due"
    AT_RISK = "at_risk"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFacts:
    """One window as it was projected; `is_warned` says that its first warning has come due."""

    enrolment_id: UUID
    obligation: str
    opens_at: datetime
    closes_at: datetime
    required: int
    done: int
    outcome: WindowOutcome
    is_excused: bool
    is_warned: bool

    def outcome_at(self, now: datetime) -> WindowOutcome:
        """The outcome from the edge second on, even before the process has woken to say so."""
        if self.outcome is WindowOutcome.OPEN and self.closes_at <= now:
            return WindowOutcome.MISSED
        return self.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A visit rate (探访率) of one obligation and period, and who is behind each number."""

    obligation: str
    closes_at: datetime
    met: tuple[UUID, ...]
    unmet: tuple[UUID, ...]
    set_aside: tuple[UUID, ...]

    @property
    def raw(self) -> float | None:
        """Met among all; None if nothing was owed."""
        return _share(len(self.met), len(self.met) + len(self.unmet))

    @property
    def adjusted(self) -> float | None:
        """Met among all but those set aside; whoever was visited all the same counts as met in both."""
        return _share(len(self.met), len(self.met) + len(self.unmet) - len(self.left_out))

    @property
    def left_out(self) -> tuple[UUID, ...]:
        """Who was not visited and is counted in the raw rate alone."""
        aside = set(self.set_aside)
        return tuple(each for each in self.unmet if each in aside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of a group stand how, as names."""

    due: tuple[UUID, ...]
    met: tuple[UUID, ...]
    at_risk: tuple[UUID, ...]
    missed: tuple[UUID, ...]

    @property
    def everybody(self) -> tuple[UUID, ...]:
        """All who are owed something now."""
        return self.due + self.met + self.at_risk + self.missed


def standing(windows: Iterable[WindowFacts], *, is_chased: bool, now: datetime) -> Standing | None:
    """How an elder stands: an open chase or a closing just passed is 未达标; None if nothing is owed."""
    current = [
        window for window in windows if window.opens_at <= now and window.outcome is not WindowOutcome.VOID
    ]
    if is_chased:
        return Standing.MISSED
    if not current:
        return None
    return max((_standing_of(window, now) for window in current), key=list(Standing).index)


def tally(standings: Iterable[tuple[UUID, Standing]]) -> Tally:
    """Group elders by how they stand."""
    found = list(standings)
    return Tally(**{each: tuple(who for who, stands in found if stands is each) for each in Standing})


def rates(windows: Iterable[WindowFacts], *, now: datetime) -> tuple[Rate, ...]:
    """The rate of each obligation and closed period, newest first; recomputed from the windows alone."""
    periods: dict[tuple[datetime, str], list[WindowFacts]] = {}
    for window in windows:
        if window.closes_at <= now and window.outcome is not WindowOutcome.VOID:
            periods.setdefault((window.closes_at, window.obligation), []).append(window)
    return tuple(
        _rate(closes_at, code, periods[closes_at, code]) for closes_at, code in sorted(periods, reverse=True)
    )


def is_long_unseen(last_seen_at: datetime | None, *, since: datetime, limit_days: int, now: datetime) -> bool:
    """久未见到: nobody has reached the elder for longer than the policy's limit, whatever the windows say."""
    return now - (last_seen_at or since) > timedelta(days=limit_days)


def _standing_of(window: WindowFacts, now: datetime) -> Standing:
    outcome = window.outcome_at(now)
    if outcome in MET or outcome is WindowOutcome.EXCEPTED:
        return Standing.MET
    if outcome is WindowOutcome.MISSED:
        return Standing.MISSED
    return Standing.AT_RISK if window.is_warned else Standing.DUE


def _rate(closes_at: datetime, obligation: str, windows: list[WindowFacts]) -> Rate:
    met = tuple(window.enrolment_id for window in windows if window.outcome in MET)
    unmet = tuple(window.enrolment_id for window in windows if window.outcome not in MET)
    aside = tuple(
        window.enrolment_id
        for window in windows
        if window.is_excused or window.outcome is WindowOutcome.EXCEPTED
    )
    return Rate(obligation=obligation, closes_at=closes_at, met=met, unmet=unmet, set_aside=aside)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
