"""A welfare check (入户查看): its clock, and what must be on record before somebody is said to be found.

人民警察法 art. 21: help at once; domain §2.4 steps 3-5: who decided to enter, why, who was there.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.errors import Invalid


class ArrivalState(StrEnum):
    """How the way to the door stands."""

    ON_THE_WAY = "on_the_way"
    LATE = "late"
    IN_TIME = "in_time"
    ARRIVED_LATE = "arrived_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How the home was entered: a way of the policy, when, who decided it and why."""

    way: str
    entered_at: datetime | None
    decided_by: str = ""
    reason: str = ""
    witnesses: str = ""


def arrival(arrive_by: datetime, arrived_at: datetime | None, now: datetime) -> ArrivalState:
    """Whether somebody came in time; on the very instant of the limit is in time."""
    if arrived_at is None:
        return ArrivalState.LATE if now > arrive_by else ArrivalState.ON_THE_WAY
    return ArrivalState.ARRIVED_LATE if arrived_at > arrive_by else ArrivalState.IN_TIME


def check_arrival(called_at: datetime, arrived_at: datetime, now: datetime) -> None:
    """Raises Invalid: nobody arrives before the call, or later than now."""
    if arrived_at < called_at:
        raise Invalid("arrived_before_call")
    if arrived_at > now:
        raise Invalid("arrived_in_future")


def check_entry(
    entry: Entry, *, arrived_at: datetime, now: datetime, not_entered: bool, decided: bool
) -> None:
    """Raises Invalid: whoever entered did so after arriving, and a forced way names who decided it and why.

    not_entered: the way is that nobody went in. decided: the policy wants a decider for this way.
    """
    if not_entered and entry.entered_at is not None:
        raise Invalid("not_entered_has_no_time")
    if not not_entered and entry.entered_at is None:
        raise Invalid("entered_when")
    # A form knows minutes: the minute of the arrival is not before it.
    earliest = arrived_at.replace(second=0, microsecond=0)
    if entry.entered_at is not None and not earliest <= entry.entered_at <= now:
        raise Invalid("entered_out_of_order")
    if decided and not (entry.decided_by.strip() and entry.reason.strip()):
        raise Invalid("who_decided_and_why")
