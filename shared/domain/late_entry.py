"""How late a contact was put on record (补录, domain §2.7), and whose clock is believed.

The server's clock is the record's. What a phone says of the past is believed as far as its clock agrees with
ours; what it says of the future is not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Lateness(StrEnum):
    """In time, later with a reason (补录), or too late to count."""

    ON_TIME = "on_time"
    LATE = "late"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """When a contact counts as having happened, and whether the sender's clock had to be set aside."""

    at: datetime
    is_clock_off: bool


def happened(
    stated_at: datetime | None, *, sender_now: datetime | None, received_at: datetime, off_after: timedelta
) -> Happened:
    """The instant that counts. From a clock that is off the record is taken as received now, and flagged.

    So a wrong clock never back-dates a contact into a closed period. `stated_at` None means now; `sender_now`
    is what the sender's clock showed on sending, if it said so; one that differs by more than `off_after`
    from ours is believed about nothing.
    """
    if stated_at is None:
        return Happened(at=received_at, is_clock_off=False)
    off_by = abs(sender_now - received_at) if sender_now else timedelta()
    if off_by > off_after or stated_at - received_at > off_after:
        return Happened(at=received_at, is_clock_off=True)
    return Happened(at=min(stated_at, received_at), is_clock_off=False)


def lateness(received_at: datetime, *, reason_by: datetime, counts_by: datetime) -> Lateness:
    """How late a record came; at `reason_by` it is still in time, at `counts_by` it still counts."""
    if received_at > counts_by:
        return Lateness.TOO_LATE
    return Lateness.LATE if received_at > reason_by else Lateness.ON_TIME
