"""A process that is gone is found and started again from what is on record."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from deploy.local.stack import Stack
from shared.contracts.names import visit_cycle_id
from tests.story.office import Office, Person, elder
from tests.story.waiting import eventually

WINDOWS = """
SELECT obligation, opens_at, required, done, outcome FROM process.visit_window
WHERE enrolment_id = %(id)s ORDER BY obligation, opens_at
"""

EXTRAS = """
SELECT outcome FROM process.visit_window
WHERE enrolment_id = %(id)s AND obligation = 'extra_visit' ORDER BY closes_at
"""
UNSENT = "SELECT count(*) FROM kit.outbox WHERE key = %(key)s AND sent_at IS NULL"


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


@pytest.mark.timeout(120)  # the relay tries what nobody takes in
def test_a_visit_asked_for_while_its_process_was_gone_is_owed_by_the_next_one(
    stack: Stack, office: Office
) -> None:
    """加访 is a fact: what the lost process was told, and what nobody took in, both come back with it."""
    lost, coordinator = elder("范明昌"), office.person("jp-coordinator")
    today = office.one("SELECT visits.today()")["today"]
    ask(coordinator, lost, today + timedelta(days=1))
    eventually(lambda: len(office.rows(EXTRAS, id=lost)) == 1)
    asyncio.run(terminate(stack, lost))
    ask(coordinator, lost, today + timedelta(days=3))
    eventually(lambda: office.count(UNSENT, key=visit_cycle_id(lost)) == 0)

    stack.command("reconcile-extra", "reconcile")
    eventually(lambda: outcomes(office, lost) == ["open", "open"])

    visitor = office.person("jp-visitor1")
    seen = {"enrolment_id": str(lost), "mode": "at_home", "reach": "seen", "entry_consent": "oral"}
    visitor.done("PUT", f"/visits/api/contacts/{uuid4()}", seen)
    eventually(lambda: outcomes(office, lost) == ["met", "met"])


def ask(coordinator: Person, enrolment: UUID, day: date) -> None:
    body = {"extra_id": str(uuid4()), "due_on": day.isoformat()}
    coordinator.done("POST", f"/coordination/api/elders/{enrolment}/extra-visits", body)


def outcomes(office: Office, enrolment: UUID) -> list[str]:
    return [row["outcome"] for row in office.rows(EXTRAS, id=enrolment)]


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
