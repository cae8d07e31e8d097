"""What the office's API and forms take and give."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.justice.messages import NOT_A_STEP
from shared.domain.justice.codes import Channel, RecordKind, Stage, Step
from shared.web.schemas import Instant, KitSchema, WholeNumber

NOT_TAKEN = frozenset({Step.OPENED, Step.PERSON_NAMED})
"""Lines of a journal that are no steps of its course: each has a way of its own."""

LONGEST_TEXT = 4000
LONGEST_REPLY = 2000
LONGEST_NAME = 40
LONGEST_CODE = 60
MOST_CODES = 20


class OpenFormSchema(KitSchema):
    """The form with which a record is begun."""

    kept_by = fields.UUID(load_default=None, allow_none=True)
    channel = fields.Enum(Channel, by_value=True, load_default=None, allow_none=True)
    matter = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))
    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))


class OpenRecordSchema(OpenFormSchema):
    """The same for a program, with the referral and the kind of record."""

    referral_id = fields.UUID(required=True)
    kind = fields.Enum(RecordKind, by_value=True, required=True)


class PersonFormSchema(KitSchema):
    """Who is to be the named person."""

    kept_by = fields.UUID(required=True)


class StepFormSchema(KitSchema):
    """What comes with a step: its day, a choice, words."""

    on = fields.Date(required=True)
    detail = fields.List(
        fields.String(validate=validate.Length(max=LONGEST_CODE)),
        load_default=list,
        validate=validate.Length(max=MOST_CODES),
    )
    member_id = fields.UUID(load_default=None, allow_none=True)
    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))
    reply = fields.String(load_default="", validate=validate.Length(max=LONGEST_REPLY))
    name = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    phone = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    seen = WholeNumber(
        load_default=None,
        allow_none=True,
        metadata={"description": "how many entries you have read; a newer one refuses the step"},
    )

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> dict[str, Any]:
        """Codes in order and once each, as the command takes them."""
        return {**loaded, "detail": tuple(dict.fromkeys(loaded["detail"]))}


class TakeStepSchema(StepFormSchema):
    """The same for a program, with the step."""

    step = fields.Enum(
        Step,
        by_value=True,
        required=True,
        validate=validate.NoneOf(NOT_TAKEN, error=NOT_A_STEP),
    )


class RecordIdSchema(KitSchema):
    """Which record it was."""

    record_id = fields.UUID(required=True)


class RecordDueSchema(KitSchema):
    """One limit; `body` is whose it is, empty for ours."""

    code = fields.String(required=True)
    body = fields.String(required=True)
    source = fields.String(required=True)
    starts_on = fields.Date(required=True)
    by = fields.Date(required=True)
    met_on = fields.Date(required=True, allow_none=True)


class RecordItemSchema(KitSchema):
    """One record in a list; the client is masked."""

    record_id = fields.UUID(required=True, attribute="record.record_id")
    referral_id = fields.UUID(required=True, attribute="record.referral_id")
    kind = fields.Enum(RecordKind, by_value=True, required=True, attribute="record.kind")
    stage = fields.Enum(Stage, by_value=True, required=True, attribute="record.stage")
    client = fields.String(required=True)
    kept_by = fields.String(required=True)
    next_due = fields.Nested(RecordDueSchema, required=True, allow_none=True, attribute="runs.next_due")


class RecordListSchema(KitSchema):
    """One page of what the unit has open."""

    items = fields.List(fields.Nested(RecordItemSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class JournalLineSchema(KitSchema):
    """One line of the journal."""

    step = fields.Enum(Step, by_value=True, required=True, attribute="event.step")
    on = fields.Date(required=True, attribute="event.on")
    detail = fields.String(required=True, attribute="event.detail")
    member_id = fields.UUID(required=True, allow_none=True, attribute="event.member_id")
    text = fields.String(required=True, attribute="words.text")
    who = fields.String(required=True)
    written_at = Instant(required=True)


class RecordSchema(KitSchema):
    """One record with its journal, its limits and the steps that are possible now."""

    record_id = fields.UUID(required=True, attribute="record.record_id")
    referral_id = fields.UUID(required=True, attribute="record.referral_id")
    kind = fields.Enum(RecordKind, by_value=True, required=True, attribute="record.kind")
    stage = fields.Enum(Stage, by_value=True, required=True, attribute="record.stage")
    outcome = fields.String(required=True, attribute="record.outcome")
    client = fields.String(required=True)
    kept_by = fields.String(required=True)
    lines = fields.List(fields.Nested(JournalLineSchema), required=True)
    dues = fields.List(fields.Nested(RecordDueSchema), required=True)
    steps = fields.List(fields.Enum(Step, by_value=True), required=True)
    member_steps = fields.List(fields.Enum(Step, by_value=True), required=True)
