"""States (住院、外出 …) and approved exceptions: reported, decided, ended."""

from marshmallow import fields

from services.care_register.codes import (
    SaidBy,
)
from services.care_register.schemas.words import NOTE, WORDS
from shared.domain.codes import StateKind, StateStatus
from shared.web.schemas import Instant, KitSchema


class ReportStateSchema(KitSchema):
    """A state that somebody reports, from a program."""

    kind = fields.Enum(StateKind, by_value=True, required=True)
    starts_at = Instant(required=True)
    expected_end_on = fields.Date(load_default=None)
    said_by = fields.Enum(SaidBy, by_value=True, required=True)
    note = fields.String(load_default="", validate=NOTE)
    contact_id = fields.UUID(load_default=None)


class ReportStateFormSchema(KitSchema):
    """The same as the short form sends it: a day instead of an instant."""

    kind = fields.Enum(StateKind, by_value=True, required=True)
    starts_on = fields.Date(required=True)
    expected_end_on = fields.Date(load_default=None)
    said_by = fields.Enum(SaidBy, by_value=True, required=True)
    note = fields.String(load_default="", validate=NOTE)
    contact_id = fields.UUID(load_default=None)
    next = fields.String(load_default="")


class StateChangedSchema(KitSchema):
    """A state as it stands after a command."""

    state_id = fields.UUID()
    enrolment_id = fields.UUID()
    kind = fields.Enum(StateKind, by_value=True)
    status = fields.Enum(StateStatus, by_value=True)
    expected_end_on = fields.Date(allow_none=True)
    confirm_by = Instant()


class ApproveExceptionSchema(KitSchema):
    """An exception; an empty obligation covers all that the plan owes 原则上."""

    obligation = fields.String(load_default="")
    reason = fields.String(required=True, validate=WORDS)
    starts_at = Instant(required=True)
    until_on = fields.Date(required=True)


class ApproveExceptionFormSchema(KitSchema):
    """The same as a page sends it: from now on."""

    obligation = fields.String(load_default="")
    reason = fields.String(required=True, validate=WORDS)
    until_on = fields.Date(required=True)
