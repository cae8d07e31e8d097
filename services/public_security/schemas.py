"""What goes into the station's forms and routes, and what its API answers."""

from marshmallow import fields, validate

from services.public_security.codes import BeatKind
from shared.domain.population import PopulationChange
from shared.web.schemas import Instant, KitSchema, WholeNumber

LONGEST_TEXT = 1000
LONGEST_LINE = 100
MOST_AT_ONCE = 200
LOCAL = "%Y-%m-%dT%H:%M"
"""What a browser's field for day and time sends."""


def line(*, required: bool = False) -> fields.String:
    """One line of text."""
    return _text(LONGEST_LINE, required=required)


def words(*, required: bool = False) -> fields.String:
    """A few sentences."""
    return _text(LONGEST_TEXT, required=required)


def moment(*, required: bool = True) -> fields.NaiveDateTime:
    """Day and time on the wall of the place."""
    if required:
        return fields.NaiveDateTime(format=LOCAL, required=True)
    return fields.NaiveDateTime(format=LOCAL, load_default=None)


def _text(longest: int, *, required: bool) -> fields.String:
    length = validate.Length(max=longest)
    return (
        fields.String(required=True, validate=length)
        if required
        else fields.String(load_default="", validate=length)
    )


class ChangeFormSchema(KitSchema):
    """One change by hand: the rules read it as they read a row of a list."""

    referral_id = fields.UUID(load_default=None)
    name = line()
    id_number = line()
    kind = fields.Enum(PopulationChange, by_value=True, required=True)
    happened_on = line(required=True)
    address = line()
    new_name = line()
    new_number = line()
    note = words()


class WhoFormSchema(KitSchema):
    """Whom a new record is about: the referral it belongs to, or the elder with that number."""

    record_id = fields.UUID(required=True)
    referral_id = fields.UUID(load_default=None)
    id_number = line()


class CheckFormSchema(WhoFormSchema):
    """A welfare check begins."""

    called_at = moment()
    caller = line()


class ArrivalFormSchema(KitSchema):
    """Somebody is at the door; nothing said is now."""

    arrived_at = moment(required=False)


class FinishFormSchema(KitSchema):
    """How a welfare check ended."""

    entry = line(required=True)
    entered_at = moment(required=False)
    decided_by = line()
    reason = words()
    witnesses = line()
    found = line(required=True)
    note = words(required=True)


class TalkFormSchema(WhoFormSchema):
    """A talk about fraud."""

    topic = line(required=True)
    way = line(required=True)
    held_at = moment()
    people = WholeNumber(load_default=1, validate=validate.Range(min=1, max=2000))
    note = words()
    result = line()
    suspicion = words()


class CaseFormSchema(WhoFormSchema):
    """Somebody is missing."""

    last_seen_at = moment()
    last_seen_place = line(required=True)
    description = words(required=True)
    contact = line()


class EndCaseFormSchema(KitSchema):
    """How a search ended."""

    code = line(required=True)
    note = words(required=True)


class VoidFormSchema(KitSchema):
    """Why a record is voided."""

    void_reason = words(required=True)


class BeatFormSchema(KitSchema):
    """A row of the table of beats."""

    kind = fields.Enum(BeatKind, by_value=True, required=True)
    name = line(required=True)
    lane_from = WholeNumber(load_default=0, validate=validate.Range(min=0, max=9999))
    lane_to = WholeNumber(load_default=0, validate=validate.Range(min=0, max=9999))
    officer_id = fields.UUID(load_default=None)


class AddressFormSchema(KitSchema):
    """An address whose officer is asked for; posted, so that no log of addresses keeps it."""

    address = line(required=True)


class OfficerFormSchema(KitSchema):
    """Who has a beat from now on; nobody is a vacancy."""

    officer_id = fields.UUID(load_default=None)


class ChangeItemSchema(KitSchema):
    """One change as a program sends it; a day is YYYY-MM-DD."""

    name = line(required=True)
    id_number = line(required=True)
    kind = fields.Enum(PopulationChange, by_value=True, required=True)
    happened_on = line(required=True)
    address = line()
    new_name = line()
    new_number = line()
    note = words()


class ChangesSchema(KitSchema):
    """Some changes at once."""

    changes = fields.List(
        fields.Nested(ChangeItemSchema), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )


class ChangeAnswerSchema(KitSchema):
    """What became of one: its place in the request, its faults, whether the register has the person."""

    position = fields.Integer(required=True)
    faults = fields.List(fields.String(), required=True)
    in_register = fields.Boolean(required=True)
    change_id = fields.UUID(required=True, allow_none=True)


class ChangesAnswerSchema(KitSchema):
    """The answers in the order of the request."""

    changes = fields.List(fields.Nested(ChangeAnswerSchema), required=True)


class ChangeStateSchema(KitSchema):
    """Where a change stands at the register: `sent` until it is there, `not_taken` if its rules refuse."""

    change_id = fields.UUID(required=True)
    status = fields.String(required=True)
    confirm_by = Instant(required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)
