"""What can be asked of visits, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.visits.codes import AssignmentKind, EntryConsent, Gap
from shared.domain.classification import Reason
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.late_entry import Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """Who vouches that the elder is well when only others answered (domain §0.2-1)."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact:
    """Put a try to reach an elder on record (登记). `contact_id` is made by who records, once per contact.

    occurred_at: None means now. sender_now: what the phone's clock showed when it sent this.
    visited_by, force: None means the person who records. batch_id: with which others it was typed in at once.
    report_separately: signs of violence or neglect were seen (X-11); report_words: which, for the report.
    """

    contact_id: UUID
    enrolment_id: UUID
    mode: VisitMode
    reach: Reach
    occurred_at: datetime | None = None
    sender_now: datetime | None = None
    visited_by: UUID | None = None
    force: Force | None = None
    entry_consent: EntryConsent | None = None
    findings: Mapping[str, str] = field(default_factory=dict)
    service_items: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    voucher: Voucher | None = None
    next_contact_on: date | None = None
    late_reason: str = ""
    note: str = ""
    batch_id: UUID | None = None
    report_separately: bool = False
    report_words: str = field(default="", repr=False)

    @property
    def is_reported(self) -> bool:
        """Whether something is reported separately; words for it are enough."""
        return self.report_separately or bool(self.report_words.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteRecord:
    """Add to a record what was left out at the door (补充). `addition_id` is made by who adds, once each.

    rest_unchanged: whatever is still unanswered has not changed (J-22).
    """

    addition_id: UUID
    contact_id: UUID
    entry_consent: EntryConsent | None = None
    findings: Mapping[str, str] = field(default_factory=dict)
    rest_unchanged: bool = False
    service_items: tuple[str, ...] = ()
    late_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCompleted:
    """What was added, when, and what the record still lacks."""

    addition_id: UUID
    contact_id: UUID
    added_at: datetime
    closes: tuple[Gap, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How a record came in, and as which force whoever went is believed to have come.

    What is loaded announces nothing: it reaches the processes at their start.
    """

    received_at: datetime
    force: Force
    announces: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """An obligation that a contact does not count for, and why not."""

    obligation: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecorded:
    """What became of the record: the verdict with its reason, what it lacks, and what it set off.

    not_seen_id: the referral 未见到老人 that it opened or added to. ended_not_seen_id: the one that it ended.
    is_reported: 需单独汇报, told to the finder alone.
    """

    contact_id: UUID
    enrolment_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    is_reached: bool
    counts_for: tuple[str, ...]
    reason: Reason
    withheld: tuple[Withheld, ...]
    to_verify: tuple[str, ...]
    lateness: Lateness
    is_clock_off: bool
    gaps: tuple[Gap, ...]
    not_seen_id: UUID | None
    ended_not_seen_id: UUID | None
    is_reported: bool
    policy_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give elders to a visitor: for good, or for some days in somebody's place (顶岗)."""

    enrolment_ids: tuple[UUID, ...]
    account_id: UUID
    kind: AssignmentKind = AssignmentKind.REGULAR
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Give a visitor's whole round to another one (请假、调岗): for some days, or for good."""

    leaving_id: UUID
    account_id: UUID
    kind: AssignmentKind
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """The elders that now have this visitor."""

    account_id: UUID
    enrolment_ids: tuple[UUID, ...]
    from_on: date
    to_on: date | None
