"""The daily review (每日复核): what has expired ends, what has changed is proposed anew (domain §0.2-3).

A Schedule starts it once a day. It promises that each service is asked once for the day, as of one instant;
what changes is decided by the service's own handlers, in its own transactions.
"""

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import REVIEW
from shared.contracts.review import ReviewAsOf, Reviewed
from workflows.kernel.options import change_facts


@workflow.defn(name=names.DAILY_REVIEW)
class DailyReview:
    """One day's review."""

    @workflow.run
    async def run(self) -> Reviewed:
        """Ask the care register."""
        as_of = ReviewAsOf(as_of=workflow.now())
        return await change_facts(REVIEW, as_of, queue=names.CARE_REGISTER_FACTS)
