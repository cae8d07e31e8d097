"""What scheduled jobs ask: look at everybody, or at every unit, as of an instant."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAsOf:
    """Review everything as it stands at `as_of` (UTC); the same instant again changes nothing more."""

    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a review changed, in numbers; `failed` are left for tomorrow and named in the log by id."""

    states_ended: int = 0
    asked_again: int = 0
    hardships_ended: int = 0
    overrides_ended: int = 0
    classes_proposed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchAsOf:
    """Look once whether any unit that has work has lost everybody, as of the instant."""

    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SealAsOf:
    """Seal the history of the day that the instant lies in, by UTC; a day that is sealed stays as it is."""

    as_of: datetime
