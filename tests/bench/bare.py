"""What an Update costs at least: a workflow that does nothing but one local activity with one statement."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

QUEUE = "bench"
WRITE = "bench_write"


@workflow.defn(name="BareClaim")
class BareClaim:
    """Held by whoever asked first, until that is done."""

    def __init__(self) -> None:
        """Held by nobody."""
        self._holder = ""
        self._is_done = False

    @workflow.run
    async def run(self) -> None:
        """Wait until it is done."""
        await workflow.wait_condition(lambda: self._is_done)
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def claim(self, holder: str) -> str:
        """Claim it; who holds it."""
        self._holder = self._holder or holder
        return await self._written()

    @workflow.update
    async def complete(self) -> str:
        """Say that it is done; who held it."""
        self._is_done = True
        return await self._written()

    async def _written(self) -> str:
        await workflow.execute_local_activity(
            WRITE,
            self._holder,
            start_to_close_timeout=timedelta(seconds=2),
            retry_policy=RetryPolicy(maximum_attempts=2),
        )
        return self._holder
