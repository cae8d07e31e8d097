"""`python -m deploy.local.worker`: every worker of a small installation in one process."""

import asyncio
import contextlib
from collections.abc import Iterator

from temporalio.client import Client
from temporalio.worker import Worker

from services.care_register import worker as care_register
from services.visits import worker as visits
from shared.persistence.engine import Database
from shared.platform.leaving import leave
from shared.platform.logins import Login
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.process.writing import WORKER
from shared.temporal.hosting import MakeWorkers, serve
from workflows.worker.registry import process_workers
from workflows.worker.schedules import keep_schedules


@contextlib.contextmanager
def every_worker(settings: Settings) -> Iterator[MakeWorkers]:
    """The processes' own queues, and those on which services let them change facts, each with its login."""
    with (
        contextlib.closing(Database(settings, Login.WORKER, always=WORKER)) as processes,
        contextlib.closing(Database(settings, Login.CARE_REGISTER)) as register,
        contextlib.closing(Database(settings, Login.VISITS)) as of_visits,
    ):

        def make(client: Client) -> list[Worker]:
            of_processes = process_workers(client, settings, processes)
            return [
                *of_processes,
                care_register.worker(client, settings, register),
                visits.worker(client, settings, of_visits),
            ]

        yield make


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.from_env()
    configure_logs(settings, process="worker")
    with every_worker(settings) as make:
        asyncio.run(serve(settings, identity="worker", make=make, prepare=keep_schedules))
    leave()


if __name__ == "__main__":
    main()
