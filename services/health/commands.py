"""What can be asked of the health centre, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shared.domain.health.codes import (
    BedMove,
    BedStatus,
    ContactPost,
    FollowUpResult,
    FollowUpWay,
    SignHandling,
    Vital,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignContract:
    """Put a contract or its renewal on record (签约、续签), and say what the elder is followed up for."""

    enrolment_id: UUID
    team: str
    signed_on: date
    programmes: tuple[str, ...] = ()
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The contract as it now stands."""

    contract_id: UUID
    enrolment_id: UUID
    begins_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPlan:
    """Stop following the elder up in one programme."""

    enrolment_id: UUID
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFollowUp:
    """Put a follow-up on record (随访), with what was measured."""

    enrolment_id: UUID
    programme: str
    done_on: date
    way: FollowUpWay
    result: FollowUpResult
    readings: Mapping[Vital, Decimal] = field(default_factory=dict)
    note: str = ""
    referral_id: UUID | None = None


class RecordKind(StrEnum):
    """What can be struck out, one record at a time."""

    CONTRACT = "contract"
    FOLLOW_UP = "follow_up"
    BED_STEP = "home_bed_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRecord:
    """Strike out (作废) what was typed in wrongly; it stays readable, and counts no more."""

    kind: RecordKind
    record_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSign:
    """What was abnormal, and what is done about it."""

    code: str
    is_urgent: bool
    handling: SignHandling


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp:
    """What became of a follow-up; `is_new` says whether it was not on record yet."""

    follow_up_id: UUID
    enrolment_id: UUID
    next_due_on: date
    signs: tuple[NotedSign, ...]
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferSigns:
    """What the elder says to being referred because of an abnormal reading (转医)."""

    enrolment_id: UUID
    is_agreed: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForBed:
    """Ask for a home bed (申请建床)."""

    enrolment_id: UUID
    applied_on: date
    note: str = ""
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBed:
    """One more step of a home bed."""

    bed_id: UUID
    move: BedMove
    done_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedMoved:
    """Where the bed stands now, and what is owed next."""

    bed_id: UUID
    enrolment_id: UUID
    status: BedStatus
    next_move: BedMove | None
    next_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameContact:
    """Name who looks after a 计划生育特殊家庭 in one post, in the place of whoever did before."""

    enrolment_id: UUID
    post: ContactPost
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReferral:
    """End a referral from what is on record here (办结转介); `key` makes it act once."""

    enrolment_id: UUID
    referral_id: UUID
    outcome: str
    text: str
    key: str
