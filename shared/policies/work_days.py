"""The published holidays and make-up working days (放假通知), and the calendar of one unit cut from them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise

from shared.domain.calendars import SATURDAY, WorkCalendar
from shared.policies.festivals import free_days
from shared.policies.places import Hours
from shared.policies.read_occasions import read_festivals
from shared.policies.reader import Reader

LOOKING_BACK = timedelta(days=62)
"""How far a calendar reaches back: a process may start in the past; two months are its whole catching up."""

NEAR_BEFORE = timedelta(days=31)
NEAR_AFTER = timedelta(days=120)
"""How far a referral's calendar reaches; a limit that ends beyond it is shown as provisional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDays:
    """What has been published, over years without a gap; `known_until` is the last day of the last one.

    `forecast` are the free days of the year after it, by the festivals that the law names: nobody knows yet
    which days around them will be swapped, so whatever is computed with them is provisional.
    """

    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    known_until: date
    forecast: tuple[date, ...] = ()

    def calendar(self, zone: str, hours: Hours, on: date) -> WorkCalendar:
        """The calendar that a process carries from `on` for years, as far as it is published or forecast."""
        since = on - LOOKING_BACK
        free = (*self.holidays, *self.forecast)
        return WorkCalendar(
            zone=zone,
            hours=hours,
            holidays=tuple(day for day in free if day >= since and day.weekday() < SATURDAY),
            workdays=tuple(day for day in self.workdays if day >= since),
            known_until=self.known_until,
        )

    def near(self, on: date, until: date | None = None) -> "WorkDays":
        """The part that a piece of work of some weeks needs, begun on the day and running at `until`."""
        since, until = on - NEAR_BEFORE, (until or on) + NEAR_AFTER
        return WorkDays(
            holidays=tuple(day for day in self.holidays if since <= day <= until),
            workdays=tuple(day for day in self.workdays if since <= day <= until),
            known_until=min(self.known_until, until),
            forecast=tuple(day for day in self.forecast if since <= day <= until),
        )


YEAR = re.compile(r"[12][0-9]{3}")
HOLIDAYS = "holidays"


def read_work_days(root: Reader) -> WorkDays:
    """The files of holidays: one table a year, none left out, and the days off that the law names."""
    years = sorted(root.entries("years"), key=lambda reader: reader.code)
    if not years:
        root.report("years", "missing", key="years")
    strange = [year for year in years if not YEAR.fullmatch(year.code)]
    for year in strange:
        year.report("", "bad_year", value=year.code)
    if strange or not years:
        return WorkDays(holidays=(), workdays=(), known_until=date.min)
    for before, after in pairwise(years):
        if int(after.code) != int(before.code) + 1:
            after.report("", "year_gap", year=str(int(before.code) + 1))
    last = int(years[-1].code)
    free, working = ([_days_of(each, key) for each in years] for key in (HOLIDAYS, "workdays"))
    for year, off, on in zip(years, free, working, strict=True):
        for day in sorted({*off} & {*on}):
            year.report("workdays", "free_and_working", value=day.isoformat())
    return WorkDays(
        holidays=tuple(chain.from_iterable(free)),
        workdays=tuple(chain.from_iterable(working)),
        known_until=date(last, 12, 31),
        forecast=free_days(read_festivals(root, "statutory"), last + 1),
    )


def _days_of(year: Reader, key: str) -> tuple[date, ...]:
    """The days listed for a year, which has some days off; one of another year is a slip and is refused."""
    days = year.days(key)
    if key == HOLIDAYS and not days:
        year.report(key, "missing", key=key)
    for day in days:
        if str(day.year) != year.code:
            year.report(key, "other_year", key=key, value=day.isoformat(), year=year.code)
    return days
