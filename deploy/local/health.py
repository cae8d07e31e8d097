"""Whether the parts that serve no page are at work."""

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from shared.contracts.names import QUEUES


async def serves(address: str) -> bool:
    """Whether the server takes calls; its port is open a moment before it is healthy."""
    try:
        await Client.connect(address)
    except RuntimeError:
        # The SDK has no type of its own for a server whose port is open but which does not serve yet.
        return False
    return True


async def worker_polls(address: str, namespace: str = "default") -> bool:
    """Whether somebody takes work from every queue of ours; nobody does while the server is not healthy."""
    if not await serves(address):
        return False
    client = await Client.connect(address, namespace=namespace)
    for queue in QUEUES.values():
        answer = await client.workflow_service.describe_task_queue(
            DescribeTaskQueueRequest(
                namespace=namespace,
                task_queue=TaskQueue(name=queue),
                task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            )
        )
        if not answer.pollers:
            return False
    return True
