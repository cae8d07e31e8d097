"""Missing persons (走失): last seen where and when, what they look like, and how the search ended."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from services.public_security.handlers.office import (
    About,
    NewRecord,
    change,
    keep,
    policy_of,
    standing,
)
from services.public_security.handlers.urgent import Urgent, offer_urgent
from services.public_security.handlers.written_later import check_written
from services.public_security.repository import records
from services.public_security.repository.records import MissingPerson
from shared.domain.errors import Conflict, Invalid
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork

KIND = "missing_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Somebody is missing: last seen when and where, how to know them, whom to ring up."""

    about: About
    last_seen_at: datetime
    last_seen_place: str
    description: str
    contact: str = ""
    case_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCase:
    """The search is over: a code of the kind's outcomes, and in words where and how."""

    case_id: UUID
    code: str
    note: str


def open_case(command: OpenCase, work: UnitOfWork, desk: Desk) -> UUID:
    """Open the case; without a referral of its own it opens one, so that the clocks of a search run.

    Raises Invalid as `check_written`, of `seen`.
    """
    check_written(command.last_seen_at, work, desk, code="seen")
    words = {
        "last_seen_place": command.last_seen_place,
        "description": command.description,
        "contact": command.contact,
        "number_end": command.about.number_end,
    }
    values = {"last_seen_at": command.last_seen_at, "end_code": ""}
    new = NewRecord(
        kind=MissingPerson, record_id=command.case_id, about=command.about, words=words, values=values
    )
    keep(new, work, desk)
    if command.about.referral_id is None:
        search = Urgent(kind=KIND, about=command.about, text=command.description, record_id=command.case_id)
        values = {"referral_id": offer_urgent(search, work, desk)}
        records.change(work.session, MissingPerson, command.case_id, values)
    return command.case_id


def end_case(command: EndCase, work: UnitOfWork, desk: Desk) -> MissingPerson:
    """Put the end on record. Raises NotFound, Conflict `case_ended`, Invalid."""
    case = standing(work, MissingPerson, command.case_id)
    if case.ended_at is not None:
        raise Conflict("case_ended", at=case.ended_at)
    if command.code not in policy_of(work, desk).kind(KIND).outcomes:
        raise Invalid("unknown_choice")
    if not command.note.strip():
        raise Invalid("note_needed")
    values = {"end_code": command.code, "ended_at": work.now, "ended_by": work.principal.account_id}
    change(work, desk, case, words={"end_note": command.note}, values=values)
    return case
