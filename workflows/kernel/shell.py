"""The command shell of every process: one thing at a time, each once, written in the order it came about.

A process brings pure decisions; the shell calls them, lets the process take the new state over, keeps the
one timer, and has the rows written. It promises:
- a command that fails, by a rule or by a bug, leaves the old state;
- the same request gets the same answer, also after continue-as-new;
- rows that could not be written wait here and are written later; the command has succeeded all the same.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeAlias, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.exceptions import TimeoutError as TimedOut

from shared.domain.errors import RuleBroken
from workflows.kernel import failures
from workflows.kernel.deadline import Deadline, delay_of
from workflows.kernel.options import LONGEST_HISTORY, Write, write_later, write_now
from workflows.kernel.ring import Ring

Decision = TypeVar("Decision")
Batch = TypeVar("Batch")
Answer = TypeVar("Answer")
Decide: TypeAlias = Callable[[datetime], Decision]

NOT_WRITTEN = (ActivityError, ApplicationError, TimedOut)
"""How a local activity gives up: by its own failure, or by running out of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Generic[Batch, Answer]):
    """What a decision leaves to the shell once the process has taken its state over."""

    batch: Batch
    answer: Answer
    due: datetime | None


class Process(Protocol[Decision, Batch, Answer]):
    """What the shell needs of a process; all but `project` is pure."""

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        ...

    @property
    def due(self) -> datetime | None:
        """The next instant that matters, as the state has it."""
        ...

    def begin(self, now: datetime) -> Decision:
        """The first decision, perhaps about a start in the past."""
        ...

    def tick(self, now: datetime) -> Decision:
        """Pass whatever has come due."""
        ...

    def settle(self, decision: Decision, now: datetime) -> Settled[Batch, Answer]:
        """Take the decided state over."""
        ...

    async def project(self, batches: tuple[Batch, ...], write: Write) -> Sequence[Decide[Decision]]:
        """Have the batches written; answer what must be decided because of what writing them showed."""
        ...


class Shell(Generic[Decision, Batch, Answer]):
    """One process's commands, its timer and its unwritten rows."""

    def __init__(
        self,
        process: Process[Decision, Batch, Answer],
        *,
        is_begun: bool,
        answers: Iterable[tuple[str, Answer]],
        pending: Iterable[Batch],
        spread: timedelta,
        is_raced_for: bool = False,
    ) -> None:
        """Carry on where an earlier run stopped, or start anew. What people race for answers first of all."""
        self._process = process
        self._is_begun = is_begun
        self._is_awake = False
        self._pending = list(pending)
        self._lock = asyncio.Lock()
        self._draining: asyncio.Task[None] | None = None
        self._deadline = Deadline(delay=delay_of(workflow.info().workflow_id, spread), is_left=is_raced_for)
        self.ring = Ring(answers)

    @property
    def pending(self) -> tuple[Batch, ...]:
        """Rows not written yet, oldest first."""
        return tuple(self._pending)

    def admit(self, request_id: str, refuse: Callable[[], None] = lambda: None) -> None:
        """What every validator asks: has it an id, and is it not too late? A known request may always come.

        `refuse` raises RuleBroken for what is lost already. Raises ApplicationError; what is refused here
        never enters the history.
        """
        if not request_id:
            raise failures.malformed("request_id")
        if request_id in self.ring:
            return
        if self._process.is_over:
            raise failures.ended()
        try:
            refuse()
        except RuleBroken as error:
            raise failures.refused(error) from error

    async def command(self, request_id: str, decide: Decide[Decision]) -> Answer:
        """Decide on one request, once. Raises ApplicationError if a rule refuses it, or on a bug."""
        async with self._lock:
            if request_id in self.ring:
                return self.ring.answer_to(request_id)
            self._begin_once()
            answer = self._try(decide)
            self.ring.remember(request_id, answer)
            await self._flush()
            return answer

    async def serve(self) -> None:
        """Wake up when something is due until the process is over, or its history long enough."""
        async with self._lock:
            self._begin_once()
            await self._flush()
        while True:
            await workflow.wait_condition(lambda: self._is_called() or self._may_leave())
            if not self._is_called():
                return
            if self._is_due():
                await self._tick()
            if self._must_drain():
                self._draining = asyncio.create_task(self._drain())

    def _begin_once(self) -> None:
        """An update may arrive before `run` has done anything: whoever is first begins."""
        if self._is_awake:
            return
        self._is_awake = True
        if self._is_begun:
            self._deadline.arm(self._process.due)
        else:
            self._settle(self._process.begin)

    def _try(self, decide: Decide[Decision]) -> Answer:
        try:
            return self._settle(decide)
        except RuleBroken as error:
            raise failures.refused(error) from error
        except Exception as error:
            workflow.logger.exception("a command failed on a bug")
            raise failures.internal(error) from error

    def _settle(self, decide: Decide[Decision]) -> Answer:
        now = workflow.now()
        settled = self._process.settle(decide(now), now)
        self._pending.append(settled.batch)
        # A process that is over keeps its timer: cancelling it would be one event more, for nothing.
        if not self._process.is_over:
            self._deadline.arm(settled.due)
        return settled.answer

    async def _tick(self) -> None:
        async with self._lock:
            # A command that came first has passed the moment and armed the timer anew.
            if self._is_due():
                self._settle(self._process.tick)
                await self._flush()

    async def _flush(self) -> None:
        """Write what is unwritten, and what follows from that. If it fails the rows stay where they are."""
        while self._pending and self._draining is None:
            batches = tuple(self._pending)
            try:
                learned = await self._process.project(batches, write_now)
            except NOT_WRITTEN:
                return
            self._written(batches, learned)

    async def _drain(self) -> None:
        """Write with patience, without holding up commands: what they add waits for the next round."""
        batches = tuple(self._pending)
        learned = await self._process.project(batches, write_later)
        async with self._lock:
            self._draining = None
            self._written(batches, learned)
            await self._flush()

    def _written(self, batches: Sequence[Batch], learned: Sequence[Decide[Decision]]) -> None:
        del self._pending[: len(batches)]
        for decide in learned:
            self._settle(decide)

    def _is_called(self) -> bool:
        return self._is_due() or self._must_drain()

    def _is_due(self) -> bool:
        return self._deadline.has_fired and not self._process.is_over

    def _must_drain(self) -> bool:
        return bool(self._pending) and self._draining is None and not self._lock.locked()

    def _may_leave(self) -> bool:
        is_done = self._process.is_over and not self._pending
        return (is_done or _is_long()) and workflow.all_handlers_finished()


def _is_long() -> bool:
    info = workflow.info()
    return info.get_current_history_length() > LONGEST_HISTORY or info.is_continue_as_new_suggested()
