"""What a policy says about work handed to a unit (转介): kinds, clocks, ladders, external limits."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.calendars import Limit
from shared.domain.codes import Urgency
from shared.domain.conditions import Condition
from shared.domain.justice.rules import ExternalLimit
from shared.domain.kinds import EndsBy
from shared.policies.handling import EffectRule
from shared.policies.places import Route


class ElderWord(StrEnum):
    """Whose word a referral needs before it is offered (domain §0.2-8)."""

    ELDER = "elder"
    SUPPORTER = "supporter"
    NONE = "none"


class Opening(StrEnum):
    """How a referral of the kind comes about."""

    BY_HAND = "by_hand"
    MISSED_WINDOW = "missed_window"
    UNREACHED_TRY = "unreached_try"


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRule:
    """One step of a ladder as written: how long after the limit, whom, and what is done."""

    after: Limit
    whom: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSpec:
    """One clock of a kind. No limit means no clock; `ladder` is empty where nobody is told."""

    limit: Limit | None
    reminders: tuple[int, ...]
    ladder: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Other clocks for elders whom `when` describes, e.g. 重点人群 (§0.2-1). None keeps the kind's own."""

    when: Condition
    accept: ClockSpec | None
    complete: ClockSpec | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralKind:
    """One kind of work that is handed to a unit (转介事项).

    handling: what may be done to its clocks. view: what the receiver may see. effects: what completing does.
    word_basis: where nobody's word is needed, the clause that says so. needs_receipt: it ends only with
    when it was reported and who took the report, and nobody takes it back (强制报告). support_outcomes: what
    a supporting unit (协办) states instead of an outcome of the kind, where that is the lead's alone.
    feedback: what the elder or the family may answer when asked whether it is solved; with any, the side
    that asked confirms with one of them. shields_reporter: who reported is known to few, and at the door
    nothing of it is read back (X-11).
    """

    code: str
    opened: Opening
    urgency: Urgency
    ends_by: EndsBy
    needs_confirmation: bool
    is_drill: bool
    elders_word: ElderWord
    accept: ClockSpec
    complete: ClockSpec
    variants: tuple[Variant, ...]
    routes: tuple[Route, ...]
    outcomes: tuple[str, ...]
    decline_reasons: tuple[str, ...]
    emergency_numbers: tuple[str, ...]
    external: tuple[ExternalLimit, ...]
    restricted_to: tuple[str, ...]
    source: str
    handling: str
    view: str
    effects: tuple[EffectRule, ...]
    word_basis: str
    needs_receipt: bool
    support_outcomes: tuple[str, ...]
    feedback: tuple[str, ...]
    shields_reporter: bool

    def stated(self, *, as_support: bool) -> tuple[str, ...]:
        """What may be stated as the outcome: of the whole, or of a supporting unit's share."""
        return (self.support_outcomes if as_support else ()) or self.outcomes
