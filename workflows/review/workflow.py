"""The daily review (每日复核): what has expired ends, what has changed is proposed anew (domain §0.2-3).

A Schedule starts it once a day. It promises that the history is sealed (X-08) and each service asked once for
the day, as of one instant; what changes is decided by the service's own handlers, in its own transactions.
"""

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import REVIEW, SEAL_HISTORY
from shared.contracts.review import ReviewAsOf, Reviewed, SealAsOf
from workflows.kernel.options import change_facts, write_later


@workflow.defn(name=names.DAILY_REVIEW)
class DailyReview:
    """One day's review."""

    @workflow.run
    async def run(self) -> Reviewed:
        """Seal what was written, then ask the care register."""
        now = workflow.now()
        await write_later(SEAL_HISTORY, SealAsOf(as_of=now))
        return await change_facts(REVIEW, ReviewAsOf(as_of=now), queue=names.CARE_REGISTER_FACTS)
