"""What the watch has done outside itself: units looked at, referrals told."""

from typing import Protocol

from temporalio import activity

from shared.contracts.activities import WATCH_UNITS
from shared.contracts.review import WatchAsOf


class WatchPort(Protocol):
    """Where units and their work are seen."""

    def watch_units(self, asked: WatchAsOf) -> None:
        """Tell every referral whose unit has lost its last member, once a day."""
        ...


class WatchActivities:
    """The activities of the watch."""

    def __init__(self, rows: WatchPort) -> None:
        """Look at `rows`."""
        self._rows = rows

    @activity.defn(name=WATCH_UNITS.name)
    def watch_units(self, asked: WatchAsOf) -> None:
        """Look once."""
        self._rows.watch_units(asked)
