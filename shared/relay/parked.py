"""What was refused once too often, for an operator who looks into it; read and freed as the relay's login."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.relay.outbox import FREE

PARKED = text(
    "SELECT key, verb, name, created_at, last_error FROM kit.outbox"
    " WHERE parked_at IS NOT NULL AND sent_at IS NULL ORDER BY id"
)
SENT_AGAIN = text(f"{FREE} WHERE parked_at IS NOT NULL AND sent_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """One message: for which process, since when (UTC), and why it was refused; never what it says."""

    key: str
    verb: str
    name: str
    created_at: datetime
    last_error: str


def read_parked(session: Session) -> Sequence[Parked]:
    """All that are parked, the oldest first."""
    return [Parked(**row) for row in session.execute(PARKED).mappings()]


def send_again(session: Session) -> None:
    """Let the relay try all of them anew, with what waits behind them."""
    session.execute(SENT_AGAIN)
