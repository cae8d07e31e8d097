"""What has happened to an elder of the demonstration in the last six weeks, as moments relative to now.

A story is a name in the file; here it becomes tries to reach the elder and states, each at its instant. The
first page then shows every standing and every rung, whatever the weekday.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.calendars import WorkCalendar, working_between
from shared.domain.codes import Force, Reach, StateKind, VisitMode
from shared.domain.periods import day_start, local_day

WEEKS = 6
"""How long ago everybody was enrolled."""

WEEKLY_HOURS = ((34, VisitMode.AT_HOME), (82, VisitMode.AT_HOME))
"""When in a week somebody came, in hours after Monday 00:00: Tuesday and Thursday at ten."""

CADRE_HOUR = 58
"""Wednesday at ten: the committee's own monthly visit."""

RUNG_HOURS = {"returned_1": 1, "returned_2": 5, "returned_3": 10}
"""How many working hours ago the check after coming home was missed, so that a ladder stands on each rung."""

QUARTER_HOUR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTry:
    """One try to reach the elder."""

    at: datetime
    mode: VisitMode
    reach: Reach
    force: Force = Force.VISITOR


@dataclass(frozen=True, slots=True, kw_only=True)
class PastState:
    """One state: reported then, ended then or not at all."""

    kind: StateKind
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, in order of time."""

    tries: tuple[PastTry, ...]
    state: PastState | None = None


def story_of(name: str, now: datetime, calendar: WorkCalendar) -> Story:
    """The story of that name. Raises KeyError for one that is not told here."""
    steady = tuple(_steady(now, calendar.zone))
    if name in RUNG_HOURS:
        return _returned(steady, now, calendar, timedelta(hours=RUNG_HOURS[name]))
    return _STORIES[name](steady, now, calendar.zone)


def enrolled_at(now: datetime, zone: str) -> datetime:
    """Six weeks ago, on a Monday morning."""
    return _monday(now, zone) - timedelta(weeks=WEEKS) + timedelta(hours=9)


def working_ago(amount: timedelta, now: datetime, calendar: WorkCalendar) -> datetime:
    """The latest quarter of an hour since which so much working time has passed."""
    at = now
    while working_between(at, now, calendar) < amount:
        at -= QUARTER_HOUR
    return at


def _steady(now: datetime, zone: str) -> Iterator[PastTry]:
    """Somebody came twice a week, and a cadre once a week."""
    monday = _monday(now, zone)
    for week in range(-WEEKS, 1):
        start = monday + timedelta(weeks=week)
        for hour, mode in WEEKLY_HOURS:
            yield PastTry(at=start + timedelta(hours=hour), mode=mode, reach=Reach.SPOKEN_WITH)
        yield PastTry(
            at=start + timedelta(hours=CADRE_HOUR),
            mode=VisitMode.AT_HOME,
            reach=Reach.SPOKEN_WITH,
            force=Force.COMMITTEE_CADRE,
        )


def _until(tries: tuple[PastTry, ...], end: datetime) -> tuple[PastTry, ...]:
    return tuple(each for each in tries if each.at < end)


def _returned(steady: tuple[PastTry, ...], now: datetime, calendar: WorkCalendar, ago: timedelta) -> Story:
    """Home from hospital, and nobody has looked in: the return check was missed so long ago."""
    missed_at = working_ago(ago, now, calendar)
    home_at = missed_at - timedelta(hours=24)
    away = PastState(kind=StateKind.IN_HOSPITAL, at=home_at - timedelta(days=9), ended_at=home_at)
    return Story(tries=_until(steady, away.at), state=away)


def _not_seen(steady: tuple[PastTry, ...], now: datetime, _zone: str) -> Story:
    """All was well until this morning, when nobody opened."""
    tried = now - timedelta(minutes=50)
    failed = PastTry(at=tried, mode=VisitMode.AT_HOME, reach=Reach.NO_ANSWER_DOOR)
    return Story(tries=(*_until(steady, tried), failed))


def _in_state(kind: StateKind, days: int) -> Callable[[tuple[PastTry, ...], datetime, str], Story]:
    def told(steady: tuple[PastTry, ...], now: datetime, _zone: str) -> Story:
        since = now - timedelta(days=days)
        return Story(tries=_until(steady, since), state=PastState(kind=kind, at=since))

    return told


def _monday(now: datetime, zone: str) -> datetime:
    today = local_day(now, zone)
    return day_start(today - timedelta(days=today.weekday()), zone)


_STORIES: dict[str, Callable[[tuple[PastTry, ...], datetime, str], Story]] = {
    "steady": lambda steady, now, _zone: Story(tries=_until(steady, now)),
    "at_risk": lambda steady, now, zone: Story(tries=_until(steady, _monday(now, zone))),
    "missed_week": lambda steady, now, zone: Story(
        tries=_until(steady, _monday(now, zone) - timedelta(weeks=1))
    ),
    "monthly_open": lambda steady, now, zone: Story(
        tries=_until(steady, day_start(local_day(now, zone).replace(day=1), zone))
    ),
    "unseen": lambda steady, now, _zone: Story(tries=_until(steady, now - timedelta(days=25))),
    "not_seen": _not_seen,
    "in_hospital": _in_state(StateKind.IN_HOSPITAL, 4),
    "away": _in_state(StateKind.AWAY, 5),
}
