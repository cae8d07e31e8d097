"""A change that must be caught: the process waits a moment before it does anything."""

from temporalio import workflow

from shared.contracts import names
from shared.contracts.referral import StartReferral
from workflows.referral.workflow import Referral


@workflow.defn(name=names.REFERRAL)
class HesitantReferral(Referral):
    """A referral whose commands come in another order."""

    @workflow.init
    def __init__(self, start: StartReferral) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StartReferral) -> None:
        await workflow.sleep(1)
        await super().run(start)
