"""The published holidays and make-up working days (放假通知), and the calendar of one unit cut from them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from shared.domain.calendars import SATURDAY, WorkCalendar
from shared.policies.places import Hours
from shared.policies.reader import Reader

LOOKING_BACK = timedelta(days=62)
"""How far a calendar reaches back: a process may start in the past; two months are its whole catching up."""

NEAR_BEFORE = timedelta(days=31)
NEAR_AFTER = timedelta(days=120)
"""How far a referral's calendar reaches; a limit that ends beyond it is shown as provisional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDays:
    """What has been published, over years without a gap; `known_until` is the last day of the last one."""

    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    known_until: date

    def calendar(self, zone: str, hours: Hours, on: date) -> WorkCalendar:
        """The calendar that a process carries from `on` for years, as far as it is published."""
        since = on - LOOKING_BACK
        return WorkCalendar(
            zone=zone,
            hours=hours,
            holidays=tuple(day for day in self.holidays if day >= since and day.weekday() < SATURDAY),
            workdays=tuple(day for day in self.workdays if day >= since),
            known_until=self.known_until,
        )

    def near(self, on: date) -> "WorkDays":
        """The part that a piece of work of some weeks needs."""
        since, until = on - NEAR_BEFORE, min(self.known_until, on + NEAR_AFTER)
        return WorkDays(
            holidays=tuple(day for day in self.holidays if since <= day <= until),
            workdays=tuple(day for day in self.workdays if since <= day <= until),
            known_until=until,
        )


def read_work_days(root: Reader) -> WorkDays:
    """The file workdays.toml: one table a year, none left out."""
    years = sorted(root.entries("years"), key=lambda reader: reader.code)
    for before, after in pairwise(years):
        if int(after.code) != int(before.code) + 1:
            after.report("", "year_gap", year=str(int(before.code) + 1))
    return WorkDays(
        holidays=tuple(day for each in years for day in each.days("holidays")),
        workdays=tuple(day for each in years for day in each.days("workdays")),
        known_until=date(int(years[-1].code), 12, 31),
    )
