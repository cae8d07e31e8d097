"""The form of 集中登记: one line an elder, read into the contacts that it asks for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from marshmallow import fields, pre_load, validate

from services.visits import messages
from services.visits.codes import EntryConsent
from services.visits.forms import UNCHANGED
from services.visits.handlers.batches import MOST_LINES, Sheet
from services.visits.handlers.commands import RecordContact
from services.visits.handlers.door import WAYS
from services.visits.handlers.judging import lateness_of, questions
from services.visits.schemas import text
from shared.contracts.access import Principal
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.findings import all_unchanged
from shared.domain.late_entry import Lateness
from shared.domain.zones import to_instant
from shared.web.forms import Form
from shared.web.schemas import KitSchema

PICK = "pick."
WAY_CODES = tuple(f"{mode}.{reach}" for mode, reach in WAYS)
EVERYBODY = "all"
COLUMNS = ("way", "time", "rest", "note")


class BatchLineSchema(KitSchema):
    """One line that was ticked. `contact_id` is the tick's value: sent again it is the same contact."""

    enrolment_id = fields.UUID(required=True)
    contact_id = fields.UUID(required=True)
    way = fields.String(required=True, validate=validate.OneOf(WAY_CODES))
    time = fields.Time(load_default=None)
    rest = fields.String(load_default="", validate=validate.OneOf(["", UNCHANGED]))
    note = text()


class SheetQuerySchema(KitSchema):
    """Which sheet is wanted, and with what its lines begin."""

    on = fields.Date(load_default=None)
    visitor_id = fields.UUID(load_default=None)
    scope = fields.String(load_default="", validate=validate.OneOf(["", EVERYBODY]))
    way = fields.String(load_default=WAY_CODES[0], validate=validate.OneOf(WAY_CODES))
    rest = fields.String(load_default="", validate=validate.OneOf(["", UNCHANGED]))


class BatchFormSchema(KitSchema):
    """The sheet: the day and who went, once for all lines; then the lines that were ticked."""

    batch_id = fields.UUID(required=True)
    on = fields.Date(required=True)
    visitor_id = fields.UUID(required=True)
    force = fields.Enum(Force, by_value=True, load_default=Force.VISITOR)
    at = fields.Time(load_default=None)
    entry_consent = fields.Enum(EntryConsent, by_value=True, load_default=None)
    late_reason = text(100)
    rows = fields.List(
        fields.Nested(BatchLineSchema),
        required=True,
        validate=validate.Length(min=1, max=MOST_LINES, error=messages.NOBODY_TICKED),
    )

    @pre_load
    def gather(self, typed: dict[str, Any], **_: object) -> dict[str, Any]:
        """Each line's fields carry the elder's enrolment after a dot; lines without a tick are left out."""
        ticked = [name.removeprefix(PICK) for name in typed if name.startswith(PICK)]
        rows = [
            {"enrolment_id": each, "contact_id": typed[f"{PICK}{each}"], **_line(typed, each)}
            for each in ticked
        ]
        return {name: value for name, value in typed.items() if "." not in name} | {"rows": rows}


def checked(form: Form, page: Sheet, *, received_at: datetime) -> Form:
    """The form with what a person can still put right."""
    if not form.ok:
        return form
    return replace(form, errors={name: [words] for name, words in _faults(form.loaded, page, received_at)})


def commands_of(loaded: dict[str, Any], page: Sheet, by: Principal) -> tuple[RecordContact, ...]:
    """The contacts that the sheet asks for."""
    is_own = loaded["visitor_id"] == by.account_id
    unchanged = all_unchanged(questions(page.policy))
    return tuple(
        _command(row, loaded, page, findings=unchanged if row["rest"] else {}, is_own=is_own)
        for row in loaded["rows"]
    )


def _line(typed: dict[str, Any], enrolment_id: str) -> dict[str, Any]:
    found = {name: typed.get(f"{name}.{enrolment_id}") for name in COLUMNS}
    return {name: value for name, value in found.items() if value}


def _command(
    row: dict[str, Any], loaded: dict[str, Any], page: Sheet, *, findings: dict[str, str], is_own: bool
) -> RecordContact:
    mode, reach = row["way"].split(".")
    is_reached = Reach(reach).is_reached
    return RecordContact(
        contact_id=row["contact_id"],
        enrolment_id=row["enrolment_id"],
        mode=VisitMode(mode),
        reach=Reach(reach),
        occurred_at=_occurred_at(row, loaded, page),
        visited_by=None if is_own else loaded["visitor_id"],
        force=None if is_own else loaded["force"],
        entry_consent=loaded["entry_consent"],
        findings=findings if is_reached else {},
        late_reason=loaded["late_reason"],
        note=row["note"],
        batch_id=loaded["batch_id"],
    )


def _occurred_at(row: dict[str, Any], loaded: dict[str, Any], page: Sheet) -> datetime | None:
    """The line's own time, else that of the sheet; on today's sheet neither means now."""
    clock: time | None = row["time"] or loaded["at"]
    if clock is None:
        return None
    return to_instant(loaded["on"], f"{clock:%H:%M}", page.policy.jurisdiction.zone)


def _faults(loaded: dict[str, Any], page: Sheet, received_at: datetime) -> Iterator[tuple[str, str]]:
    times = [_occurred_at(row, loaded, page) for row in loaded["rows"]]
    if loaded["on"] > page.today or any(each and each > received_at for each in times):
        yield "on", messages.NOT_IN_FUTURE
        return
    if loaded["on"] < page.today and None in times:
        yield "at", messages.TIME_NEEDED
        return
    late = [lateness_of(each or received_at, page.policy, received_at=received_at) for each in times]
    if any(each is not Lateness.ON_TIME for each in late) and not loaded["late_reason"]:
        yield "late_reason", messages.LATE_REASON_NEEDED
