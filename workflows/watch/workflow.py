"""The watch (值守): whether a unit that has work has lost its last member, so that nothing waits for nobody.

A Schedule starts it every half minute. It promises one look; what it finds reaches each referral by the
relay, and what that means is decided there.
"""

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import WATCH_UNITS
from shared.contracts.review import WatchAsOf
from workflows.kernel.options import write_later


@workflow.defn(name=names.WATCH)
class Watch:
    """One look."""

    @workflow.run
    async def run(self) -> None:
        """Look at every unit that has work."""
        await write_later(WATCH_UNITS, WatchAsOf(as_of=workflow.now()))
