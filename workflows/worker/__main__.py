"""`python -m workflows.worker`: serves every queue of ours until SIGTERM."""

import asyncio
import contextlib

from shared.persistence.engine import Database
from shared.platform.leaving import leave
from shared.platform.logins import Login
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.process.writing import WORKER
from shared.temporal.hosting import serve
from workflows.worker.registry import process_workers
from workflows.worker.schedules import keep_schedules


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.from_env()
    configure_logs(settings, process="worker")
    with contextlib.closing(Database(settings, Login.WORKER, always=WORKER)) as database:
        asyncio.run(
            serve(
                settings,
                identity="worker",
                make=lambda client: process_workers(client, settings, database),
                prepare=keep_schedules,
            )
        )
    leave()


if __name__ == "__main__":
    main()
