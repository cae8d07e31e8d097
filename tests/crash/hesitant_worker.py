"""`python -m tests.crash.hesitant_worker FILE`: a worker that stops for ever right after it wrote a claim.

Its local activity has committed then, and Temporal has not heard of it: a power cut at that moment leaves
PostgreSQL with a winner whom no history knows. FILE appears at that moment.
"""

import asyncio
import contextlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from temporalio.worker import Worker

from shared.contracts import names
from shared.contracts.referral import Projected, ReferralProjection
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.process.writing import ProcessRows
from shared.temporal.client import connect
from workflows.referral.activities import ReferralActivities
from workflows.referral.workflow import Referral
from workflows.worker.sandbox import sandboxed


class HesitantRows:
    """Writes like the real one, and comes back from everything but a claim."""

    def __init__(self, rows: ProcessRows, written: Path) -> None:
        self._rows = rows
        self._written = written

    def write_referral(self, projection: ReferralProjection) -> Projected:
        projected = self._rows.write_referral(projection)
        if projection.standing.holder_id is not None:
            self._written.touch()
            threading.Event().wait()
        return projected


async def serve(written: Path) -> None:
    """Serve referrals until killed."""
    settings = Settings.from_env()
    with contextlib.closing(Database(settings, Login.WORKER)) as database:
        rows = HesitantRows(ProcessRows(database, PolicyBook.load()), written)
        worker = Worker(
            await connect(settings, identity="hesitant"),
            task_queue=names.REFERRAL_QUEUE,
            workflows=[Referral],
            activities=[ReferralActivities(rows).project_referral],
            activity_executor=ThreadPoolExecutor(2),
            workflow_runner=sandboxed(),
        )
        await worker.run()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
