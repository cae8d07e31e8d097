"""`python -m workflows.worker`: serves every queue of ours until SIGTERM."""

import asyncio

from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.temporal.hosting import serve
from workflows.worker.registry import process_workers
from workflows.worker.schedules import keep_schedules


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.from_env()
    configure_logs(settings, process="worker")
    asyncio.run(
        serve(
            settings,
            identity="worker",
            make=lambda client: process_workers(client, settings),
            prepare=keep_schedules,
        )
    )


if __name__ == "__main__":
    main()
