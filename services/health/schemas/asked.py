"""What may be asked of the health centre; unknown fields are refused."""

from datetime import date
from typing import Any

from marshmallow import fields, post_load, validate

from services.health.commands import (
    ApplyForBed,
    MoveBed,
    NameContact,
    RecordFollowUp,
    RecordKind,
    ReferSigns,
    SignContract,
    VoidRecord,
)
from services.health.handlers.working import Section
from shared.domain.health.codes import (
    BedMove,
    ContactPost,
    FollowUpResult,
    FollowUpWay,
    Vital,
)
from shared.web.schemas import KitSchema, WholeNumber

LONGEST_NOTE = 1000
EARLIEST_DAY = date(2000, 1, 1)
MOST_PAGES = 200


def note(longest: int = LONGEST_NOTE) -> fields.String:
    """A text that may be left out."""
    return fields.String(load_default="", validate=validate.Length(max=longest))


def a_day() -> fields.Date:
    """A day of which there may be a record."""
    return fields.Date(required=True, validate=validate.Range(min=EARLIEST_DAY))


def reading() -> fields.Decimal:
    """One reading; exact, as it was typed."""
    return fields.Decimal(load_default=None, allow_nan=False)


class SignContractSchema(KitSchema):
    """A contract or its renewal; `enrolment_id` is in the address of a page and in the body of a program."""

    team = fields.String(required=True, validate=validate.Length(min=1, max=60))
    signed_on = a_day()
    programmes = fields.List(fields.String(), load_default=())
    referral_id = fields.UUID(load_default=None)


class FollowUpSchema(KitSchema):
    """A follow-up and what was measured."""

    programme = fields.String(required=True)
    done_on = a_day()
    way = fields.Enum(FollowUpWay, by_value=True, required=True)
    result = fields.Enum(FollowUpResult, by_value=True, required=True)
    systolic = reading()
    diastolic = reading()
    glucose = reading()
    pulse = reading()
    note = note()
    referral_id = fields.UUID(load_default=None)

    @post_load
    def gather(self, values: dict[str, Any], **_: object) -> dict[str, Any]:
        """The readings in one mapping; what was not measured is not in it."""
        found = {vital: values.pop(vital.value) for vital in Vital}
        return {**values, "readings": {vital: value for vital, value in found.items() if value is not None}}


class NameContactSchema(KitSchema):
    """Who looks after a family in one post."""

    enrolment_id = fields.UUID(required=True)
    post = fields.Enum(ContactPost, by_value=True, required=True)
    name = fields.String(required=True, validate=validate.Length(min=1, max=30))
    phone = fields.String(required=True, validate=validate.Length(min=3, max=20))

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> NameContact:
        """The command."""
        return NameContact(**values)


class VoidSchema(KitSchema):
    """Why a record is struck out."""

    reason = fields.String(required=True, validate=validate.Length(min=1, max=200))


class ReferSignsSchema(KitSchema):
    """What the elder says to being referred."""

    is_agreed = fields.Boolean(required=True)
    text = note(500)


class ApplyForBedSchema(KitSchema):
    """An application for a home bed."""

    applied_on = a_day()
    note = note()
    referral_id = fields.UUID(load_default=None)


class MoveBedSchema(KitSchema):
    """One more step of a home bed; its name and the bed are in the address."""

    done_on = a_day()
    note = note()


class CloseReferralSchema(KitSchema):
    """How a referral is reported as done; for pages alone, programs use the inbox's own route."""

    outcome = fields.String(required=True)
    text = note(500)
    key = fields.String(required=True, validate=validate.Length(max=64))


class _OfElder(KitSchema):
    """What a program says besides: whom it is about."""

    enrolment_id = fields.UUID(required=True)


class SignContractBody(SignContractSchema, _OfElder):
    """A contract, from a program."""

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> SignContract:
        """The command."""
        return SignContract(**{**values, "programmes": tuple(values["programmes"])})


class FollowUpBody(FollowUpSchema, _OfElder):
    """A follow-up, from a program."""

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> RecordFollowUp:
        """The command; hooks of a schema run in the order of their names, `gather` before this one."""
        return RecordFollowUp(**values)


class ReferSignsBody(ReferSignsSchema, _OfElder):
    """The elder's word, from a program."""

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> ReferSigns:
        """The command."""
        return ReferSigns(**values)


class ApplyForBedBody(ApplyForBedSchema, _OfElder):
    """An application, from a program."""

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> ApplyForBed:
        """The command."""
        return ApplyForBed(**values)


class MoveBedBody(MoveBedSchema):
    """One step, from a program."""

    bed_id = fields.UUID(required=True)
    move = fields.Enum(BedMove, by_value=True, required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> MoveBed:
        """The command."""
        return MoveBed(**values)


class WorkQuerySchema(KitSchema):
    """Which list, and which page of it."""

    section = fields.Enum(Section, by_value=True, load_default=None)
    page = WholeNumber(load_default=1, validate=validate.Range(min=1, max=MOST_PAGES))


class VoidBody(VoidSchema):
    """A record that is struck out, from a program."""

    kind = fields.Enum(RecordKind, by_value=True, required=True)
    record_id = fields.UUID(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: object) -> VoidRecord:
        """The command."""
        return VoidRecord(**values)
