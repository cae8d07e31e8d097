"""What an Update costs at least: a workflow that does nothing but one local activity with one statement."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

QUEUE = "bench"
WRITE = "bench_write"


@workflow.defn(name="BareClaim")
class BareClaim:
    """Held by whoever asked first."""

    def __init__(self) -> None:
        """Held by nobody."""
        self._holder = ""

    @workflow.run
    async def run(self) -> None:
        """Wait for ever."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def claim(self, holder: str) -> str:
        """Claim it; who holds it."""
        self._holder = self._holder or holder
        await workflow.execute_local_activity(
            WRITE,
            self._holder,
            start_to_close_timeout=timedelta(seconds=2),
            retry_policy=RetryPolicy(maximum_attempts=2),
        )
        return self._holder
