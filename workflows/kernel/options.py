"""Timeouts, retries and sizes of every process, by name, in one table."""

from datetime import timedelta
from typing import Protocol, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy

from shared.contracts.activities import Activity

GRACE = timedelta(seconds=2)
"""A timer fires so long after its instant: what a person did on the last second arrives first."""

SPREAD = timedelta(seconds=40)
"""Wake-ups of routine processes are spread over this, so that a Monday morning is no wall."""

AT_ONCE = timedelta()
"""The spread of what is urgent, or watched live."""

LONGEST_HISTORY = 100
"""So many events, and the process continues as new: replaying them costs less than it would to carry on."""

REMEMBERED = 64
"""So many answered requests are remembered; a retry comes within seconds."""

LOCAL_TIMEOUT = timedelta(seconds=2)
# Never without `maximum_attempts`: a local activity that retries for ever holds the lock and every command.
LOCAL_RETRY = RetryPolicy(maximum_attempts=2, initial_interval=timedelta(milliseconds=100))

DURABLE_TIMEOUT = timedelta(seconds=10)
DURABLE_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30))

FACTS_TIMEOUT = timedelta(minutes=5)
FACTS_RETRY = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=1))

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class Write(Protocol):
    """How rows are written: within the command, or on their own once the database is back."""

    async def __call__(self, activity: Activity[Argument, Result], argument: Argument) -> Result:
        """Run the activity. Raises one of `shell.NOT_WRITTEN` if it gives up."""
        ...


async def write_now(activity: Activity[Argument, Result], argument: Argument) -> Result:
    """Write within the command: one event, and whoever asked can read it afterwards."""
    result: Result = await workflow.execute_local_activity(
        activity.name,
        argument,
        result_type=activity.result,
        start_to_close_timeout=LOCAL_TIMEOUT,
        retry_policy=LOCAL_RETRY,
    )
    return result


async def write_later(activity: Activity[Argument, Result], argument: Argument) -> Result:
    """Write as soon as the database is there again, however long that takes."""
    result: Result = await workflow.execute_activity(
        activity.name,
        argument,
        result_type=activity.result,
        start_to_close_timeout=DURABLE_TIMEOUT,
        retry_policy=DURABLE_RETRY,
    )
    return result


async def change_facts(activity: Activity[Argument, Result], argument: Argument, *, queue: str) -> Result:
    """Let a service change its own facts, on its own queue: a department that is down delays only this."""
    result: Result = await workflow.execute_activity(
        activity.name,
        argument,
        result_type=activity.result,
        task_queue=queue,
        start_to_close_timeout=FACTS_TIMEOUT,
        retry_policy=FACTS_RETRY,
    )
    return result
