"""What follows from a piece of work that has ended, carried to the service whose facts it changes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.codes import StateKind
from shared.domain.facts import Spell
from shared.domain.kinds import Effect, HowSeen
from shared.domain.population import PopulationChange


@dataclass(frozen=True, slots=True, kw_only=True)
class BedInUse:
    """A home bed (家庭病床) as it now stands; of two messages about one the higher version is later."""

    bed_id: UUID
    version: int
    spell: Spell


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOut:
    """One effect (办结之后), to be carried out once: `effect_id` is its business key.

    `account_id` of `unit_id` stated the outcome at `at`; it stands behind what is recorded, so that it cannot
    be the second person. `confirmed_by` is a second person who has confirmed it already, if anybody has.
    `state` is what RECORD_STATE records. `moved_to` is the 12-digit area moved to, if known. `news` is what
    RECORD_STATE brings of a resident instead, and `happened_on` its day; its words are sealed elsewhere.
    `kind` is the work that ended, `referral_id` which piece of it, if any. `seen`: what RECORD_CONTACT
    saw, at `at`.
    `scale` and `level` are what RECORD_ABILITY records. `bed` is what FOLLOW_HOME_BED tells; `voids` is the
    RECORD_CONTACT whose contact VOID_CONTACT strikes out, or the news that RECORD_STATE takes back.
    """

    effect_id: UUID
    effect: Effect
    jurisdiction_id: str
    enrolment_id: UUID
    at: datetime
    account_id: UUID
    unit_id: str
    state: StateKind | None = None
    confirmed_by: UUID | None = None
    moved_to: str = ""
    news: PopulationChange | None = None
    happened_on: date | None = None
    kind: str = ""
    referral_id: UUID | None = None
    seen: HowSeen | None = None
    scale: str = ""
    level: str = ""
    bed: BedInUse | None = None
    voids: UUID | None = None


class Carried(StrEnum):
    """What came of it."""

    DONE = "done"
    DONE_BEFORE = "done_before"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut:
    """The service's answer; `reason` is the code of the rule that refused it."""

    came: Carried
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEffect:
    """An effect that its owner's rules have refused: a person must see to it."""

    asked: CarryOut
    reason: str
    refused_at: datetime
