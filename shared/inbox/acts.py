"""One thing that somebody does to a referral, as the inbox passes it on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.errors import Conflict
from shared.domain.referral.moves import Move
from shared.domain.referral.state import Actor
from shared.inbox.routing import NextUnit


class SeenIsOld(Conflict):
    """The person decided on an older state of the referral than the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody wants to do: who, what, to which referral, when they acted (UTC), under which key.

    `code` is the reason (decline, send back, withdraw), the outcome (complete) or the unit's id (appoint).
    `seen_seq` is the state that the person was looking at, if they said so.
    """

    person: Principal
    move: Move
    referral_id: UUID
    at: datetime
    key: str
    code: str = ""
    text: str = ""
    seen_seq: int | None = None

    @property
    def request_id(self) -> str:
        """The workflow's key of this request: nobody's key may answer another person's question."""
        return f"{self.person.account_id}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A move that may be asked for: on whose behalf, with which stored words, and where the work would go."""

    actor: Actor
    note_id: UUID | None
    goes_to: NextUnit | None
