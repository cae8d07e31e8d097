"""What a unit does with the work it has: pause, ask for more time, reassign, stand in."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.referral.commands import AskTime, Delegate, Pause, PauseTerms, Reassign, TimeTerms
from shared.domain.referral.state import Actor
from tests.builders import COORDINATORS, JUSTICE


def a_lead(unit_id: str = JUSTICE) -> Actor:
    """Who leads the unit."""
    return Actor(account_id=uuid4(), unit_id=unit_id, is_lead=True)


PAUSES = PauseTerms(max_days=15, times_at_most=2, days_at_most=30)
MORE_TIME = TimeTerms(
    by=Limit(amount=2, unit=LimitUnit.WORKING_DAYS), at_most=1, grantor_unit_id=COORDINATORS
)


def a_pause(actor: Actor, acted_at: datetime, until_on: date, terms: PauseTerms | None = PAUSES) -> Pause:
    """Waiting for papers until a day."""
    return Pause(
        request_id=str(uuid4()),
        actor=actor,
        acted_at=acted_at,
        ground="awaiting_papers",
        until_on=until_on,
        terms=terms,
    )


def a_wish_for_time(actor: Actor, acted_at: datetime, terms: TimeTerms | None = MORE_TIME) -> AskTime:
    """Two more working days, please."""
    return AskTime(request_id=str(uuid4()), actor=actor, acted_at=acted_at, terms=terms)


def a_reassignment(
    lead: Actor, acted_at: datetime, *, to_id: UUID, held_by: UUID | None = None, **changes: object
) -> Reassign:
    """The lead gives the work to somebody of the unit."""
    base = Reassign(request_id=str(uuid4()), actor=lead, acted_at=acted_at, to_id=to_id, held_by=held_by)
    return replace(base, **changes)


def a_delegation(actor: Actor, acted_at: datetime, *, to_id: UUID, from_on: date, to_on: date) -> Delegate:
    """Somebody stands in on those days."""
    return Delegate(
        request_id=str(uuid4()), actor=actor, acted_at=acted_at, to_id=to_id, from_on=from_on, to_on=to_on
    )
