"""The outbox: what a service tells a workflow, stored in the transaction of the fact.

`kit.announce` takes a lock on the key before it takes the row's id, so ids rise in commit order per key and
the relay can send them in the order of their ids. A notification on `tf_outbox` wakes the relay at commit.
"""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.outbox import OutboxMessage
from shared.contracts.wire import encode
from shared.persistence.calls import Call

CHANNEL = "tf_outbox"

ANNOUNCE = "kit.announce(%s, %s, %s, %s::jsonb, %s, %s)"


def announcing(messages: Sequence[OutboxMessage], *, created_at: datetime) -> list[Call]:
    """The calls that store the messages: keys sorted (one lock order for all), each key as announced."""
    return [
        Call(
            sql=ANNOUNCE,
            arguments=(
                message.key,
                message.verb.value,
                message.name,
                encode(message.payload),
                message.message_id,
                created_at,
            ),
        )
        for message in sorted(messages, key=lambda message: message.key)
    ]
