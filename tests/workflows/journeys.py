"""Driving one process through time: start it, tell it things, move its clock, count its events."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from shared.contracts import names
from shared.contracts.referral import ReferralUpdate, StartReferral
from shared.contracts.visit_cycle import (
    EXPLAIN,
    ChangePlan,
    CloseCycle,
    CycleAnswer,
    CycleExplanation,
    CycleUpdate,
    StartVisitCycle,
    TakeIn,
)
from shared.domain.plan import Period, Plan
from shared.domain.referral.commands import (
    Appoint,
    AskTime,
    Complete,
    Decline,
    Delegate,
    FollowFact,
    MakeMove,
    Pause,
    Reassign,
    TakeCalendar,
)
from shared.domain.referral.referral import ReferralAnswer
from shared.domain.referral.state import ReferralState
from shared.domain.visit_cycle.facts import ContactFact, Facts, StateFact, VoidedContact
from shared.domain.visit_cycle.state import CycleState
from tests.builders import a_plan, a_weekly

WEEK = timedelta(days=7)
SETTLED = timedelta(seconds=60)
"""Beyond any grace and spread: what was due this long ago has happened."""

SKIPPING = (
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
)
"""Events of the movable clock; a server that serves people has none of them."""


def now() -> datetime:
    """The instant at which a journey starts, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def seven_days(**changes: object) -> Plan:
    """One contact in each seven days from the enrolment on, whatever weekday it is today."""
    return a_plan(a_weekly(period=Period.DAYS, length_days=7, binds_from_days=0, **changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Where processes start."""

    environment: WorkflowEnvironment
    client: Client
    queue: str


class Journey:
    """One process under way."""

    def __init__(self, departure: Departure, handle: WorkflowHandle[Any, Any]) -> None:
        self.departure = departure
        self.handle = handle

    async def begun(self) -> None:
        """Wait until its first decision is made and written; a query now would split that task in two."""
        async for event in self.handle.fetch_history_events(wait_new_event=True):
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
                return

    async def now(self) -> datetime:
        """The process's own time."""
        return await self.departure.environment.get_current_time(self.handle)

    async def travel_to(self, moment: datetime) -> None:
        """Let its time pass until what is due at `moment` has happened."""
        ahead = moment + SETTLED - await self.now()
        assert await self.departure.environment.fast_forward(self.handle, ahead)

    async def latest(self) -> WorkflowExecutionDescription:
        """Its current run, however often it has been continued as new."""
        return await self.departure.client.get_workflow_handle(self.handle.id).describe()

    async def events(self) -> list[HistoryEvent]:
        """The history of its current run, without the events of the movable clock."""
        history = await self.handle.fetch_history()
        return [event for event in history.events if event.event_type not in SKIPPING]

    async def count(self) -> int:
        """How many events it has cost so far."""
        return len(await self.events())

    async def kinds(self, since: int = 0) -> Counter[str]:
        """What the events after the first `since` are, for a message that explains a blown budget."""
        return Counter(
            EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
            for event in (await self.events())[since:]
        )

    async def update(self, name: str, command: Any, answer: type[Any]) -> Any:  # noqa: ANN401 - of any process
        """One command with an update id of its own, as after a lost answer."""
        return await self.handle.execute_update(name, command, result_type=answer)


class Cycle(Journey):
    """A visit cycle under way."""

    async def take_in(self, *contacts: ContactFact, states: tuple[StateFact, ...] = ()) -> CycleAnswer:
        facts = Facts(contacts=contacts, states=states)
        return await self.send(TakeIn(request_id=str(uuid4()), facts=facts))

    async def void(self, contact: ContactFact) -> CycleAnswer:
        """The contact is struck from the book; the elder was not seen otherwise."""
        voided = VoidedContact(contact_id=contact.contact_id, known_at=await self.now(), last_seen_at=None)
        return await self.send(TakeIn(request_id=str(uuid4()), facts=Facts(voided=(voided,))))

    async def send(self, command: TakeIn) -> CycleAnswer:
        answer: CycleAnswer = await self.update(CycleUpdate.TAKE_IN, command, CycleAnswer)
        return answer

    async def change_plan(self, plan: Plan) -> None:
        await self.update(
            CycleUpdate.CHANGE_PLAN, ChangePlan(request_id=str(uuid4()), plan=plan), CycleAnswer
        )

    async def close(self) -> None:
        await self.update(CycleUpdate.CLOSE, CloseCycle(request_id=str(uuid4()), reason="moved"), CycleAnswer)

    async def explain(self) -> CycleExplanation:
        explained: CycleExplanation = await self.handle.query(EXPLAIN, result_type=CycleExplanation)
        return explained


class OneReferral(Journey):
    """A referral under way."""

    async def make(self, command: MakeMove) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.MAKE, command)

    async def decline(self, command: Decline) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.DECLINE, command)

    async def complete(self, command: Complete) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.COMPLETE, command)

    async def appoint(self, command: Appoint) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.APPOINT, command)

    async def pause(self, command: Pause) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.PAUSE, command)

    async def ask_time(self, command: AskTime) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.ASK_TIME, command)

    async def reassign(self, command: Reassign) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.REASSIGN, command)

    async def delegate(self, command: Delegate) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.DELEGATE, command)

    async def follow(self, command: FollowFact) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.FOLLOW, command)

    async def take_calendar(self, command: TakeCalendar) -> ReferralAnswer:
        return await self._ask(ReferralUpdate.TAKE_CALENDAR, command)

    async def _ask(self, name: ReferralUpdate, command: object) -> ReferralAnswer:
        answer: ReferralAnswer = await self.update(name, command, ReferralAnswer)
        return answer


class CycleJourney:
    """Starts visit cycles."""

    def __init__(self, departure: Departure) -> None:
        self._departure = departure

    async def start(self, state: CycleState) -> Cycle:
        """Start one and wait until it has begun."""
        cycle = await self.announce(state)
        await cycle.begun()
        return cycle

    async def announce(self, state: CycleState) -> Cycle:
        """Start one without waiting."""
        handle = await self._departure.client.start_workflow(
            names.VISIT_CYCLE,
            StartVisitCycle(state=state),
            id=names.visit_cycle_id(state.enrolment_id),
            task_queue=self._departure.queue,
        )
        return Cycle(self._departure, handle)


class ReferralJourney:
    """Starts referrals."""

    def __init__(self, departure: Departure) -> None:
        self._departure = departure

    async def start(self, state: ReferralState) -> OneReferral:
        """Start one and wait until it is offered."""
        handle = await self._departure.client.start_workflow(
            names.REFERRAL,
            StartReferral(state=state),
            id=names.referral_id(state.referral_id),
            task_queue=self._departure.queue,
        )
        referral = OneReferral(self._departure, handle)
        await referral.begun()
        return referral
