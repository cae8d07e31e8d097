"""What one may ask coordination to do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AddVisit:
    """加访: one more visit for one elder, owed by the end of a business day."""

    extra_id: UUID
    enrolment_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDrill:
    """发起演练: a referral with one-minute clocks, marked, and left out of every figure."""

    drill_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Phoned:
    """Somebody was told by telephone what they had not acknowledged (待电话通知)."""

    account_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Somebody has done by hand what rules had refused to do by themselves (办结后未能登记)."""

    effect_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPolicy:
    """Put a policy on record as it stands, so that it can be read when its files have changed (J-06)."""

    policy_hash: str
    policy_id: str
    in_force_from: date
    content: str
