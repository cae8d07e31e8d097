"""Stories of processes that ask somebody else: a look at the units, a review, an effect of what has ended."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from temporalio import activity
from temporalio.client import WorkflowHandle

from shared.contracts import names
from shared.contracts.activities import CHANGE_REGISTER, REVIEW
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.contracts.review import ReviewAsOf, Reviewed
from shared.domain.codes import StateKind
from tests.builders import JUSTICE, an_effect
from tests.fakes import RowsInMemory
from tests.workflows.journeys import Departure, now


@activity.defn(name=REVIEW.name)
def review(_: ReviewAsOf) -> Reviewed:
    """A day on which two states ended."""
    return Reviewed(states_ended=2)


@activity.defn(name=CHANGE_REGISTER.name)
def change_register(asked: CarryOut) -> CarriedOut:
    """As the register's own rule has it: a death needs a second person."""
    if asked.state is StateKind.PRESUMED_DEAD and asked.confirmed_by is None:
        return CarriedOut(came=Carried.REFUSED, reason="second_person_needed")
    return CarriedOut(came=Carried.DONE)


async def looked_at(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """One look at every unit."""
    return await _told(departure, names.WATCH)


async def reviewed(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """One day's review."""
    return await _told(departure, names.DAILY_REVIEW)


async def carried_out(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """A death that two persons stand behind."""
    return await _told(departure, names.AFTERMATH, replace(_a_death(), confirmed_by=uuid4()))


async def refused_by_its_owner(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """A death that one person stands behind: put where somebody sees it."""
    return await _told(departure, names.AFTERMATH, _a_death())


def _a_death() -> CarryOut:
    return an_effect(
        at=now(),
        unit_id=JUSTICE,
        state=StateKind.PRESUMED_DEAD,
        kind="population_change",
    )


async def _told(departure: Departure, name: str, *asked: CarryOut) -> WorkflowHandle[Any, Any]:
    handle = await departure.client.start_workflow(
        name, args=asked, id=f"{name}-{uuid4()}", task_queue=departure.queue
    )
    await handle.result()
    return handle
