"""What the health centre answers."""

from marshmallow import fields

from services.health.handlers.working import Section
from shared.domain.health.codes import BedMove, BedStatus, ContactPost, Owing, SignHandling
from shared.web.schemas import KitSchema


class SignedSchema(KitSchema):
    """The contract as it now stands."""

    contract_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    begins_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class NotedSignSchema(KitSchema):
    """An abnormal reading, without its value."""

    code = fields.String(required=True)
    is_urgent = fields.Boolean(required=True)
    handling = fields.Enum(SignHandling, by_value=True, required=True)


class FollowedUpSchema(KitSchema):
    """What became of a follow-up."""

    follow_up_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    next_due_on = fields.Date(required=True)
    signs = fields.List(fields.Nested(NotedSignSchema), required=True)
    is_new = fields.Boolean(required=True)


class HandledSchema(KitSchema):
    """What was done about the signs that waited."""

    handling = fields.Enum(SignHandling, by_value=True, required=True)


class BedMovedSchema(KitSchema):
    """Where a bed stands, and what is owed next."""

    bed_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    status = fields.Enum(BedStatus, by_value=True, required=True)
    next_move = fields.Enum(BedMove, by_value=True, required=True, allow_none=True)
    next_due_on = fields.Date(required=True, allow_none=True)


class DueLineSchema(KitSchema):
    """One thing to do; whom it is about is an id, the name is for the page."""

    enrolment_id = fields.UUID(required=True)
    what = fields.String(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    owing = fields.Enum(Owing, by_value=True, required=True)


class ListedSchema(KitSchema):
    """One list."""

    section = fields.Enum(Section, by_value=True, required=True)
    count = fields.Integer(required=True)
    late = fields.Integer(required=True)
    lines = fields.List(fields.Nested(DueLineSchema), required=True)


class ParticipationSchema(KitSchema):
    """Z-88: who has a doctor, and who of them was followed up."""

    elders = fields.Integer(required=True)
    signed = fields.Integer(required=True)
    followed_up = fields.Integer(required=True)
    signed_percent = fields.Float(required=True, allow_none=True)
    followed_up_percent = fields.Float(required=True, allow_none=True)


class WorkListSchema(KitSchema):
    """The work of the day."""

    listed = fields.Nested(ListedSchema, required=True)
    participation = fields.Nested(ParticipationSchema, required=True)
    page = fields.Integer(required=True)
    has_more = fields.Boolean(required=True)


class AboutSchema(KitSchema):
    """Whom it was about."""

    enrolment_id = fields.UUID(required=True)


class FamilyContactSchema(KitSchema):
    """Who looks after a family in one post, and since when."""

    post = fields.Enum(ContactPost, by_value=True, required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    since_on = fields.Date(required=True)


class FamilySchema(KitSchema):
    """One family: its contacts, and the posts for which nobody is named."""

    enrolment_id = fields.UUID(required=True, attribute="card.enrolment_id")
    contacts = fields.List(fields.Nested(FamilyContactSchema), required=True)
    missing = fields.List(fields.Enum(ContactPost, by_value=True), required=True)


class FamiliesSchema(KitSchema):
    """The families of the territory."""

    families = fields.List(fields.Nested(FamilySchema), required=True)
