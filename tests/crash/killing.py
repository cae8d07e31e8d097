"""Killing parts of the running stack as a power cut would, and starting them again as a supervisor would."""

import shutil
from itertools import count

from deploy.local.processes import Child
from deploy.local.stack import Stack

_kills = count(1)


def kill_worker(stack: Stack) -> None:
    """The worker, in the middle of whatever it does."""
    stack.worker.kill()
    _keep_log(stack.worker)
    stack.worker.start()


def kill_temporal(stack: Stack) -> None:
    """Temporal; its file keeps what it had acknowledged."""
    stack.temporal.child.kill()
    _keep_log(stack.temporal.child)
    stack.temporal.start()
    stack.temporal.wait_until_ready()


def kill_postgres(stack: Stack) -> None:
    """PostgreSQL; the cluster recovers from its log."""
    stack.postgres.kill()
    _keep_log(stack.postgres.child)
    stack.postgres.start()
    stack.postgres.wait_until_ready()


def _keep_log(child: Child) -> None:
    """A start overwrites the log, and what a killed process had written must be looked at, too."""
    shutil.copy(child.log, child.log.with_name(f"{child.name}-killed-{next(_kills)}.log"))
