"""The gateway: how services ask a process what people race for, and wait for its answer.

A refusal comes back as the domain error that the process raised. Facts never come this way: they go through
the outbox, and are stored even while Temporal is away.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from temporalio.client import (
    Client,
    RPCTimeoutOrCancelledError,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.service import RPCError, RPCStatusCode

from shared.contracts import names
from shared.contracts import referral as referrals
from shared.contracts import visit_cycle as cycles
from shared.contracts.referral import ReferralUpdate
from shared.contracts.visit_cycle import CycleExplanation
from shared.domain.referral.commands import (
    Appoint,
    AskTime,
    Complete,
    Decline,
    Delegate,
    MakeMove,
    Pause,
    Reassign,
    TakeCalendar,
)
from shared.domain.referral.referral import ReferralAnswer
from shared.platform.settings import Settings
from shared.temporal.bridge import Bridge
from shared.temporal.client import INTERACTIVE, connect
from shared.temporal.errors import OutcomeUnknown, ProcessAway, ProcessFault, ProcessNotFound
from shared.temporal.refusals import ended, error_of

PATIENCE_SECONDS = 5.0
"""Nobody waits longer in front of a page; the outcome is then unknown, and the same key asks again."""

UNKNOWN = frozenset({RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED})
"""Status codes after which the command may still be carried out."""

Answer = TypeVar("Answer")
Handle = WorkflowHandle[Any, Any]


class Command(Protocol):
    """A command with the key that makes it one."""

    @property
    def request_id(self) -> str:
        """The key."""
        ...


class Gateway:
    """Asks processes; one per service process, safe for all its threads."""

    def __init__(self, bridge: Bridge) -> None:
        """Ask over the bridge."""
        self._bridge = bridge

    @classmethod
    def from_settings(cls, settings: Settings, *, identity: str) -> "Gateway":
        """The gateway of a service; connects on first use."""
        return cls(Bridge(lambda: connect(settings, identity=identity, retry=INTERACTIVE)))

    def make(self, referral_id: UUID, command: MakeMove) -> ReferralAnswer:
        """Make a simple move.

        Raises Conflict, Forbidden or Invalid by the referral's own judgement, ProcessNotFound for one that
        is not there (yet), ProcessAway, and OutcomeUnknown if no answer came in time.
        """
        return self._update(referral_id, ReferralUpdate.MAKE, command)

    def decline(self, referral_id: UUID, command: Decline) -> ReferralAnswer:
        """Send it back with a reason. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.DECLINE, command)

    def complete(self, referral_id: UUID, command: Complete) -> ReferralAnswer:
        """State the outcome. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.COMPLETE, command)

    def appoint(self, referral_id: UUID, command: Appoint) -> ReferralAnswer:
        """Name the unit. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.APPOINT, command)

    def take_calendar(self, referral_id: UUID, command: TakeCalendar) -> ReferralAnswer:
        """Give it a year's work-day table; the answer says which limits moved. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.TAKE_CALENDAR, command)

    def pause(self, referral_id: UUID, command: Pause) -> ReferralAnswer:
        """Stop the clocks until the next date. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.PAUSE, command)

    def ask_time(self, referral_id: UUID, command: AskTime) -> ReferralAnswer:
        """Ask for more time. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.ASK_TIME, command)

    def reassign(self, referral_id: UUID, command: Reassign) -> ReferralAnswer:
        """Give it to one person of the unit. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.REASSIGN, command)

    def delegate(self, referral_id: UUID, command: Delegate) -> ReferralAnswer:
        """Let somebody stand in for the holder. Raises as `make`."""
        return self._update(referral_id, ReferralUpdate.DELEGATE, command)

    def explain_referral(self, referral_id: UUID) -> ReferralAnswer:
        """Where a referral stands by its own account (核对). Raises ProcessNotFound, ProcessAway."""
        return self._query(names.referral_id(referral_id), referrals.EXPLAIN, ReferralAnswer)

    def explain_cycle(self, enrolment_id: UUID) -> CycleExplanation:
        """What a visit cycle does next by its own account (核对). Raises ProcessNotFound, ProcessAway."""
        return self._query(names.visit_cycle_id(enrolment_id), cycles.EXPLAIN, CycleExplanation)

    def is_running(self, workflow_id: str) -> bool:
        """Whether a process of that id runs. Raises ProcessAway if nobody can say."""

        async def ask(handle: Handle) -> bool:
            described = await handle.describe()
            return described.status is WorkflowExecutionStatus.RUNNING

        try:
            return self._ask(workflow_id, ask)
        except ProcessNotFound:
            return False

    def _update(self, referral_id: UUID, name: ReferralUpdate, command: Command) -> ReferralAnswer:
        async def ask(handle: Handle) -> ReferralAnswer:
            answer: ReferralAnswer = await handle.execute_update(
                name, command, id=command.request_id, result_type=ReferralAnswer
            )
            return answer

        return self._ask(names.referral_id(referral_id), ask)

    def _query(self, workflow_id: str, name: str, result: type[Answer]) -> Answer:
        async def ask(handle: Handle) -> Answer:
            answer: Answer = await handle.query(name, result_type=result)
            return answer

        try:
            return self._ask(workflow_id, ask)
        except OutcomeUnknown as error:
            raise ProcessAway(workflow_id) from error

    def _ask(self, workflow_id: str, ask: Callable[[Handle], Awaitable[Answer]]) -> Answer:
        async def on_loop(client: Client) -> Answer:
            handle = client.get_workflow_handle(workflow_id)
            try:
                return await ask(handle)
            except RPCError as error:
                raise await _meaning(error, handle) from error

        try:
            return self._bridge.call(on_loop, seconds=PATIENCE_SECONDS)
        except WorkflowUpdateFailedError as error:
            raise error_of(error.cause) from error
        except (RPCTimeoutOrCancelledError, TimeoutError) as error:
            raise OutcomeUnknown(workflow_id) from error


async def _meaning(error: RPCError, handle: Handle) -> Exception:
    """What a status means to the caller. "Not found" is said of a process that has ended, too."""
    if error.status in UNKNOWN:
        return OutcomeUnknown(handle.id)
    if error.status is RPCStatusCode.INVALID_ARGUMENT:
        return ProcessFault(error.status.name)
    if error.status is not RPCStatusCode.NOT_FOUND:
        return ProcessAway(handle.id)
    try:
        described = await handle.describe()
    except RPCError as second:
        is_missing = second.status is RPCStatusCode.NOT_FOUND
        return ProcessNotFound("process_not_found") if is_missing else ProcessAway(handle.id)
    return ProcessAway(handle.id) if described.status is WorkflowExecutionStatus.RUNNING else ended()
