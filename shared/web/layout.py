"""What every page knows: who is signed in, where to go next, how a date is written, where a file is."""

import hashlib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from flask import Flask, request

from shared.contracts import places
from shared.domain.zones import to_wall
from shared.policies.messages import LIST_MARK
from shared.web import current, messages, signin
from shared.web.navigation import links_for, place_of

LARGE_TYPE_COOKIE = "tf_large"

_FINGERPRINT_LENGTH = 10


def install(app: Flask) -> None:
    """Give every template of the app the words and helpers of the layout."""
    app.context_processor(_context)
    app.add_template_filter(moment)
    app.add_template_filter(day)
    app.add_template_filter(dated)
    app.add_template_filter(timed)
    app.add_template_filter(weekday)
    app.add_template_filter(duration)
    app.jinja_env.globals["places"] = places
    app.add_template_global(signin.csrf_token, "csrf_token")
    app.add_template_global(current.now, "now")
    app.add_template_global(static_url, "static_url")


def moment(at: datetime | None) -> str:
    """An instant as people say it: `11月21日 周六 14:05`; another year is named."""
    if at is None:
        return messages.NOTHING
    here = to_wall(at, current.zone())
    return f"{day(here.date())} {weekday(here.date())} {here:%H:%M}"


def day(on: date | None) -> str:
    """A day: `11月21日`, with the year unless it is this one."""
    if on is None:
        return messages.NOTHING
    this_year = to_wall(current.now(), current.zone()).year
    words = messages.DAY if on.year == this_year else messages.DAY_OF_YEAR
    return words.format(year=on.year, month=on.month, day=on.day)


def dated(on: date) -> str:
    """A day with its year, as on papers that are kept: `2026年11月21日`."""
    return messages.DAY_OF_YEAR.format(year=on.year, month=on.month, day=on.day)


def timed(at: datetime) -> str:
    """An instant on such papers: `2026年11月21日 14:05`."""
    here = to_wall(at, current.zone())
    return f"{dated(here.date())} {here:%H:%M}"


def weekday(on: date) -> str:
    """`周六`."""
    return messages.WEEKDAYS[on.weekday()]


def duration(span: timedelta | None) -> str:
    """A length of time in the two largest units: `2天3小时`, `45分钟`; the sign is left to the caller."""
    if span is None:
        return messages.NOTHING
    minutes = int(abs(span).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, messages.DAYS), (hours, messages.HOURS), (rest, messages.MINUTES)]
    first = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    shown = [words.format(number) for number, words in parts[first : first + 2] if number]
    return "".join(shown) or messages.UNDER_A_MINUTE


def said(fact: object) -> str:
    """A fact of a problem in words: instants, days, lengths of time and lists as people say them."""
    if isinstance(fact, list | tuple):
        return LIST_MARK.join(said(each) for each in fact)
    if isinstance(fact, datetime):
        return moment(fact)
    if isinstance(fact, date):
        return day(fact)
    return duration(fact) if isinstance(fact, timedelta) else str(fact)


def static_url(name: str) -> str:
    """The address of a kit file, with a fingerprint so that it may be cached for a year."""
    return f"{current.kit().prefix}/static/{name}?v={_fingerprint(name)}"


def _context() -> dict[str, object]:
    person = current.principal_or_none()
    links = links_for(person, inboxes=current.inboxes()) if person else ()
    return {
        "principal": person,
        "service": current.kit().service,
        "links": links,
        "here": place_of(request.path, links),
        "large_type": request.cookies.get(LARGE_TYPE_COOKIE) == "1",
        "demonstration": current.kit().settings.demonstration,
    }


@cache
def _fingerprint(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:_FINGERPRINT_LENGTH]
