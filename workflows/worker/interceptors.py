"""What every activity of ours does when it fails: one line in the log, and nothing quoted into a history."""

from typing import Any

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

log = structlog.get_logger(__name__)


class QuietFailures(Interceptor):
    """A database error quotes its statement and its values: the log masks them, the history gets its type."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """Wrap the activities of a worker."""
        return _Quiet(next)


class _Quiet(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - the SDK's signature
        info = activity.info()
        try:
            return await super().execute_activity(input)
        except Exception as error:
            name = type(error).__name__
            log.warning(
                "activity_failed",
                activity=info.activity_type,
                workflow_id=info.workflow_id,
                attempt=info.attempt,
                exc_info=error,
            )
            raise ApplicationError(name, type=name) from None
