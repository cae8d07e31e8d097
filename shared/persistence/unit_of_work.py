"""The unit of work: one command, one transaction, and everything that must be true together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.contracts.outbox import OutboxMessage
from shared.persistence.calls import run_calls
from shared.persistence.history import HistoryRecord, appending
from shared.persistence.outbox import announcing
from shared.persistence.trips import COMMIT, one_trip


class JurisdictionMissingError(Exception):
    """A process of ours recorded history without saying whose it is."""


class UnitOfWork:
    """What a handler works with; made by `Database.begin`, which commits it once.

    Announcements and history wait in memory until the end and are then written in the order of their keys:
    the locks they take are held shortest, and two commands that touch the same two keys cannot lock each
    other out.
    """

    __slots__ = ("_messages", "_records", "now", "principal", "session")

    def __init__(self, *, session: Session, principal: Principal, now: datetime) -> None:
        """Hold the open session, who acts, and the instant of the command (UTC)."""
        self.session = session
        self.principal = principal
        self.now = now
        self._messages: list[OutboxMessage] = []
        self._records: list[HistoryRecord] = []

    def announce(self, message: OutboxMessage) -> None:
        """Tell a workflow, if and only if this commits; the same `message_id` twice is stored once."""
        self._messages.append(message)

    def record(
        self,
        *,
        stream: str,
        action: str,
        detail: Mapping[str, Any] | None = None,
        sealed: bytes | None = None,
        jurisdiction_id: str | None = None,
    ) -> None:
        """Add one link to a history (留痕): `stream` is `elder:{id}`, `account:{id}` or `policy:{id}`.

        `detail` holds ids and codes only; what is personal comes encrypted under the elder's key in `sealed`,
        so that erasing the person leaves the chain whole. The worker and the relay name the jurisdiction.
        """
        owner = jurisdiction_id or self.principal.jurisdiction_id
        if owner == EVERY_JURISDICTION:
            raise JurisdictionMissingError(action)
        self._records.append(
            HistoryRecord(
                stream=stream,
                jurisdiction_id=owner,
                recorded_at=self.now,
                action=action,
                detail=dict(detail or {}),
                sealed=sealed,
            )
        )

    def write_pending(self) -> None:
        """Flush the facts, then write history and announcements; their locks are held from here on."""
        self._write()

    def commit(self) -> None:
        """Write what is pending and commit; `Database.begin` calls it."""
        self._write(COMMIT)
        self.session.commit()

    def _write(self, *last: str) -> None:
        """Write what is pending and say `last` in the same trip: the locks are held no longer."""
        self.session.flush()
        messages = announcing(self._messages, created_at=self.now)
        calls = [*appending(self._records), *messages]
        self._records.clear()
        self._messages.clear()
        if not calls:
            return
        with one_trip(self.session.connection()) as cursor:
            run_calls(cursor, calls)
            for statement in last:
                cursor.execute(statement, prepare=False)
