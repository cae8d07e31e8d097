"""One effect of a piece of work that has ended (办结之后): carried to the service whose facts it changes.

The relay starts it from the outbox row that the end of the work wrote, once for each effect. It promises that
the service is asked until it has answered, however long it is down, and that nothing else waits for that.
What the effect means is decided by the service's own handlers; which effects there are, by the policy.
"""

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import CHANGE_REGISTER
from shared.contracts.effects import CarriedOut, CarryOut
from workflows.kernel.options import change_facts


@workflow.defn(name=names.AFTERMATH)
class Aftermath:
    """One effect."""

    @workflow.run
    async def run(self, asked: CarryOut) -> CarriedOut:
        """Ask the care register."""
        return await change_facts(CHANGE_REGISTER, asked, queue=names.CARE_REGISTER_FACTS)
