"""What the register's forms and API take and give."""

from typing import Any

from marshmallow import fields, validate

from services.care_register.codes import (
    ConsentItem,
    ConsentMethod,
    EnrolmentStatus,
    RemovalReason,
    SaidBy,
    Sex,
)
from services.care_register.repository.listing import EntryFilter
from shared.domain.codes import Ability, Circumstance, Health, Mobility, StateKind, StateStatus, Tier
from shared.domain.facts import Hardship
from shared.web.paging import PageQuerySchema
from shared.web.schemas import AreaCode, Instant, KitSchema

_LONGEST_NOTE, _LONGEST_SEARCH = 500, 40
_NOTE = validate.Length(max=_LONGEST_NOTE)
_WORDS = validate.Length(min=1, max=_LONGEST_NOTE)


class EntryQuerySchema(PageQuerySchema):
    """Which entries to list; `q` is a name, pinyin, or last four digits."""

    q = fields.String(load_default="", validate=validate.Length(max=_LONGEST_SEARCH))
    area = fields.String(load_default="", validate=validate.Regexp(r"^\d{0,12}$"))
    tier = fields.Enum(Tier, by_value=True, load_default=None)
    group = fields.String(load_default="")
    state = fields.Enum(StateKind, by_value=True, load_default=None)
    status = fields.Enum(EnrolmentStatus, by_value=True, load_default=None)
    unplaced = fields.Boolean(load_default=False)


def entry_filter(query: dict[str, Any]) -> EntryFilter:
    """The filter of a query; the search is the caller's to add."""
    return EntryFilter(
        area=query["area"],
        tier=query["tier"],
        group=query["group"],
        state=query["state"],
        status=query["status"],
        is_unplaced=query["unplaced"],
    )


class EntryLineSchema(KitSchema):
    """One line of the list: masked."""

    enrolment_id = fields.UUID(attribute="entry.enrolment_id")
    area_code = fields.String(attribute="entry.area_code")
    status = fields.Enum(EnrolmentStatus, by_value=True, attribute="entry.status")
    is_placed = fields.Boolean(attribute="entry.is_placed")
    tier = fields.Enum(Tier, by_value=True, attribute="entry.tier", allow_none=True)
    groups = fields.List(fields.String(), attribute="entry.groups")
    state_kind = fields.Enum(StateKind, by_value=True, attribute="entry.state_kind", allow_none=True)
    state_status = fields.Enum(StateStatus, by_value=True, attribute="entry.state_status", allow_none=True)
    circumstances = fields.List(fields.Enum(Circumstance, by_value=True))
    name = fields.String()
    address = fields.String()
    sex = fields.String()
    age = fields.Integer(allow_none=True)


class EntryPageSchema(KitSchema):
    """Some entries, and the cursor of the next ones."""

    items = fields.List(fields.Nested(EntryLineSchema))
    next = fields.String(allow_none=True)


class ReportStateSchema(KitSchema):
    """A state that somebody reports, from a program."""

    kind = fields.Enum(StateKind, by_value=True, required=True)
    starts_at = Instant(required=True)
    expected_end_on = fields.Date(load_default=None)
    said_by = fields.Enum(SaidBy, by_value=True, required=True)
    note = fields.String(load_default="", validate=_NOTE)
    contact_id = fields.UUID(load_default=None)


class ReportStateFormSchema(KitSchema):
    """The same as the short form sends it: a day instead of an instant."""

    kind = fields.Enum(StateKind, by_value=True, required=True)
    starts_on = fields.Date(required=True)
    expected_end_on = fields.Date(load_default=None)
    said_by = fields.Enum(SaidBy, by_value=True, required=True)
    note = fields.String(load_default="", validate=_NOTE)
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


class DecisionSchema(KitSchema):
    """Confirmed, or refused."""

    is_confirmed = fields.Boolean(required=True)


class ApproveExceptionSchema(KitSchema):
    """An exception; an empty obligation covers all that the plan owes 原则上."""

    obligation = fields.String(load_default="")
    reason = fields.String(required=True, validate=_WORDS)
    starts_at = Instant(required=True)
    until_on = fields.Date(required=True)


class ApproveExceptionFormSchema(KitSchema):
    """The same as a page sends it: from now on."""

    obligation = fields.String(load_default="")
    reason = fields.String(required=True, validate=_WORDS)
    until_on = fields.Date(required=True)


class CorrectFactsSchema(KitSchema):
    """All facts as they are now."""

    circumstances = fields.List(fields.Enum(Circumstance, by_value=True), load_default=list)
    disability_level = fields.Integer(load_default=None, validate=validate.Range(min=1, max=4))
    has_disability_card = fields.Boolean(load_default=False)
    ability = fields.Enum(Ability, by_value=True, load_default=None)
    assessed_on = fields.Date(load_default=None)
    care_level = fields.Integer(load_default=None, validate=validate.Range(min=1, max=6))
    mobility = fields.Enum(Mobility, by_value=True, load_default=None)
    health = fields.Enum(Health, by_value=True, load_default=None)
    surveyed_healthy = fields.Boolean(load_default=False)
    household_size = fields.Integer(load_default=None, validate=validate.Range(min=1, max=30))
    youngest_birth_on = fields.Date(load_default=None)
    hardships = fields.List(fields.Enum(Hardship, by_value=True), load_default=list)
    hardship_until = fields.Date(load_default=None)


class _OtherClass(KitSchema):
    tier = fields.Enum(Tier, by_value=True, load_default=None)
    groups = fields.List(fields.String(validate=validate.Length(max=40)), load_default=list)


class OverrideClassSchema(_OtherClass):
    """Another class than the rules say, from a program."""

    reason = fields.String(required=True, validate=_WORDS)


class OverrideClassFormSchema(_OtherClass):
    """The same from the page of an entry, which has another field `reason`."""

    why_class = fields.String(required=True, attribute="reason", validate=_WORDS)


class ClassificationsSchema(KitSchema):
    """Several proposed classes."""

    classification_ids = fields.List(fields.UUID(), load_default=list)


class CorrectPersonSchema(KitSchema):
    """What may be corrected by hand of what names a person."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=60))
    phone = fields.String(validate=validate.Length(max=200))
    address = fields.String(validate=validate.Length(max=200))
    contacts = fields.String(validate=_NOTE)
    door_note = fields.String(validate=_NOTE)
    notes = fields.String(validate=_NOTE)


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
    note = fields.String(required=True, validate=_WORDS)


class AssignAreaSchema(KitSchema):
    """In whose area the elder lives."""

    area_code = AreaCode(required=True)


class ReasonSchema(KitSchema):
    """Why somebody needs to see what is hidden."""

    reason = fields.String(required=True, validate=validate.Length(min=2, max=_LONGEST_NOTE))


class RevealFormSchema(KitSchema):
    """The same from the page of an entry, which has another `reason`."""

    why = fields.String(required=True, validate=validate.Length(min=2, max=_LONGEST_NOTE))


class IdNumberSchema(KitSchema):
    """The whole ID number."""

    id_number = fields.String()


class IdSchema(KitSchema):
    """The id of what was made; none if nothing was."""

    id = fields.UUID(allow_none=True)


class DoneSchema(KitSchema):
    """Nothing to tell but that it was done."""

    is_done = fields.Boolean()
