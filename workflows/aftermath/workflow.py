"""One effect of a piece of work that has ended (办结之后): carried to the service whose facts it changes.

The relay starts it from the outbox row that the end of the work wrote, once for each effect. It promises that
the service is asked until it has answered, however long it is down, and that nothing else waits for that;
what the service's own rules refuse is put where somebody sees it. What the effect means is decided by the
service's own handlers; which effects there are, by the policy.
"""

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import NOTE_REFUSED, OWNERS
from shared.contracts.effects import Carried, CarriedOut, CarryOut, RefusedEffect
from workflows.kernel.options import change_facts, write_later


@workflow.defn(name=names.AFTERMATH)
class Aftermath:
    """One effect."""

    @workflow.run
    async def run(self, asked: CarryOut) -> CarriedOut:
        """Ask the owner of the facts."""
        owner = OWNERS[asked.effect]
        answer = await change_facts(owner.activity, asked, queue=owner.queue)
        if answer.came is Carried.REFUSED:
            refused = RefusedEffect(asked=asked, reason=answer.reason, refused_at=workflow.now())
            await write_later(NOTE_REFUSED, refused)
        return answer
