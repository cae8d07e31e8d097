"""The worker of a service whose facts processes may change: a queue, a login and threads of its own."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from shared.persistence.engine import Database
from shared.platform.leaving import leave
from shared.platform.logins import Login
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.temporal.hosting import GRACEFUL, serve

MakeWorker = Callable[[Client, Settings, Database], Worker]


def facts_worker(
    client: Client, *, queue: str, activities: Sequence[Callable[..., Any]], at_once: int
) -> Worker:
    """The worker of one queue, doing so many things at once."""
    return Worker(
        client,
        task_queue=queue,
        activities=activities,
        activity_executor=ThreadPoolExecutor(at_once, thread_name_prefix=queue),
        max_concurrent_activities=at_once,
        graceful_shutdown_timeout=GRACEFUL,
    )


def serve_facts(login: Login, queue: str, make: MakeWorker) -> None:
    """Serve the queue alone, through the service's login, until told to stop."""
    settings = Settings.from_env()
    configure_logs(settings, process=queue)
    with contextlib.closing(Database(settings, login)) as database:
        asyncio.run(serve(settings, identity=queue, make=lambda client: [make(client, settings, database)]))
    leave()
