"""What is changed of an elder: enrolled, corrected, classed, placed, agreed to, removed."""

from marshmallow import fields, validate

from services.care_register.codes import (
    ConsentItem,
    ConsentMethod,
    RemovalReason,
    SaidBy,
    Sex,
)
from services.care_register.schemas.words import NOTE, WORDS
from shared.domain.codes import Ability, Circumstance, Health, Mobility, Tier
from shared.domain.facts import Hardship
from shared.web.schemas import AreaCode, KitSchema, WholeNumber


class EnrolFormSchema(KitSchema):
    """One elder enrolled by hand; without a number sex and birth are as told."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    id_number = fields.String(load_default="", validate=validate.Length(max=40))
    sex = fields.Enum(Sex, by_value=True, load_default=Sex.UNKNOWN)
    birth_on = fields.Date(load_default=None)
    phone = fields.String(load_default="", validate=validate.Length(max=40))
    address = fields.String(required=True, validate=validate.Length(min=2, max=200))
    area_code = AreaCode(required=True)
    circumstances = fields.List(
        fields.Enum(Circumstance, by_value=True), required=True, validate=validate.Length(min=1)
    )
    has_agreed = fields.Boolean(load_default=False)


class CorrectPersonSchema(KitSchema):
    """What may be corrected by hand of what names a person."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    id_number = fields.String(load_default="", validate=validate.Length(max=40))
    birth_on = fields.Date(load_default=None)
    phone = fields.String(validate=validate.Length(max=200))
    address = fields.String(validate=validate.Length(max=200))
    contacts = fields.String(validate=NOTE)
    door_note = fields.String(validate=NOTE)
    notes = fields.String(validate=NOTE)


class CorrectFactsSchema(KitSchema):
    """All facts as they are now."""

    circumstances = fields.List(fields.Enum(Circumstance, by_value=True), load_default=list)
    disability_level = WholeNumber(load_default=None, validate=validate.Range(min=1, max=4))
    has_disability_card = fields.Boolean(load_default=False)
    ability = fields.Enum(Ability, by_value=True, load_default=None)
    assessed_on = fields.Date(load_default=None)
    care_level = WholeNumber(load_default=None, validate=validate.Range(min=1, max=6))
    mobility = fields.Enum(Mobility, by_value=True, load_default=None)
    health = fields.Enum(Health, by_value=True, load_default=None)
    surveyed_healthy = fields.Boolean(load_default=False)
    household_size = WholeNumber(load_default=None, validate=validate.Range(min=1, max=30))
    youngest_birth_on = fields.Date(load_default=None)
    hardships = fields.List(fields.Enum(Hardship, by_value=True), load_default=list)
    hardship_until = fields.Date(load_default=None)


class _OtherClass(KitSchema):
    tier = fields.Enum(Tier, by_value=True, load_default=None)
    groups = fields.List(fields.String(validate=validate.Length(max=40)), load_default=list)


class OverrideClassSchema(_OtherClass):
    """Another class than the rules say, from a program."""

    reason = fields.String(required=True, validate=WORDS)


class OverrideClassFormSchema(_OtherClass):
    """The same from the page of an entry, which has another field `reason`."""

    why_class = fields.String(required=True, attribute="reason", validate=WORDS)


class ClassificationsSchema(KitSchema):
    """Several proposed classes."""

    classification_ids = fields.List(fields.UUID(), load_default=list)


class RecordConsentSchema(KitSchema):
    """One consent or its withdrawal."""

    item = fields.Enum(ConsentItem, by_value=True, required=True)
    is_given = fields.Boolean(required=True)
    method = fields.Enum(ConsentMethod, by_value=True, required=True)
    said_by = fields.Enum(SaidBy, by_value=True, required=True)
    said_by_name = fields.String(load_default="", validate=validate.Length(max=60))


class RequestRemovalSchema(KitSchema):
    """Why an elder is to leave, and the evidence."""

    reason = fields.Enum(RemovalReason, by_value=True, required=True)
    note = fields.String(required=True, validate=WORDS)


class AssignAreaSchema(KitSchema):
    """In whose area the elder lives."""

    area_code = AreaCode(required=True)
