"""What is filed beside the moves of a referral, as the pages and the API take it and give it."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import EXCLUDE, fields, post_load, validate

from shared.inbox.filing.field_requests import ASKABLE
from shared.inbox.move_schemas import LONGEST_CODE, LONGEST_TEXT, MoveSchema
from shared.policies.handling import Field
from shared.web.schemas import Instant, KitSchema


class RemarkSchema(KitSchema):
    """Something said beside the moves (留言)."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_TEXT))


class AttachSchema(KitSchema):
    """One file, as a form sends it."""

    file = Upload(required=True)


class WatcherFormSchema(KitSchema):
    """Who is to be told of each step (抄送)."""

    account_id = fields.UUID(required=True)


class AskFieldsSchema(KitSchema):
    """Which fields of the elder the receiver asks for, and why."""

    wanted = fields.List(
        fields.Enum(Field, by_value=True, validate=validate.OneOf(ASKABLE)),
        required=True,
        validate=validate.Length(min=1, max=len(ASKABLE)),
    )
    reason = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_TEXT))


class AnswerFieldsSchema(KitSchema):
    """Whether they are granted, and what is said to it."""

    granted = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))


class DraftSchema(MoveSchema):
    """An outcome as far as it is written; what else the form asks for is not kept."""

    class Meta:
        """The whole form is sent."""

        unknown = EXCLUDE

    outcome = fields.String(load_default="", attribute="code", validate=validate.Length(max=LONGEST_CODE))
    level = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> Any:  # noqa: ANN401 - as its parent makes it
        """As the moves take it."""
        return super().make(loaded)


class MadeSchema(KitSchema):
    """Where the new thing is found."""

    id = fields.UUID(required=True)


class FiledNoteSchema(KitSchema):
    """One remark."""

    note_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    unit_id = fields.String(required=True)
    at = Instant(required=True)
    text = fields.String(required=True)


class AttachmentSchema(KitSchema):
    """One attachment; its content is fetched by its id."""

    attachment_id = fields.UUID(required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True)
    account_id = fields.UUID(required=True)
    at = Instant(required=True)


class AskedFieldsSchema(KitSchema):
    """One question about fields and its answer, if there is one."""

    request_id = fields.UUID(required=True)
    unit_id = fields.String(required=True)
    account_id = fields.UUID(required=True)
    wanted = fields.List(fields.Enum(Field, by_value=True), required=True, attribute="fields")
    reason = fields.String(required=True)
    asked_at = Instant(required=True)
    is_granted = fields.Boolean(required=True, allow_none=True)
    answer = fields.String(required=True)
    answered_by = fields.UUID(required=True, allow_none=True)
    answered_at = Instant(required=True, allow_none=True)


class FiledSchema(KitSchema):
    """The file of a referral beside its moves."""

    remarks = fields.List(fields.Nested(FiledNoteSchema), required=True)
    unfounded = fields.List(fields.Nested(FiledNoteSchema), required=True)
    is_unfounded = fields.Boolean(required=True)
    attachments = fields.List(fields.Nested(AttachmentSchema), required=True)
    watchers = fields.List(fields.UUID(), required=True)
    field_requests = fields.List(fields.Nested(AskedFieldsSchema), required=True, attribute="asked")
