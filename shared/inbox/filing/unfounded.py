"""A report that turns out to be none (经核查不属于): two named persons of two units say so, once it was made.

Nothing is undone by it: the report, its receipt and what followed stand as they are.
"""

from uuid import UUID, uuid5

from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.referral.moves import Move, Status
from shared.inbox.acting import units_in
from shared.inbox.codes import NoteKind
from shared.inbox.desk import Desk
from shared.inbox.files import Note, add_note, heading_for, read_file
from shared.inbox.reader import Reader
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral


def may_be_unfounded(row: Referral, reader: Reader) -> bool:
    """Whether it is a report that was made, whole, and this reader may know what it is about."""
    is_report = reader.rules_for(row).kind.needs_receipt and row.lead_id is None
    return is_report and row.status is Status.CLOSED and reader.reads(row)


def say_unfounded(work: UnitOfWork, row: Referral, *, text: str, desk: Desk, reader: Reader) -> UUID:
    """Say that it was none, and why; once for a person.

    Raises Invalid without words, Forbidden for other work or a report that has not been made, Conflict
    `unit_has_said` if a colleague has said so: the second voice is another unit's.
    """
    if not text.strip():
        raise Invalid("words_needed", move=Move.NOTE)
    if not may_be_unfounded(row, reader):
        raise Forbidden("no_report_made")
    me = work.principal.account_id
    unit_id = next(iter(units_in(row, work.principal)), reader.unit_above(row))
    said = read_file(work.session, row.referral_id, vault=desk.vault).unfounded
    if any(note.unit_id == unit_id and note.account_id != me for note in said):
        raise Conflict("unit_has_said", unit_id=unit_id)
    note_id = uuid5(row.referral_id, f"{me}/unfounded")
    note = Note(note_id=note_id, kind=NoteKind.UNFOUNDED, unit_id=unit_id, text=text.strip())
    add_note(work, heading_for(row), note, vault=desk.vault)
    work.record(stream=f"referral:{row.referral_id}", action="found_unfounded", detail={"unit_id": unit_id})
    return note_id
