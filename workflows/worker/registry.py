"""The composition root: which queue serves which processes, and what their activities write through."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from temporalio.client import Client
from temporalio.worker import Worker

from shared.contracts import names
from shared.persistence.engine import Database
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.writing import ProcessRows
from shared.temporal.hosting import GRACEFUL
from workflows.aftermath.activities import AftermathActivities, RefusedEffectsPort
from workflows.aftermath.workflow import Aftermath
from workflows.referral.activities import ReferralActivities, ReferralRowsPort
from workflows.referral.workflow import Referral
from workflows.review.activities import ReviewActivities, SealPort
from workflows.review.workflow import DailyReview
from workflows.visit_cycle.activities import CycleActivities, CycleRowsPort
from workflows.visit_cycle.workflow import VisitCycle
from workflows.watch.activities import WatchActivities, WatchPort
from workflows.watch.workflow import Watch
from workflows.worker.interceptors import QuietFailures
from workflows.worker.sandbox import sandboxed

CACHED_PROCESSES = 1000
"""Per queue; one costs about 125 KiB while it is warm, and about 70 ms to load anew."""

STICKY_TIMEOUT = timedelta(seconds=3)
"""After a worker was killed its processes wait so long for it before another takes over."""


class Rows(CycleRowsPort, ReferralRowsPort, RefusedEffectsPort, SealPort, WatchPort, Protocol):
    """Where the rows of every process go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One task queue and what is worked on there."""

    name: str
    workflows: Sequence[type[Any]]
    activities: Sequence[Any] = ()


def process_workers(client: Client, settings: Settings, database: Database) -> list[Worker]:
    """The workers of all processes of ours; `database` is the worker's login, closed by whoever opened it."""
    # No more threads than connections: one more would only wait for one.
    threads = ThreadPoolExecutor(settings.database_pool_size, thread_name_prefix="activity")
    rows = ProcessRows(database, own_book())
    return [_worker(client, queue, threads) for queue in queues(rows)]


def queues(rows: Rows) -> tuple[Queue, ...]:
    """What each queue serves."""
    cycle, referral = CycleActivities(rows), ReferralActivities(rows)
    return (
        Queue(name=names.VISIT_CYCLE_QUEUE, workflows=[VisitCycle], activities=[cycle.project_cycle]),
        Queue(
            name=names.REFERRAL_QUEUE,
            workflows=[Referral, Aftermath],
            activities=[referral.project_referral, AftermathActivities(rows).note_refused],
        ),
        Queue(
            name=names.REVIEW_QUEUE,
            workflows=[DailyReview, Watch],
            activities=[WatchActivities(rows).watch_units, ReviewActivities(rows).seal_history],
        ),
    )


def _worker(client: Client, queue: Queue, threads: ThreadPoolExecutor) -> Worker:
    return Worker(
        client,
        task_queue=queue.name,
        workflows=queue.workflows,
        activities=queue.activities,
        activity_executor=threads,
        workflow_runner=sandboxed(),
        interceptors=[QuietFailures()],
        max_cached_workflows=CACHED_PROCESSES,
        sticky_queue_schedule_to_start_timeout=STICKY_TIMEOUT,
        graceful_shutdown_timeout=GRACEFUL,
    )
