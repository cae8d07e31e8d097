"""What the daily review has done by the worker itself: the history sealed."""

from typing import Protocol

from temporalio import activity

from shared.contracts.activities import SEAL_HISTORY
from shared.contracts.review import SealAsOf


class SealPort(Protocol):
    """Where the history is kept."""

    def seal_history(self, asked: SealAsOf) -> None:
        """Seal the day, once."""
        ...


class ReviewActivities:
    """The activities of the review that belong to no service."""

    def __init__(self, rows: SealPort) -> None:
        """Seal what `rows` keeps."""
        self._rows = rows

    @activity.defn(name=SEAL_HISTORY.name)
    def seal_history(self, asked: SealAsOf) -> None:
        """Seal the day."""
        self._rows.seal_history(asked)
