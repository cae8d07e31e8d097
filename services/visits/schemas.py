"""The shapes of visits' requests and answers; unknown fields are refused."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.visits.codes import AssignmentKind, EntryConsent, Gap
from services.visits.handlers.commands import Assign, HandOver, Voucher
from shared.domain.codes import Force, Reach, StateKind, VisitMode
from shared.domain.late_entry import Lateness
from shared.domain.rounds import Flag
from shared.web.schemas import Instant, KitSchema

LONGEST_NOTE = 500
MOST_AT_ONCE = 200


def text(longest: int = LONGEST_NOTE) -> fields.String:
    """A text that may be left out."""
    return fields.String(load_default="", validate=validate.Length(max=longest))


class VoucherSchema(KitSchema):
    """Who vouches for the elder when only others answered."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=30))
    phone = fields.String(required=True, validate=validate.Length(min=3, max=20))

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> Voucher:
        """The voucher itself."""
        return Voucher(**values)


FOR_FINDER = "told to the finder alone, false to everybody else"


class RecordContactSchema(KitSchema):
    """A contact to be put on record; its id is in the address."""

    enrolment_id = fields.UUID(required=True)
    mode = fields.Enum(VisitMode, by_value=True, required=True)
    reach = fields.Enum(Reach, by_value=True, required=True)
    occurred_at = Instant(load_default=None, metadata={"description": "absent: now"})
    sender_now = Instant(
        load_default=None, metadata={"description": "the sender's own clock; one that is off is not believed"}
    )
    visited_by = fields.UUID(load_default=None, metadata={"description": "absent: who records"})
    force = fields.Enum(Force, by_value=True, load_default=None)
    entry_consent = fields.Enum(EntryConsent, by_value=True, load_default=None)
    findings = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    service_items = fields.List(fields.String(), load_default=())
    red_flags = fields.List(fields.String(), load_default=())
    voucher = fields.Nested(VoucherSchema, load_default=None)
    next_contact_on = fields.Date(load_default=None)
    late_reason = text(100)
    note = text()
    report_separately = fields.Boolean(
        load_default=False,
        metadata={"description": "signs of violence or neglect: opens the report that the law demands"},
    )
    report_words = text()


class ReasonSchema(KitSchema):
    """Why, as a code with its parameters and the clause it rests on."""

    code = fields.String(required=True)
    params = fields.Function(lambda reason: dict(reason.params), required=True)
    source = fields.String(required=True)


class WithheldSchema(KitSchema):
    """An obligation that the contact does not count for."""

    obligation = fields.String(required=True)
    reason = fields.Nested(ReasonSchema, required=True)


class ContactRecordedSchema(KitSchema):
    """What became of a contact: its verdict, what it lacks, what it set off."""

    contact_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    occurred_at = Instant(required=True)
    recorded_at = Instant(required=True)
    is_reached = fields.Boolean(required=True)
    counts_for = fields.List(fields.String(), required=True)
    reason = fields.Nested(ReasonSchema, required=True)
    withheld = fields.List(fields.Nested(WithheldSchema), required=True)
    to_verify = fields.List(fields.String(), required=True)
    lateness = fields.Enum(Lateness, by_value=True, required=True)
    is_clock_off = fields.Boolean(required=True)
    gaps = fields.List(fields.Enum(Gap, by_value=True), required=True)
    not_seen_id = fields.UUID(required=True, allow_none=True)
    ended_not_seen_id = fields.UUID(required=True, allow_none=True)
    is_reported = fields.Boolean(required=True, metadata={"description": FOR_FINDER})
    policy_hash = fields.String(required=True)


class OwedSchema(KitSchema):
    """What is still owed in an open window."""

    obligation = fields.String(required=True)
    missing = fields.Integer(required=True)
    required = fields.Integer(required=True)
    closes_at = Instant(required=True)


class RoundStopSchema(KitSchema):
    """One elder of the round; ids and codes, no name: programs fetch a card where they need one."""

    enrolment_id = fields.UUID(required=True, attribute="stop.enrolment_id")
    owed = fields.List(fields.Nested(OwedSchema), required=True, attribute="stop.owed")
    flags = fields.List(fields.Enum(Flag, by_value=True), required=True)
    last_seen_on = fields.Date(required=True, allow_none=True, attribute="stop.last_seen_on")
    not_seen_since = Instant(required=True, allow_none=True, attribute="stop.not_seen_since")
    retry_by = Instant(required=True, allow_none=True)
    state = fields.Enum(StateKind, by_value=True, required=True, allow_none=True, attribute="stop.state")


class RoundSchema(KitSchema):
    """Today's round, in order."""

    on = fields.Date(required=True)
    due = fields.List(fields.Nested(RoundStopSchema), required=True)
    resting = fields.List(fields.Nested(RoundStopSchema), required=True)
    settled = fields.List(fields.Nested(RoundStopSchema), required=True)


class AddedSchema(KitSchema):
    """What somebody added to a contact later."""

    at = Instant(required=True)
    by = fields.String(required=True)
    entry_consent = fields.Enum(EntryConsent, by_value=True, required=True, allow_none=True)
    findings = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    service_items = fields.List(fields.String(), required=True)
    late_reason = fields.String(required=True)
    note = fields.String(required=True)


class BookLineSchema(KitSchema):
    """One contact of the visit book; the words in it are for who may read the elder's file."""

    contact_id = fields.UUID(required=True, attribute="contact.contact_id")
    occurred_at = Instant(required=True, attribute="contact.occurred_at")
    recorded_at = Instant(required=True, attribute="contact.recorded_at")
    mode = fields.Enum(VisitMode, by_value=True, required=True, attribute="contact.mode")
    reach = fields.Enum(Reach, by_value=True, required=True, attribute="contact.reach")
    force = fields.Enum(Force, by_value=True, required=True, attribute="contact.force")
    entry_consent = fields.Enum(EntryConsent, by_value=True, required=True, attribute="contact.entry_consent")
    counts_for = fields.List(fields.String(), required=True, attribute="contact.counts_for")
    reason = fields.Nested(ReasonSchema, required=True)
    findings = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    service_items = fields.List(fields.String(), required=True, attribute="contact.service_items")
    gaps = fields.List(fields.String(), required=True, metadata={"description": "what it still lacks"})
    batch_id = fields.UUID(required=True, allow_none=True, attribute="contact.batch_id")
    visitor = fields.String(required=True)
    recorder = fields.String(required=True)
    note = fields.String(required=True)
    voided_at = Instant(required=True, allow_none=True, attribute="contact.voided_at")
    void_reason = fields.String(required=True, allow_none=True, attribute="contact.void_reason")
    voider = fields.String(required=True)
    additions = fields.List(fields.Nested(AddedSchema), required=True)
    is_reported = fields.Boolean(required=True, metadata={"description": FOR_FINDER})


class BookPageSchema(KitSchema):
    """A page of the visit book, the newest first."""

    items = fields.List(fields.Nested(BookLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class AssignSchema(KitSchema):
    """Elders for a visitor: for good, or for some days in somebody's place."""

    enrolment_ids = fields.List(
        fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )
    account_id = fields.UUID(required=True)
    kind = fields.Enum(AssignmentKind, by_value=True, load_default=AssignmentKind.REGULAR)
    from_on = fields.Date(required=True)
    to_on = fields.Date(load_default=None)

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> Assign:
        """The command itself."""
        return Assign(**{**values, "enrolment_ids": tuple(values["enrolment_ids"])})


class HandOverSchema(KitSchema):
    """A visitor's whole round for another one."""

    leaving_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    kind = fields.Enum(AssignmentKind, by_value=True, load_default=AssignmentKind.SUBSTITUTE)
    from_on = fields.Date(required=True)
    to_on = fields.Date(load_default=None)

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> HandOver:
        """The command itself."""
        return HandOver(**values)


class AssignedSchema(KitSchema):
    """Who now has this visitor."""

    account_id = fields.UUID(required=True)
    enrolment_ids = fields.List(fields.UUID(), required=True)
    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True, allow_none=True)


class NoticeSchema(KitSchema):
    """One notice of who asks; it names no elder."""

    notice_id = fields.UUID(required=True)
    words = fields.String(required=True)
    at = Instant(required=True)
    is_urgent = fields.Boolean(required=True)
    referral_id = fields.UUID(required=True, allow_none=True)
    acknowledged_at = Instant(required=True, allow_none=True)
