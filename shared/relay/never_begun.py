"""Starts that Temporal took and lost before their process had done its work: sent again, as the relay."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contracts.names import AFTERMATH
from shared.relay.outbox import FREE

TAKEN = text(
    "SELECT DISTINCT key, payload #>> '{state,jurisdiction_id}' AS jurisdiction_id FROM kit.outbox"
    " WHERE verb = 'start' AND name = :name AND sent_at IS NOT NULL ORDER BY key"
)
EFFECTS = text(
    "SELECT key, payload ->> 'jurisdiction_id' AS jurisdiction_id,"
    " CAST(payload ->> 'effect_id' AS uuid) AS effect_id,"
    " CAST(payload ->> 'account_id' AS uuid) AS account_id,"
    " CAST(payload ->> 'confirmed_by' AS uuid) AS confirmed_by"
    " FROM kit.outbox WHERE verb = 'start' AND name = :name AND sent_at IS NOT NULL ORDER BY id"
)
SENT_AGAIN = text(f"{FREE} WHERE verb = 'start' AND sent_at IS NOT NULL AND key = ANY(:keys)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A process that was to start, and its place."""

    key: str
    jurisdiction_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenEffect(Taken):
    """An effect that was to be carried out, and in whose name."""

    effect_id: UUID
    account_id: UUID
    confirmed_by: UUID | None


def read_taken(session: Session, name: str) -> Sequence[Taken]:
    """Every process of the type that Temporal has ever been told to start."""
    return [Taken(**row) for row in session.execute(TAKEN, {"name": name}).mappings()]


def read_effects(session: Session) -> Sequence[TakenEffect]:
    """Every effect that Temporal has ever been told to have carried out."""
    return [TakenEffect(**row) for row in session.execute(EFFECTS, {"name": AFTERMATH}).mappings()]


def start_again(session: Session, keys: Collection[str]) -> None:
    """Let the relay start them anew, with what waits behind them."""
    session.execute(SENT_AGAIN, {"keys": list(keys)})
