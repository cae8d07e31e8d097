"""Wall clocks and instants: the one place where a zone's name becomes arithmetic.

Instants go in and come out as aware UTC datetimes. A wall time that a clock change skips counts on from the
change: 02:30 is half an hour after it. One that happens twice means its first occurrence.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether there is a zone of that name."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def to_wall(at: datetime, zone: str) -> datetime:
    """The instant on the zone's wall clock. Raises ValueError for a naive datetime: it names no instant."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no zone, so it names no instant")
    return at.astimezone(ZoneInfo(zone))


def to_instant(day: date, clock: str, zone: str) -> datetime:
    """The instant at which the zone's wall clock shows `clock` ("HH:MM", also "24:00") on `day`."""
    hours, minutes = map(int, clock.split(":"))
    on = day + timedelta(days=hours // 24)
    return datetime.combine(on, time(hours % 24, minutes), ZoneInfo(zone)).astimezone(UTC)
