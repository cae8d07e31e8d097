"""What every command takes or gives back: a decision, an id, that it was done."""

from marshmallow import fields

from shared.web.schemas import KitSchema


class DecisionSchema(KitSchema):
    """Confirmed, or refused."""

    is_confirmed = fields.Boolean(required=True)


class IdSchema(KitSchema):
    """The id of what was made; none if nothing was."""

    id = fields.UUID(allow_none=True)


class DoneSchema(KitSchema):
    """Nothing to tell but that it was done."""

    is_done = fields.Boolean()
