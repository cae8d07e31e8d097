"""`python -m deploy.local.worker`: every worker of a small installation in one process."""

import asyncio

from temporalio.client import Client
from temporalio.worker import Worker

from services.care_register import worker as care_register
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.temporal.hosting import serve
from workflows.worker.registry import process_workers
from workflows.worker.schedules import keep_schedules


def workers(client: Client, settings: Settings) -> list[Worker]:
    """The processes' own queues, and those on which services let them change facts."""
    return [*process_workers(client, settings), care_register.worker(client, settings)]


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.from_env()
    configure_logs(settings, process="worker")
    asyncio.run(
        serve(
            settings,
            identity="worker",
            make=lambda client: workers(client, settings),
            prepare=keep_schedules,
        )
    )


if __name__ == "__main__":
    main()
