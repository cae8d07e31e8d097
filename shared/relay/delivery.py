"""Delivering one message to its workflow, and what the server's answer means for it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any

from temporalio.client import (
    Client,
    RPCTimeoutOrCancelledError,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from shared.contracts.failures import ENDED
from shared.contracts.names import QUEUES
from shared.contracts.outbox import Verb
from shared.domain.errors import RuleBroken
from shared.persistence.tables import Outcome
from shared.relay.outbox import Leased
from shared.temporal.errors import ProcessAway
from shared.temporal.refusals import error_of

CALL_SECONDS = 5.0

ANSWERED = frozenset({RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.NOT_FOUND})
"""Status codes that are about this message; any other is about the server."""


class RefusedError(Exception):
    """The process would not have the message, or there is none; the text is a code for the operator."""


async def deliver(client: Client, message: Leased) -> Outcome:
    """Send the message, once more if need be: its id makes that harmless.

    Raises RefusedError if it was judged and refused, ProcessAway if nobody judged it within five seconds.
    """
    try:
        async with asyncio.timeout(CALL_SECONDS):
            return await _SENDERS[message.verb](client, message)
    except (RPCTimeoutOrCancelledError, TimeoutError) as error:
        raise ProcessAway(message.key) from error
    except RPCError as error:
        if error.status in ANSWERED:
            raise RefusedError(error.status.name.lower()) from error
        raise ProcessAway(message.key) from error


async def _start(client: Client, message: Leased) -> Outcome:
    """A process that runs, or ran to its end, is not started again; one that was cut down is."""
    try:
        await client.start_workflow(
            message.name,
            message.payload,
            id=message.key,
            task_queue=QUEUES[message.name],
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        )
    except WorkflowAlreadyStartedError:
        return Outcome.CLOSED
    return Outcome.DELIVERED


async def _update(client: Client, message: Leased) -> Outcome:
    handle = client.get_workflow_handle(message.key)
    try:
        await handle.execute_update(message.name, message.payload, id=_update_id(message))
    except WorkflowUpdateFailedError as error:
        return _refusal(error_of(error.cause))
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND and await _has_ended(handle):
            return Outcome.CLOSED
        raise
    return Outcome.DELIVERED


def _update_id(message: Leased) -> str:
    """The server keeps a refusal under its update id for ever: a new try needs another."""
    return f"{message.message_id}/{message.attempts}" if message.attempts else str(message.message_id)


def _refusal(error: Exception) -> Outcome:
    if isinstance(error, RuleBroken):
        if error.code == ENDED:
            return Outcome.CLOSED
        raise RefusedError(error.code) from error
    raise RefusedError(str(error)) from error


async def _has_ended(handle: WorkflowHandle[Any, Any]) -> bool:
    """Raises RPCError NOT_FOUND for a process that has never been."""
    described = await handle.describe()
    return described.status is not WorkflowExecutionStatus.RUNNING


_SENDERS: Mapping[Verb, Callable[[Client, Leased], Coroutine[Any, Any, Outcome]]] = MappingProxyType(
    {Verb.START: _start, Verb.UPDATE: _update}
)
