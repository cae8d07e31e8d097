"""A process that is gone is found and started again from what is on record."""

import asyncio
from uuid import UUID

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from deploy.local.stack import Stack
from shared.contracts.names import visit_cycle_id
from tests.story.office import Office, elder
from tests.story.waiting import eventually

WINDOWS = """
SELECT obligation, opens_at, required, done, outcome FROM process.visit_window
WHERE enrolment_id = %(id)s AND closes_at > now() ORDER BY obligation, opens_at
"""


def test_reconcile_brings_a_missing_visit_cycle_back_as_it_stood(stack: Stack, office: Office) -> None:
    """§4: `tanfang reconcile` finds an open enrolment without a process and repairs it from the facts."""
    lost = elder("孙昌")
    before = office.rows(WINDOWS, id=lost)
    asyncio.run(terminate(stack, lost))

    said = stack.command("reconcile-dry", "reconcile", "--dry-run")
    assert "1 gone" in said
    stack.command("reconcile", "reconcile")

    eventually(lambda: asyncio.run(is_running(stack, lost)))
    eventually(lambda: office.rows(WINDOWS, id=lost) == before)
    assert "1 gone" not in stack.command("reconcile-again", "reconcile", "--dry-run")


async def terminate(stack: Stack, enrolment: UUID) -> None:
    client = await Client.connect(stack.temporal.address)
    await client.get_workflow_handle(visit_cycle_id(enrolment)).terminate("a disaster, for the test")


async def is_running(stack: Stack, enrolment: UUID) -> bool:
    client = await Client.connect(stack.temporal.address)
    try:
        described = await client.get_workflow_handle(visit_cycle_id(enrolment)).describe()
    except RPCError:
        return False
    return described.status is WorkflowExecutionStatus.RUNNING
