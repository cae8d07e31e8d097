"""What is asked of the list and of an entry, and what the register shows."""

from typing import Any

from marshmallow import fields, validate

from services.care_register.codes import (
    EnrolmentStatus,
)
from services.care_register.repository.listing import EntryFilter
from services.care_register.schemas.words import LONGEST_NOTE
from shared.domain.codes import Circumstance, StateKind, StateStatus, Tier
from shared.web.paging import PageQuerySchema
from shared.web.schemas import KitSchema

LONGEST_SEARCH = 40


class EntryQuerySchema(PageQuerySchema):
    """Which entries to list; `q` is a name, pinyin, or last four digits."""

    q = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    area = fields.String(load_default="", validate=validate.Regexp(r"^[0-9]{0,12}$"))
    tier = fields.Enum(Tier, by_value=True, load_default=None)
    group = fields.String(load_default="")
    state = fields.Enum(StateKind, by_value=True, load_default=None)
    status = fields.Enum(EnrolmentStatus, by_value=True, load_default=None)
    unplaced = fields.Boolean(load_default=False)
    unnumbered = fields.Boolean(load_default=False)


def entry_filter(query: dict[str, Any]) -> EntryFilter:
    """The filter of a query; the search is the caller's to add."""
    return EntryFilter(
        area=query["area"],
        tier=query["tier"],
        group=query["group"],
        state=query["state"],
        status=query["status"],
        is_unplaced=query["unplaced"],
        is_unnumbered=query["unnumbered"],
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


class ReasonSchema(KitSchema):
    """Why somebody needs to see what is hidden."""

    reason = fields.String(required=True, validate=validate.Length(min=2, max=LONGEST_NOTE))


class RevealFormSchema(KitSchema):
    """The same from the page of an entry, which has another `reason`."""

    why = fields.String(required=True, validate=validate.Length(min=2, max=LONGEST_NOTE))


class IdNumberSchema(KitSchema):
    """The whole ID number."""

    id_number = fields.String()
