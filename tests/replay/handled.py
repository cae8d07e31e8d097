"""The story of a referral that is paused, given more time, passed on, stood in for, supported, and done."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import WorkflowHandle

from shared.domain.kinds import Join
from shared.domain.periods import local_day
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move
from tests.builders import (
    COORDINATORS,
    OFFICE,
    ZONE,
    a_followed_fact,
    a_move,
    a_referral,
    an_officer,
    an_outcome,
)
from tests.fakes import RowsInMemory
from tests.handling import a_delegation, a_lead, a_pause, a_reassignment, a_wish_for_time
from tests.workflows.journeys import Departure, ReferralJourney, now


async def handled(departure: Departure, rows: RowsInMemory) -> WorkflowHandle[Any, Any]:
    """The pause ends by its date; everything else is a command."""
    started_at, officer, colleague = now(), an_officer(), an_officer()
    today = local_day(started_at, ZONE)
    referral = await ReferralJourney(departure).start(a_referral(offered_at=started_at))
    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    await referral.pause(a_pause(officer, started_at, today + timedelta(days=5)))
    await referral.travel_to(started_at + timedelta(days=5))
    at = await referral.now()
    await referral.ask_time(a_wish_for_time(officer, at))
    await referral.make(a_move(Move.GRANT_TIME, an_officer(COORDINATORS), at))
    to_id, on = colleague.account_id, local_day(at, ZONE)
    await referral.reassign(a_reassignment(a_lead(), at, to_id=to_id, held_by=officer.account_id))
    await referral.delegate(a_delegation(colleague, at, to_id=officer.account_id, from_on=on, to_on=on))
    support = SupportTerms(referral_id=uuid4(), unit_id=OFFICE, join=Join.ALL)
    await referral.make(a_move(Move.ASK_SUPPORT, officer, at, support=support))
    joined = replace(a_followed_fact(Move.JOIN, at, "advised"), fact_id=support.referral_id)
    await referral.follow(joined)
    await referral.complete(an_outcome(officer, at))
    await referral.handle.result()
    return referral.handle
