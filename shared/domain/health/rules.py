"""What one plan says about the health centre's work: lengths, limits and thresholds, each with its clause."""

from dataclasses import dataclass
from decimal import Decimal

from shared.domain.calendars import Limit
from shared.domain.health.codes import BedMove, ContactPost, Evidence, Vital
from shared.domain.kinds import HowSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRules:
    """How long a contract (签约) holds, and how long before its end its renewal is called for."""

    months: int
    renew_within_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One reason for regular follow-up (高血压、糖尿病、体检), and how often."""

    code: str
    every_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeBedRules:
    """The limits of a home bed: seen and agreed in time, a round every so many days, then a review.

    visits: the steps at which somebody of the centre sees the elder; seen: what each is worth as a contact.
    """

    first_visit: Limit
    agreement: Limit
    round_days: int
    review_days: int
    visits: tuple[BedMove, ...]
    seen: HowSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalRule:
    """What a reading can be at all: anything outside is a slip of the pen. `decimals` are those written."""

    vital: Vital
    least: Decimal
    most: Decimal
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From which reading on something is wrong; `sign` is the one word that others may hear of it.

    `kind` is the kind of referral that such a reading opens, or answers if one is open.
    """

    sign: str
    vital: Vital
    at_least: Decimal | None
    at_most: Decimal | None
    is_urgent: bool
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRules:
    """All of it. `evidence` says for an outcome of a referral which records it must rest on.

    `contact_posts` are the contacts that each 计划生育特殊家庭 must have by name.
    """

    contract: ContractRules
    programmes: tuple[Programme, ...]
    remind_days: int
    home_bed: HomeBedRules
    vitals: tuple[VitalRule, ...]
    thresholds: tuple[Threshold, ...]
    evidence: dict[str, tuple[Evidence, ...]]
    contact_posts: tuple[ContactPost, ...]

    def programme(self, code: str) -> Programme | None:
        """The programme of that code, if this plan has it."""
        return next((each for each in self.programmes if each.code == code), None)
