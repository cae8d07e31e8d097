"""The journal of a record grows by a line: its words sealed, and a trace of it in the elder's history."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from services.justice.handlers.sealing import Words, seal_words
from services.justice.repository import records
from services.justice.repository.records import KeptRecord
from shared.domain.justice.events import Event
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The record in whose journal is written, and its opened key."""

    record_id: UUID
    jurisdiction_id: str
    area_code: str
    elder_id: UUID | None
    key: ElderKey


def book_of(record: KeptRecord, desk: Desk) -> Book:
    """The book of a record that is there."""
    return Book(
        record_id=record.record_id,
        jurisdiction_id=record.jurisdiction_id,
        area_code=record.area_code,
        elder_id=record.elder_id,
        key=desk.vault.open(record.key),
    )


def write(work: UnitOfWork, book: Book, event: Event, words: Words, *, seq: int) -> None:
    """Add the line in the name of who acts. What was said stays in it; the history knows that it was said."""
    entry_id = uuid5(book.record_id, f"{seq}")
    row = {
        "entry_id": entry_id,
        "record_id": book.record_id,
        "jurisdiction_id": book.jurisdiction_id,
        "area_code": book.area_code,
        "seq": seq,
        "step": event.step,
        "happened_on": event.on,
        "detail": event.detail,
        "member_id": event.member_id,
        "account_id": work.principal.account_id,
        "written_at": work.now,
        "words_sealed": seal_words(book.key, entry_id, words),
    }
    records.add_entry(work.session, row)
    stream = f"elder:{book.elder_id}" if book.elder_id else f"record:{book.record_id}"
    work.record(stream=stream, action=f"justice_{event.step}", detail={"record_id": book.record_id})
