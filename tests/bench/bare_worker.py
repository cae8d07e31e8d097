"""`python -m tests.bench.bare_worker`: serves the bare claims, sealed and sandboxed like our own."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import psycopg
from temporalio import activity
from temporalio.worker import Worker

from shared.platform.settings import Settings
from shared.temporal.client import connect
from tests.bench.bare import QUEUE, WRITE, BareClaim
from workflows.worker.sandbox import sandboxed

TABLE = "CREATE TABLE IF NOT EXISTS public.bench_claim (workflow_id text PRIMARY KEY, holder text)"
STATEMENT = (
    "INSERT INTO public.bench_claim VALUES (%s, %s)"
    " ON CONFLICT (workflow_id) DO UPDATE SET holder = excluded.holder"
)


class OneStatement:
    """The activity; one at a time, over one open connection."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    @activity.defn(name=WRITE)
    def write(self, holder: str) -> None:
        """One statement in one transaction."""
        self._connection.execute(STATEMENT, (activity.info().workflow_id, holder))


async def serve() -> None:
    """Serve until killed."""
    settings = Settings.from_env()
    url = settings.admin_url(settings.database_name)
    with contextlib.closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(TABLE)
        worker = Worker(
            await connect(settings, identity="bench"),
            task_queue=QUEUE,
            workflows=[BareClaim],
            activities=[OneStatement(connection).write],
            activity_executor=ThreadPoolExecutor(1),
            workflow_runner=sandboxed(),
        )
        await worker.run()


if __name__ == "__main__":
    asyncio.run(serve())
