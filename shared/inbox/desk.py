"""What the inbox of one service works with, put together once by its application."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from shared.domain.referral.commands import (
    Appoint,
    AskTime,
    Complete,
    Decline,
    Delegate,
    MakeMove,
    Pause,
    Reassign,
)
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.reader import Reader
from shared.inbox.records import NoRecords, RecordLink, Records, nowhere
from shared.persistence.engine import Database
from shared.platform.privacy import Vault
from shared.policies.book import PolicyBook
from shared.process.elders import ElderCards


class Judge(Protocol):
    """Who decides what people race for: the referral's own workflow, behind `shared.temporal.gateway`.

    Each raises `shared.domain.errors` as the domain does, and the gateway's own errors when no answer came.
    """

    def make(self, referral_id: UUID, command: MakeMove) -> ReferralAnswer:
        """Make a simple move."""
        ...

    def decline(self, referral_id: UUID, command: Decline) -> ReferralAnswer:
        """Send it back with a reason."""
        ...

    def complete(self, referral_id: UUID, command: Complete) -> ReferralAnswer:
        """State the outcome."""
        ...

    def appoint(self, referral_id: UUID, command: Appoint) -> ReferralAnswer:
        """Name the unit."""
        ...

    def pause(self, referral_id: UUID, command: Pause) -> ReferralAnswer:
        """Stop the clocks until the next date."""
        ...

    def ask_time(self, referral_id: UUID, command: AskTime) -> ReferralAnswer:
        """Ask for more time."""
        ...

    def reassign(self, referral_id: UUID, command: Reassign) -> ReferralAnswer:
        """Give it to one person of the unit."""
        ...

    def delegate(self, referral_id: UUID, command: Delegate) -> ReferralAnswer:
        """Let somebody stand in for the holder."""
        ...


def at_once(work: Callable[[], None]) -> None:
    """Do it now: where nobody is served over HTTP there is no answer to send first."""
    work()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The inbox's parts. `unit_id` limits the service to one unit; None serves every unit of who signs in.

    `records` are what the department keeps of its own, `elsewhere` the ledger of a unit in another service.
    `afterwards` does what nobody waits for once the answer is on its way.
    """

    database: Database
    judge: Judge
    book: PolicyBook
    vault: Vault
    cards: ElderCards
    unit_id: str | None = None
    records: Records = field(default_factory=NoRecords)
    elsewhere: Callable[[Reader], RecordLink | None] = nowhere
    afterwards: Callable[[Callable[[], None]], None] = at_once
