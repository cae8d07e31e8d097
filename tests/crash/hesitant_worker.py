"""Workers that stop for ever right after they wrote something, to be killed there.

The local activity has committed then, and Temporal has not heard of it: a power cut at that moment leaves
PostgreSQL with a step that no history knows. Each such step leaves a mark; whoever takes over goes on.
"""

import asyncio
import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from temporalio.worker import Worker

from shared.contracts import names
from shared.contracts.referral import Projected, ReferralProjection
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.writing import ProcessRows
from shared.temporal.client import connect
from workflows.referral.activities import ReferralActivities
from workflows.referral.workflow import Referral
from workflows.worker.sandbox import sandboxed

MOST_AT_ONCE = 16
NEW_PROCESS = multiprocessing.get_context("forkserver")
"""Each worker is forked from one process that has imported everything and opened nothing."""

Hesitates = Callable[[ReferralProjection], bool]


def at_a_claim(projection: ReferralProjection) -> bool:
    """Somebody holds it."""
    return projection.standing.holder_id is not None


def at_each_step(_projection: ReferralProjection) -> bool:
    """Whatever is written."""
    return True


@dataclass(slots=True, kw_only=True)
class HesitantWorkers:
    """One worker after the other on a queue of referrals; `marks` keeps the steps that have stopped one."""

    settings: Settings
    marks: Path
    hesitates: Hesitates
    queue: str = names.REFERRAL_QUEUE
    _process: BaseProcess | None = field(default=None, init=False)

    def start(self) -> None:
        """Start one."""
        NEW_PROCESS.set_forkserver_preload([__name__])
        given = (self.settings, self.marks, self.hesitates, self.queue)
        self._process = NEW_PROCESS.Process(target=serve, args=given, daemon=True)
        self._process.start()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def stopped_at(self) -> set[str]:
        """The steps that have stopped a worker so far."""
        return {mark.name for mark in self.marks.iterdir()}


class HesitantRows:
    """Writes like the real one, and comes back from a step only if that has stopped a worker before."""

    def __init__(self, rows: ProcessRows, marks: Path, hesitates: Hesitates) -> None:
        self._rows = rows
        self._marks = marks
        self._hesitates = hesitates

    def write_referral(self, projection: ReferralProjection) -> Projected:
        projected = self._rows.write_referral(projection)
        mark = self._marks / f"{projection.standing.referral_id}-{projection.batches[-1].seq}"
        if self._hesitates(projection) and not mark.exists():
            mark.touch()
            threading.Event().wait()
        return projected


def serve(settings: Settings, marks: Path, hesitates: Hesitates, queue: str) -> None:
    """Serve referrals until killed."""
    asyncio.run(_serve(settings, marks, hesitates, queue))


async def _serve(settings: Settings, marks: Path, hesitates: Hesitates, queue: str) -> None:
    with contextlib.closing(Database(settings, Login.WORKER)) as database:
        rows = HesitantRows(ProcessRows(database, own_book()), marks, hesitates)
        worker = Worker(
            await connect(settings, identity="hesitant"),
            task_queue=queue,
            workflows=[Referral],
            activities=[ReferralActivities(rows).project_referral],
            activity_executor=ThreadPoolExecutor(MOST_AT_ONCE),
            workflow_runner=sandboxed(),
        )
        await worker.run()
