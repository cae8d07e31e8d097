"""The visit cycle (探访周期) of an elder while enrolled: opens windows, warns, closes, chases.

Nobody stops it but the end of the enrolment (`close`). It promises that every window is judged, whatever was
away meanwhile, and that catching up late ends where running on time would have. What to do is decided in
`shared.domain.visit_cycle`; here only the order of things is kept.
"""

from collections.abc import Sequence
from datetime import datetime

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import PROJECT_CYCLE
from shared.contracts.visit_cycle import (
    EXPLAIN,
    ChangePlan,
    CloseCycle,
    CycleAnswer,
    CycleExplanation,
    CycleProjection,
    CycleUpdate,
    PendingCycleRows,
    Remembered,
    StartVisitCycle,
    TakeIn,
)
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.steps import next_steps
from shared.domain.visit_cycle.timeline import next_moment
from workflows.kernel.options import SPREAD, Write
from workflows.kernel.shell import Decide, Settled, Shell


@workflow.defn(name=names.VISIT_CYCLE)
class VisitCycle:
    """One elder's visit cycle."""

    @workflow.init
    def __init__(self, start: StartVisitCycle) -> None:
        """Hold the state, so that an early message finds it."""
        self._state = start.state
        self._shell = Shell(
            self,
            is_begun=start.is_begun,
            answers=((each.request_id, CycleAnswer(seq=each.seq)) for each in start.ring),
            pending=start.pending,
            spread=SPREAD,
        )

    @workflow.run
    async def run(self, _start: StartVisitCycle) -> None:
        """Serve until the cycle is closed and everything is written, or carry on in a new run."""
        await self._shell.serve()
        if not self.is_over or self._shell.pending:
            workflow.continue_as_new(self._carried_on())

    @workflow.update(name=CycleUpdate.TAKE_IN)
    async def take_in(self, command: TakeIn) -> CycleAnswer:
        """Take facts in."""
        return await self._shell.command(
            command.request_id, lambda now: cycle.take_in(self._state, command.facts, now)
        )

    @take_in.validator
    def _may_take_in(self, command: TakeIn) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=CycleUpdate.CHANGE_PLAN)
    async def change_plan(self, command: ChangePlan) -> CycleAnswer:
        """Carry another plan from the next windows on."""
        return await self._shell.command(
            command.request_id,
            lambda now: cycle.change_plan(
                self._state, command.plan, now, area_code=command.area_code, ended_on=command.ended_on
            ),
        )

    @change_plan.validator
    def _may_change_plan(self, command: ChangePlan) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=CycleUpdate.CLOSE)
    async def close(self, command: CloseCycle) -> CycleAnswer:
        """End with the enrolment."""
        return await self._shell.command(command.request_id, lambda now: cycle.close(self._state, now))

    @close.validator
    def _may_close(self, command: CloseCycle) -> None:
        self._shell.admit(command.request_id)

    @workflow.query(name=EXPLAIN)
    def explain(self) -> CycleExplanation:
        """What happens next, from the process itself."""
        return CycleExplanation(
            seq=self._state.seq,
            is_closed=self._state.is_closed,
            next_wake_at=self.due,
            next_steps=next_steps(self._state),
        )

    @property
    def is_over(self) -> bool:
        """Whether the enrolment has ended."""
        return self._state.is_closed

    @property
    def due(self) -> datetime | None:
        """The next moment on the timeline."""
        moment = next_moment(self._state)
        return moment.at if moment else None

    def begin(self, now: datetime) -> CycleDecision:
        """Start at the enrolment, perhaps weeks ago, and catch up."""
        return cycle.begin(self._state, now)

    def tick(self, now: datetime) -> CycleDecision:
        """Warn, close, open: whatever has come due."""
        return cycle.tick(self._state, now)

    def settle(self, decision: CycleDecision, now: datetime) -> Settled[PendingCycleRows, CycleAnswer]:
        """Take the state over and name what is to be written."""
        self._state = decision.state
        seq = decision.state.seq
        batch = PendingCycleRows(seq=seq, task_at=now, row=decision.row, rows=decision.rows, due=decision.due)
        return Settled(batch=batch, answer=CycleAnswer(seq=seq), due=decision.due)

    async def project(
        self, batches: tuple[PendingCycleRows, ...], write: Write
    ) -> Sequence[Decide[CycleDecision]]:
        """Have the rows written; nothing is learned from it."""
        state = self._state
        await write(
            PROJECT_CYCLE,
            CycleProjection(
                workflow_id=names.visit_cycle_id(state.enrolment_id),
                enrolment_id=state.enrolment_id,
                elder_id=state.elder_id,
                jurisdiction_id=state.jurisdiction_id,
                area_code=state.area_code,
                batches=batches,
            ),
        )
        return ()

    def _carried_on(self) -> StartVisitCycle:
        answers = self._shell.ring.items()
        return StartVisitCycle(
            state=self._state,
            is_begun=True,
            ring=tuple(Remembered(request_id=key, seq=answer.seq) for key, answer in answers),
            pending=self._shell.pending,
        )
