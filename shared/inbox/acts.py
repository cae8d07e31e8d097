"""One thing that somebody does to a referral, as the inbox passes it on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.calendars import Limit
from shared.domain.errors import Conflict
from shared.domain.referral.commands import PauseTerms, SupportTerms, TimeTerms
from shared.domain.referral.moves import Move
from shared.domain.referral.state import Actor
from shared.inbox.routing import NextUnit


class SeenIsOld(Conflict):
    """The person decided on an older state of the referral than the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody wants to do: who, what, to which referral, when they acted (UTC), under which key.

    `code` is the reason (decline, send back, withdraw), the outcome (complete), the ground (pause), the id of
    the unit (appoint) or of the colleague (reassign, delegate). `from_on` and `to_on` are the days of a
    delegation; a pause is until `to_on`. `reported_at`, wall time of the place, and `receipt` say when the
    police were told and who took it; `level` is what an assessment found. `seen_seq` is the state that the
    person was looking at, if said.
    """

    person: Principal
    move: Move
    referral_id: UUID
    at: datetime
    key: str
    code: str = ""
    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    reported_at: datetime | None = None
    receipt: str = ""
    level: str = ""
    seen_seq: int | None = None

    @property
    def request_id(self) -> str:
        """The workflow's key of this request: nobody's key may answer another person's question."""
        return f"{self.person.account_id}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What comes with a move; empty for one that needs nothing."""

    pause: PauseTerms | None = None
    time: TimeTerms | None = None
    idle_after: Limit | None = None
    rule_within: Limit | None = None
    support: SupportTerms | None = None
    to_id: UUID | None = None
    held_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A move that may be asked for: on whose behalf, with which words, on which terms, where it would go."""

    actor: Actor
    note_id: UUID | None
    goes_to: NextUnit | None
    terms: Terms = Terms()
