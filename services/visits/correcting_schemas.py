"""The shapes of what puts a record right: voiding it, and adding what was left out."""

from typing import Any

from marshmallow import fields, post_load

from services.visits.codes import EntryConsent, Gap
from services.visits.schemas import text
from shared.web.schemas import Instant, KitSchema


class VoidSchema(KitSchema):
    """Why a contact is struck from the book: a code of the plan."""

    reason = fields.String(required=True)


class VoidedSchema(KitSchema):
    """A contact struck from the book."""

    contact_id = fields.UUID(required=True)
    voided_at = Instant(required=True)
    voided_by = fields.UUID(required=True)
    reason = fields.String(required=True)
    not_seen_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "the search that begins again because of it"}
    )


class AdditionSchema(KitSchema):
    """What is added to a record; its id and the contact's are in the address."""

    entry_consent = fields.Enum(EntryConsent, by_value=True, load_default=None)
    findings = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    service_items = fields.List(fields.String(), load_default=())
    late_reason = text(100)
    note = text()

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> dict[str, Any]:
        """The fields of the command."""
        return {**values, "service_items": tuple(values["service_items"])}


class CompletedSchema(KitSchema):
    """What an addition has filled, and what the record still lacks."""

    addition_id = fields.UUID(required=True)
    contact_id = fields.UUID(required=True)
    added_at = Instant(required=True)
    closes = fields.List(fields.Enum(Gap, by_value=True), required=True)
    gaps = fields.List(fields.Enum(Gap, by_value=True), required=True)
