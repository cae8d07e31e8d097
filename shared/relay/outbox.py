"""The outbox as the relay works it: keys are leased, the oldest unsent message of each.

A lease is a `not_before` a little ahead, so that no transaction stays open while a process is asked; if the
relay dies, its leases run out and the messages are sent again, which their ids make harmless.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row

from shared.contracts.access import EVERY_JURISDICTION
from shared.contracts.outbox import Verb
from shared.persistence.outbox import CHANNEL
from shared.persistence.tables import Outcome

NO_PROCESS = "not_found"
"""Why a message was refused that found no process: the start of one is its remedy, and goes first."""

LEASE = timedelta(seconds=15)
"""Three times the longest call: nobody else sends the message meanwhile."""

LEASE_OLDEST = """
WITH oldest AS (
    SELECT DISTINCT ON (key) id FROM kit.outbox WHERE sent_at IS NULL ORDER BY key, verb <> 'start', id
),
due AS (
    SELECT o.id FROM kit.outbox AS o JOIN oldest USING (id)
    WHERE o.sent_at IS NULL AND o.parked_at IS NULL AND (o.not_before IS NULL OR o.not_before <= %(now)s)
    ORDER BY o.id LIMIT %(most)s FOR UPDATE OF o SKIP LOCKED
)
UPDATE kit.outbox AS o SET not_before = %(until)s FROM due WHERE o.id = due.id
RETURNING o.id, o.key, o.verb, o.name, o.payload, o.message_id, o.attempts
"""
FREE = (
    "UPDATE kit.outbox SET sent_at = NULL, parked_at = NULL, outcome = NULL, attempts = 0, not_before = NULL"
)
"""As if it had just been written: it is tried at once, and as often as any."""

STARTED = f"{FREE} WHERE key = %(key)s AND sent_at IS NULL AND last_error = %(no_process)s"
SENT = "UPDATE kit.outbox SET sent_at = %(now)s, outcome = %(outcome)s, last_error = NULL WHERE id = %(id)s"
AGAIN = "UPDATE kit.outbox SET not_before = %(again_at)s WHERE id = %(id)s"
REFUSED = """
UPDATE kit.outbox SET attempts = attempts + 1, last_error = %(error)s, not_before = %(again_at)s
WHERE id = %(id)s
"""
PARKED = """
UPDATE kit.outbox
SET attempts = attempts + 1, last_error = %(error)s, outcome = 'refused', parked_at = %(now)s
WHERE id = %(id)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """One message that is ours to send; `attempts` counts the refusals so far."""

    id: int
    key: str
    verb: Verb
    name: str
    payload: dict[str, Any]
    message_id: UUID
    attempts: int


class OutboxRows:
    """The relay's statements, each a transaction of its own."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work over one connection; concurrent deliveries take turns on it."""
        self._connection = connection

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connect as the relay, for every jurisdiction. Raises OperationalError while PostgreSQL is away."""
        return cls(await open_connection(url))

    async def close(self) -> None:
        """Give the connection back."""
        await self._connection.close()

    async def lease(self, *, most: int, now: datetime) -> Sequence[Leased]:
        """The start of each free key, else its oldest unsent message, in the order of their announcement."""
        asked = {"most": most, "now": now, "until": now + LEASE}
        async with self._connection.cursor(row_factory=class_row(Leased)) as cursor:
            await cursor.execute(LEASE_OLDEST, asked)
            return sorted(await cursor.fetchall(), key=lambda message: message.id)

    async def sent(self, message: Leased, outcome: Outcome, *, now: datetime) -> None:
        """It has arrived, or there is nobody left to receive it; what waited for its start goes on."""
        await self._connection.execute(SENT, {"id": message.id, "outcome": outcome.value, "now": now})
        if message.verb == Verb.START:
            await self._connection.execute(STARTED, {"key": message.key, "no_process": NO_PROCESS})

    async def again(self, message: Leased, *, at: datetime) -> None:
        """Nobody refused it, it just did not get through: no try is counted."""
        await self._connection.execute(AGAIN, {"id": message.id, "again_at": at})

    async def refused(self, message: Leased, *, error: str, again_at: datetime) -> None:
        """The process would not have it; it is tried again."""
        await self._connection.execute(REFUSED, {"id": message.id, "error": error, "again_at": again_at})

    async def park(self, message: Leased, *, error: str, now: datetime) -> None:
        """Refused once too often: its key waits until somebody has looked."""
        await self._connection.execute(PARKED, {"id": message.id, "error": error, "now": now})


async def open_connection(url: str, *, listening: bool = False) -> AsyncConnection:
    """A connection of the relay that commits each statement. Raises OperationalError."""
    connection = await AsyncConnection.connect(url, autocommit=True, application_name="tf_relay")
    async with AsyncExitStack() as undone:
        # Whoever is stopped between here and the end holds no connection that could be given back.
        undone.push_async_callback(connection.close)
        await connection.execute("SELECT set_config('tf.jurisdiction', %s, false)", [EVERY_JURISDICTION])
        if listening:
            await connection.execute(f"LISTEN {CHANNEL}")
        undone.pop_all()
    return connection
