"""What a visit cycle has done outside itself: its rows written."""

from typing import Protocol

from temporalio import activity

from shared.contracts.activities import PROJECT_CYCLE
from shared.contracts.visit_cycle import CycleProjection


class CycleRowsPort(Protocol):
    """Where a cycle's rows go."""

    def write_cycle(self, projection: CycleProjection) -> None:
        """Write the rows; the same ones again change nothing."""
        ...


class CycleActivities:
    """The activities of a visit cycle."""

    def __init__(self, rows: CycleRowsPort) -> None:
        """Write to `rows`."""
        self._rows = rows

    @activity.defn(name=PROJECT_CYCLE.name)
    def project_cycle(self, projection: CycleProjection) -> None:
        """Write what was decided, and announce what it asks of the chase."""
        self._rows.write_cycle(projection)
