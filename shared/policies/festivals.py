"""Festivals and statutory free days by rule (节日), in the solar and the lunar calendar and by solar terms.

A lunar festival lies in the regular month alone: a leap month (闰月) does not repeat it. Pure: the conversion
is astronomy, good for any year, and needs no table of ours.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from lunar_python import Lunar, LunarYear, Solar

COMMON_YEAR = 2001
MONTHS = 12
SHORTEST_LUNAR_MONTH = 29
"""A festival on a 30th would be missing from the years in which that month is short."""


class Reckoning(StrEnum):
    """What a festival's day is counted in."""

    SOLAR = "solar"
    LUNAR = "lunar"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Festival:
    """One festival: the day itself, and how many days before and after belong to it."""

    code: str
    reckoning: Reckoning
    month: int = 0
    day: int = 0
    term: str = ""
    days_before: int = 0
    days_after: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FestivalSpan:
    """One festival of one year, from the first to the last of its days."""

    code: str
    on: date
    from_on: date
    until_on: date


def spans_of(festival: Festival, year: int) -> Iterator[FestivalSpan]:
    """The festival's spans whose own day lies in the solar year, in order."""
    for on in _days(festival, year):
        yield FestivalSpan(
            code=festival.code,
            on=on,
            from_on=on - timedelta(days=festival.days_before),
            until_on=on + timedelta(days=festival.days_after),
        )


def festivals_on(festivals: tuple[Festival, ...], day: date) -> tuple[FestivalSpan, ...]:
    """Every festival whose span holds the day: spans may lie across the turn of the year."""
    near = (day.year - 1, day.year, day.year + 1)
    spans = (span for festival in festivals for year in near for span in spans_of(festival, year))
    return tuple(span for span in spans if span.from_on <= day <= span.until_on)


def free_days(festivals: tuple[Festival, ...], year: int) -> tuple[date, ...]:
    """Every day of the year that some span holds."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    spans = [span for festival in festivals for near in (year, year + 1) for span in spans_of(festival, near)]
    return tuple(day for day in days if any(span.from_on <= day <= span.until_on for span in spans))


def is_term(name: str) -> bool:
    """Whether it is one of the 24 solar terms, by its Chinese name."""
    return not name.isascii() and name in Lunar.JIE_QI_IN_USE


def comes_every_year(reckoning: Reckoning, month: int, day: int) -> bool:
    """Whether the day exists in each year, so that a festival never goes missing."""
    if not 1 <= month <= MONTHS or day < 1:
        return False
    if reckoning is Reckoning.LUNAR:
        return day <= SHORTEST_LUNAR_MONTH
    return day <= monthrange(COMMON_YEAR, month)[1]


def _days(festival: Festival, year: int) -> Iterator[date]:
    if festival.reckoning is Reckoning.SOLAR:
        yield date(year, festival.month, festival.day)
        return
    if festival.reckoning is Reckoning.LUNAR:
        found = [_lunar_day(each, festival.month, festival.day) for each in (year - 1, year)]
    else:
        found = [_term_day(each, festival.term) for each in (year, year + 1)]
    yield from (day for day in found if day.year == year)


def _lunar_day(year: int, month: int, day: int) -> date:
    return _date_of(_lunar_year(year).getMonth(month).getFirstJulianDay() + day - 1)


def _term_day(year: int, term: str) -> date:
    return _date_of(_lunar_year(year).getJieQiJulianDays()[Lunar.JIE_QI_IN_USE.index(term)])


def _date_of(julian_day: float) -> date:
    return date.fromisoformat(str(Solar.fromJulianDay(julian_day).toYmd()))


@cache
def _lunar_year(year: int) -> LunarYear:
    """The year's new moons and solar terms: the astronomy is worked out once."""
    return LunarYear.fromYear(year)
