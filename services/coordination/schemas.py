"""What coordination's pages and API accept."""

from typing import Any

from marshmallow import fields, post_load

from services.coordination.figures import Concern, FigureQuery, GroupBy, RatePart
from services.coordination.operating import ProcessQuery
from shared.domain.indicators import Standing
from shared.web.paging import PageQuerySchema
from shared.web.schemas import Instant, KitSchema


class NamesQuerySchema(KitSchema):
    """Which figure: a concern, a number of a rate, or a cell of a table."""

    concern = fields.Enum(Concern, by_value=True, load_default=None)
    obligation = fields.String(load_default=None)
    closes_at = Instant(load_default=None)
    part = fields.Enum(RatePart, by_value=True, load_default=RatePart.UNMET)
    by = fields.Enum(GroupBy, by_value=True, load_default=None)
    key = fields.String(load_default="")
    standing = fields.Enum(Standing, by_value=True, load_default=None)

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> FigureQuery:
        """As it is looked up."""
        return FigureQuery(**loaded)


class ProcessQuerySchema(PageQuerySchema):
    """Which processes an operator follows."""

    drills = fields.Boolean(load_default=False)
    ended = fields.Boolean(load_default=False)

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> ProcessQuery:
        """As they are read."""
        return ProcessQuery(**loaded)


class AddVisitFormSchema(KitSchema):
    """加访: until which day. The id makes a form sent twice one visit."""

    extra_id = fields.UUID(required=True)
    due_on = fields.Date(required=True)


class AddVisitSchema(AddVisitFormSchema):
    """The same as JSON."""


class DoneSchema(KitSchema):
    """What was added."""

    extra_id = fields.UUID(required=True)


class TallySchema(KitSchema):
    """How many stand how, as enrolment ids."""

    due = fields.List(fields.UUID())
    met = fields.List(fields.UUID())
    at_risk = fields.List(fields.UUID())
    missed = fields.List(fields.UUID())


class GroupSchema(KitSchema):
    """One line of a table."""

    key = fields.String()
    name = fields.String()
    tally = fields.Nested(TallySchema)


class RateSchema(KitSchema):
    """The rate of one obligation and period, raw and adjusted."""

    obligation = fields.String()
    closes_at = fields.AwareDateTime()
    raw = fields.Float(allow_none=True)
    adjusted = fields.Float(allow_none=True)
    met = fields.List(fields.UUID())
    unmet = fields.List(fields.UUID())
    set_aside = fields.List(fields.UUID())


class NotSeenSchema(KitSchema):
    """An elder whom a try did not reach."""

    enrolment_id = fields.UUID()
    referral_id = fields.UUID()
    opened_at = fields.AwareDateTime()
    tries = fields.Integer()
    has_red_flag = fields.Boolean()


class ExplainedSchema(KitSchema):
    """An elder who was not seen and of whom somebody says where they are."""

    enrolment_id = fields.UUID()
    state = fields.String()
    opened_at = fields.AwareDateTime()


class ChaseSchema(KitSchema):
    """An open chase and its rung."""

    enrolment_id = fields.UUID()
    referral_id = fields.UUID()
    rung = fields.Integer()
    holder_id = fields.UUID(allow_none=True)
    unit_id = fields.String()
    offered_at = fields.AwareDateTime()


class RefusedSchema(KitSchema):
    """What could not be registered after the end of some work, by the code of the rule that refused it."""

    effect_id = fields.UUID()
    enrolment_id = fields.UUID()
    referral_id = fields.UUID(allow_none=True)
    effect = fields.String()
    kind = fields.String()
    unit_id = fields.String()
    reason = fields.String()
    refused_at = fields.AwareDateTime()


class BoardSchema(KitSchema):
    """The board as figures."""

    as_of = fields.AwareDateTime()
    not_seen = fields.List(fields.Nested(NotSeenSchema))
    explained = fields.List(fields.Nested(ExplainedSchema))
    nobody = fields.List(fields.UUID())
    chases = fields.List(fields.Nested(ChaseSchema))
    long_unseen = fields.List(fields.UUID())
    refused = fields.List(fields.Nested(RefusedSchema))
    is_held_up = fields.Boolean(
        metadata={"description": "something written down has not reached its process"}
    )
    by_area = fields.List(fields.Nested(GroupSchema))
    by_visitor = fields.List(fields.Nested(GroupSchema))
    rates = fields.List(fields.Nested(RateSchema))


class WindowSchema(KitSchema):
    """One period in which something is owed, and how it went or goes."""

    obligation = fields.String()
    opens_at = fields.AwareDateTime()
    closes_at = fields.AwareDateTime()
    required = fields.Integer()
    done = fields.Integer()
    outcome = fields.String()
    is_excused = fields.Boolean()


class StoryLineSchema(KitSchema):
    """One thing that happened, in words; `on` where the day is all that may be known."""

    at = fields.AwareDateTime()
    on = fields.Date(allow_none=True)
    kind = fields.String()
    words = fields.String()
    detail = fields.String()
    referral_id = fields.UUID(allow_none=True)


class ElderSchema(KitSchema):
    """One elder without a name: how they stand, what happens next in words, and what has happened."""

    enrolment_id = fields.UUID(attribute="elder.enrolment_id")
    area_code = fields.String(attribute="elder.area_code")
    tier = fields.String(attribute="elder.tier", allow_none=True)
    groups = fields.List(fields.String(), attribute="elder.groups")
    state = fields.String(attribute="elder.state_kind", allow_none=True)
    state_status = fields.String(attribute="elder.state_status", allow_none=True)
    left_at = fields.AwareDateTime(attribute="elder.left_at", allow_none=True)
    running = fields.String(attribute="ahead.running", metadata={"description": "the chase, if one runs"})
    steps = fields.List(fields.String(), attribute="ahead.steps")
    windows = fields.List(fields.Nested(WindowSchema), metadata={"description": "newest first"})
    timeline = fields.List(fields.Nested(StoryLineSchema), attribute="lines")
