"""The outbox: what a service tells a workflow, stored in the transaction of the fact.

`kit.announce` takes a lock on the key before it takes the row's id, so ids rise in commit order per key and
the relay can send them in the order of their ids. A notification on `tf_outbox` wakes the relay at commit.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contracts.outbox import OutboxMessage
from shared.contracts.wire import encode

CHANNEL = "tf_outbox"

ANNOUNCE = text("SELECT kit.announce(:key, :verb, :name, CAST(:payload AS jsonb), :message_id, :created_at)")


def store_messages(session: Session, messages: Sequence[OutboxMessage], *, created_at: datetime) -> None:
    """Store the messages, keys in order (one lock order for everybody), messages of one key as announced."""
    if not messages:
        return
    session.execute(
        ANNOUNCE,
        [
            {
                "key": message.key,
                "verb": message.verb.value,
                "name": message.name,
                "payload": encode(message.payload),
                "message_id": message.message_id,
                "created_at": created_at,
            }
            for message in sorted(messages, key=lambda message: message.key)
        ],
    )
