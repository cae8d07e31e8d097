"""What the forms and the API of rosters take and give."""

from marshmallow import fields, validate

from services.care_register.codes import RowOutcome
from shared.domain.roster.findings import Verdict
from shared.domain.roster.sheet import Unread
from shared.web.schemas import KitSchema, WholeNumber


class ChooseRowsFormSchema(KitSchema):
    """Which rows the page asks to take in."""

    which = fields.String(required=True, validate=validate.OneOf(["accepted", "all", "rows"]))
    rows = fields.List(WholeNumber(), load_default=list)


class ChooseRowsSchema(KitSchema):
    """Which rows a program asks to take in: those of these verdicts, of these row numbers if given."""

    verdicts = fields.List(
        fields.Enum(Verdict, by_value=True),
        load_default=lambda: [Verdict.ACCEPTED, Verdict.NEEDS_CONFIRMING],
    )
    rows = fields.List(WholeNumber(), load_default=None)


class UnreadColumnSchema(KitSchema):
    """A column that nothing is taken from, and why."""

    letters = fields.String()
    heading = fields.String()
    why = fields.Enum(Unread, by_value=True)


class UploadedSchema(KitSchema):
    """The batch of a file; the same file again is not new. unread_text: the same for people."""

    batch_id = fields.UUID()
    is_new = fields.Boolean()
    unread = fields.List(fields.Nested(UnreadColumnSchema))
    unread_text = fields.List(fields.String())


class FindingSchema(KitSchema):
    """One remark on one cell."""

    code = fields.String()
    cell = fields.String()
    params = fields.Dict(keys=fields.String(), values=fields.String())
    text = fields.String()


class ImportRowSchema(KitSchema):
    """One row of a roster; nothing that names a person."""

    row = fields.Integer()
    verdict = fields.Enum(Verdict, by_value=True)
    outcome = fields.Enum(RowOutcome, by_value=True)
    failure = fields.String()
    enrolment_id = fields.UUID(allow_none=True)
    findings = fields.List(fields.Nested(FindingSchema))


class ProgressSchema(KitSchema):
    """How far the chosen rows are."""

    taken = fields.Integer()
    left = fields.Integer()
