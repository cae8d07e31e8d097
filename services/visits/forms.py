"""The forms of visits' pages: what a browser sends, loaded into what the handlers take."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import fields, pre_load, validate

from services.visits import messages
from services.visits.codes import AssignmentKind, EntryConsent
from services.visits.handlers.commands import CompleteRecord, RecordContact, Voucher
from services.visits.handlers.door import AtDoor
from services.visits.handlers.judging import lateness_of, questions
from services.visits.schemas import text
from shared.domain.codes import Reach, VisitMode
from shared.domain.findings import all_unchanged
from shared.domain.late_entry import Lateness
from shared.domain.periods import local_day
from shared.domain.phones import read_phone
from shared.domain.zones import to_instant
from shared.policies.model import Policy
from shared.web.forms import Form
from shared.web.schemas import KitSchema

FINDING_PREFIX = "finding."
UNCHANGED = "unchanged"


class AskedSchema(KitSchema):
    """What is asked at a contact. `rest` says that everything not answered is unchanged: one tap (J-22)."""

    entry_consent = fields.Enum(EntryConsent, by_value=True, load_default=None)
    findings = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    rest = fields.String(load_default="", validate=validate.OneOf(["", UNCHANGED]))
    service_items = fields.List(fields.String(), load_default=())
    late_reason = text(100)
    note = text()

    @pre_load
    def gather(self, typed: dict[str, Any], **_: object) -> dict[str, Any]:
        """Each question has a group of buttons of its own; together they are the findings."""
        findings = {
            name.removeprefix(FINDING_PREFIX): value
            for name, value in typed.items()
            if name.startswith(FINDING_PREFIX)
        }
        rest = {name: value for name, value in typed.items() if not name.startswith(FINDING_PREFIX)}
        return {**rest, "findings": findings}


class CompletionFormSchema(AskedSchema):
    """The page on which a record is completed later."""

    addition_id = fields.UUID(required=True)


class ContactFormSchema(AskedSchema):
    """The recording page's form."""

    contact_id = fields.UUID(required=True)
    mode = fields.Enum(VisitMode, by_value=True, required=True)
    reach = fields.Enum(Reach, by_value=True, required=True)
    red_flags = fields.List(fields.String(), load_default=())
    report_separately = fields.Boolean(load_default=False)
    report_words = text()
    voucher_name = text(30)
    voucher_phone = text(20)
    next_contact_on = fields.Date(load_default=None)
    occurred_on = fields.Date(load_default=None)
    occurred_time = fields.Time(load_default=None)


class VoidFormSchema(KitSchema):
    """Why a contact is struck from the book."""

    reason = fields.String(required=True)


class AssignFormSchema(KitSchema):
    """The page on which one elder gets another visitor."""

    account_id = fields.UUID(required=True)
    kind = fields.Enum(AssignmentKind, by_value=True, required=True)
    from_on = fields.Date(required=True)
    to_on = fields.Date(load_default=None)


def checked(form: Form, door: AtDoor, *, received_at: datetime) -> Form:
    """The form with what a person can still put right; a program's record is stored without it."""
    if not form.ok:
        return form
    found = {
        **_about_time(form.loaded, door, received_at),
        **_about_voucher(form.loaded, door.policy),
    }
    return replace(form, errors={name: [words] for name, words in found.items()})


def command_of(loaded: dict[str, Any], door: AtDoor) -> RecordContact:
    """What the form asks for."""
    is_reached = loaded["reach"].is_reached
    rest = all_unchanged(questions(door.policy)) if is_reached and loaded["rest"] == UNCHANGED else {}
    return RecordContact(
        contact_id=loaded["contact_id"],
        enrolment_id=door.elder.enrolment_id,
        mode=loaded["mode"],
        reach=loaded["reach"],
        occurred_at=_occurred_at(loaded, door),
        entry_consent=loaded["entry_consent"],
        findings={**rest, **loaded["findings"]},
        service_items=tuple(loaded["service_items"]),
        red_flags=tuple(loaded["red_flags"]),
        voucher=_voucher(loaded),
        next_contact_on=loaded["next_contact_on"],
        late_reason=loaded["late_reason"],
        note=loaded["note"],
        report_separately=loaded["report_separately"],
        report_words=loaded["report_words"],
    )


def completion_of(loaded: dict[str, Any], contact_id: UUID) -> CompleteRecord:
    """What the form adds to the record."""
    return CompleteRecord(
        addition_id=loaded["addition_id"],
        contact_id=contact_id,
        entry_consent=loaded["entry_consent"],
        findings=loaded["findings"],
        rest_unchanged=loaded["rest"] == UNCHANGED,
        service_items=tuple(loaded["service_items"]),
        late_reason=loaded["late_reason"],
        note=loaded["note"],
    )


def _occurred_at(loaded: dict[str, Any], door: AtDoor) -> datetime | None:
    """When it happened; without a time it is happening now."""
    if loaded["occurred_time"] is None:
        return None
    zone = door.policy.jurisdiction.zone
    on = loaded["occurred_on"] or local_day(door.now, zone)
    return to_instant(on, f"{loaded['occurred_time']:%H:%M}", zone)


def _voucher(loaded: dict[str, Any]) -> Voucher | None:
    if not loaded["voucher_name"] or not loaded["voucher_phone"]:
        return None
    return Voucher(name=loaded["voucher_name"], phone=loaded["voucher_phone"])


def _about_time(loaded: dict[str, Any], door: AtDoor, received_at: datetime) -> dict[str, str]:
    if loaded["occurred_on"] and loaded["occurred_time"] is None:
        return {"occurred_time": messages.TIME_NEEDED}
    occurred_at = _occurred_at(loaded, door) or received_at
    if occurred_at > received_at:
        return {"occurred_time": messages.NOT_IN_FUTURE}
    late = lateness_of(occurred_at, door.policy, received_at=received_at)
    if late is not Lateness.ON_TIME and not loaded["late_reason"]:
        return {"late_reason": messages.LATE_REASON_NEEDED}
    return {}


def _about_voucher(loaded: dict[str, Any], policy: Policy) -> dict[str, str]:
    given = [bool(loaded[name]) for name in ("voucher_name", "voucher_phone", "next_contact_on")]
    if any(given) and not all(given):
        return {"voucher_name": messages.VOUCHER_INCOMPLETE}
    if any(given) and read_phone(loaded["voucher_phone"], policy.jurisdiction.phone_area).fault:
        return {"voucher_phone": messages.NOT_A_PHONE}
    return {}
