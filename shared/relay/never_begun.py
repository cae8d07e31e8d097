"""Starts that Temporal took and lost before their process had done anything: sent again, as the relay."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.relay.outbox import FREE

TAKEN = text(
    "SELECT DISTINCT key, payload #>> '{state,jurisdiction_id}' AS jurisdiction_id FROM kit.outbox"
    " WHERE verb = 'start' AND name = :name AND sent_at IS NOT NULL ORDER BY key"
)
SENT_AGAIN = text(f"{FREE} WHERE verb = 'start' AND sent_at IS NOT NULL AND key = ANY(:keys)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A process that was to start, and its place."""

    key: str
    jurisdiction_id: str


def read_taken(session: Session, name: str) -> Sequence[Taken]:
    """Every process of the type that Temporal has ever been told to start."""
    return [Taken(**row) for row in session.execute(TAKEN, {"name": name}).mappings()]


def start_again(session: Session, keys: Collection[str]) -> None:
    """Let the relay start them anew, with what waits behind them."""
    session.execute(SENT_AGAIN, {"keys": list(keys)})
