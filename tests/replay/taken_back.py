"""Stories of what was said and then taken back: a contact that is voided, a state that is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowHandle

from shared.domain.codes import StateStatus
from shared.domain.referral.moves import Move
from tests.builders import a_contact, a_cycle, a_followed_fact, a_referral, a_state
from tests.fakes import RowsInMemory
from tests.workflows.journeys import WEEK, CycleJourney, Departure, ReferralJourney, now, seven_days


async def voided(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """A visited week is missed after all; what a refused state had spared is chased; then it closes."""
    started_at = now()
    cycle = await CycleJourney(departure).start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    contact = a_contact(started_at + WEEK - timedelta(hours=3))
    await cycle.travel_to(contact.occurred_at)
    await cycle.take_in(contact)
    await cycle.travel_to(started_at + WEEK)
    reported = a_state(await cycle.now())
    await cycle.take_in(states=(reported,))
    await cycle.void(contact)
    await cycle.take_in(states=(replace(reported, status=StateStatus.REFUSED, known_at=await cycle.now()),))
    await cycle.close()
    await cycle.handle.result()
    return cycle.handle


async def slept_and_woken(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """A search that one person's word kept asleep from its start, and that a refusal woke."""
    started_at = now()
    search = await ReferralJourney(departure).start(
        a_referral(offered_at=started_at, suspended_at=started_at)
    )
    await search.travel_to(started_at + timedelta(hours=2))
    await search.follow(a_followed_fact(Move.RESUME, await search.now()))
    await search.travel_to(await search.now() + timedelta(minutes=200))
    await search.follow(a_followed_fact(Move.CONCLUDE, await search.now()))
    await search.handle.result()
    return search.handle
