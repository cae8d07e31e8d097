"""What an effect has done outside itself besides: a refusal put on record."""

from typing import Protocol

from temporalio import activity

from shared.contracts.activities import NOTE_REFUSED
from shared.contracts.effects import RefusedEffect


class RefusedEffectsPort(Protocol):
    """Where refusals go."""

    def note_refused(self, refused: RefusedEffect) -> None:
        """Put it on record, once."""
        ...


class AftermathActivities:
    """The activities of an effect."""

    def __init__(self, rows: RefusedEffectsPort) -> None:
        """Write to `rows`."""
        self._rows = rows

    @activity.defn(name=NOTE_REFUSED.name)
    def note_refused(self, refused: RefusedEffect) -> None:
        """Put a refusal where somebody sees it."""
        self._rows.note_refused(refused)
