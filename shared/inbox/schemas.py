"""What the inbox's API takes and gives."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

from shared.domain.codes import RecipientRole
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.state import ClockName
from shared.inbox.codes import Consent, View, Word
from shared.inbox.filters import ListQuery
from shared.inbox.move_schemas import LONGEST_CODE, LONGEST_TEXT
from shared.process.notices import ChannelCode
from shared.web.paging import PageQuerySchema
from shared.web.schemas import Instant, KitSchema

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody would like to hand to another unit, as typed."""

    enrolment_id: UUID
    kind: str
    text: str
    word: Word
    who: str
    why: str
    clause: str
    requesting_unit_id: str
    origin_id: UUID | None


class ListQuerySchema(PageQuerySchema):
    """Which list, and which part of it."""

    view = fields.Enum(View, by_value=True, load_default=View.POOL)
    kind = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))
    status = fields.Enum(Status, by_value=True, load_default=None)
    q = fields.String(
        load_default="",
        attribute="search",
        validate=validate.Length(max=LONGEST_NAME),
        metadata={"description": "a surname, part of a kind's name, or a short number"},
    )
    urgent = fields.Boolean(load_default=False, attribute="only_urgent")
    late = fields.Boolean(
        load_default=False, attribute="only_late", metadata={"description": "only those past a limit"}
    )

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> ListQuery:
        """As the lists are read."""
        return ListQuery(**loaded)


class OfferSchema(KitSchema):
    """A new referral about one elder, with the elder's word."""

    enrolment_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_CODE))
    text = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_TEXT))
    word = fields.Enum(Word, required=True, by_value=True)
    who = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    why = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))
    clause = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))
    requesting_unit_id = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))
    origin_id = fields.UUID(load_default=None, allow_none=True)

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> Wish:
        """As the pages and the API take it."""
        return Wish(**loaded)


class OfferedSchema(KitSchema):
    """Where the new referral is found."""

    referral_id = fields.UUID(required=True)


class ClockSchema(KitSchema):
    """One running clock."""

    name = fields.Enum(ClockName, by_value=True, required=True)
    started_at = Instant(required=True)
    limit_at = Instant(required=True)
    is_late = fields.Boolean(required=True)
    used_percent = fields.Integer(required=True)
    is_provisional = fields.Boolean(
        required=True, metadata={"description": "counts days of a year whose work days nobody has published"}
    )


class AnswerSchema(KitSchema):
    """Where the referral stands after a move."""

    status = fields.Enum(Status, by_value=True, required=True)
    unit_id = fields.String(required=True)
    holder_id = fields.UUID(required=True, allow_none=True)
    held_since = Instant(required=True, allow_none=True)
    accept_by = Instant(required=True, allow_none=True)
    complete_by = Instant(required=True, allow_none=True)
    seq = fields.Integer(required=True, metadata={"description": "for If-Match"})


class ReferralSchema(AnswerSchema):
    """One referral in a list. The elder is masked; the words are in the referral itself."""

    referral_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    kind_words = fields.String(required=True)
    is_urgent = fields.Boolean(required=True)
    is_drill = fields.Boolean(required=True)
    requesting_unit_id = fields.String(required=True)
    holder = fields.String(required=True)
    offered_at = Instant(required=True)
    elder = fields.String(required=True, metadata={"description": "masked"})
    clocks = fields.List(fields.Nested(ClockSchema), required=True)


class ReferralListSchema(KitSchema):
    """One page of a list."""

    items = fields.List(fields.Nested(ReferralSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class LineSchema(KitSchema):
    """One line of the ledger."""

    at = Instant(required=True)
    who = fields.String(required=True)
    what = fields.String(required=True)
    text = fields.String(required=True)
    is_clock_off = fields.Boolean(required=True)


class ReachedSchema(KitSchema):
    """One channel to one person."""

    channel = fields.Enum(ChannelCode, by_value=True, required=True)
    at = Instant(required=True)
    is_delivered = fields.Boolean(required=True)
    tries = fields.Integer(required=True)


class ToldSchema(KitSchema):
    """One person whom a rung told: by which channels, and when they read and confirmed it."""

    name = fields.String(required=True)
    due_at = Instant(required=True)
    reached = fields.List(fields.Nested(ReachedSchema), required=True)
    read_at = Instant(required=True, allow_none=True)
    acknowledged_at = Instant(required=True, allow_none=True)
    phoned_at = Instant(required=True, allow_none=True)
    phoned_by = fields.String(required=True)


class RungSchema(KitSchema):
    """One rung that was climbed; `told` is empty to who may not see other people's notices."""

    clock = fields.String(required=True)
    number = fields.Integer(required=True)
    action = fields.String(required=True)
    at = Instant(required=True)
    unit = fields.String(required=True)
    role = fields.Enum(RecipientRole, by_value=True, required=True)
    is_sent = fields.Boolean(required=True)
    is_vacant = fields.Boolean(required=True)
    told = fields.List(fields.Nested(ToldSchema), required=True)


class ReferralDetailSchema(ReferralSchema):
    """One referral with its words and what may be done now."""

    asked = fields.String(required=True)
    consent = fields.Enum(Consent, by_value=True, required=True)
    outcome = fields.String(required=True)
    ledger = fields.List(fields.Nested(LineSchema), required=True)
    rungs = fields.List(fields.Nested(RungSchema), required=True)
    moves = fields.List(fields.Enum(Move, by_value=True), required=True)
    outcomes = fields.List(fields.String(), required=True)
    feedback = fields.List(fields.String(), required=True)
    decline_reasons = fields.List(fields.String(), required=True)
