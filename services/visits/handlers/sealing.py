"""What is said about an elder in words: sealed by the elder's own key, for its own place."""

import json
from collections.abc import Mapping
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.orm import Session

from services.visits.handlers.commands import CompleteRecord, RecordContact, Voucher
from services.visits.handlers.desk import Desk
from services.visits.repository import contacts
from services.visits.repository.additions import StoredAddition
from services.visits.repository.contacts import StoredContact
from shared.domain.errors import NotFound
from shared.platform.privacy import ElderKey, place_of

NOTE = "visits.contact.note"
LATE_REASON = "visits.contact.late_reason"
VOUCHED = "visits.contact.vouched"
ADDED_NOTE = "visits.addition.note"
ADDED_LATE_REASON = "visits.addition.late_reason"

Sealed: TypeAlias = dict[str, bytes | None]


def sealed_texts(command: RecordContact, session: Session, desk: Desk) -> Sealed:
    """The sealed columns of a contact; the key is fetched only if there is something to seal."""
    vouched = json.dumps([command.voucher.name, command.voucher.phone]) if command.voucher else ""
    texts = {NOTE: command.note, LATE_REASON: command.late_reason, VOUCHED: vouched}
    key = elder_key(session, command.enrolment_id, desk) if any(texts.values()) else None
    return _sealed(texts, command.contact_id, key)


def sealed_addition(command: CompleteRecord, enrolment_id: UUID, session: Session, desk: Desk) -> Sealed:
    """The sealed columns of what is added to a record."""
    texts = {ADDED_NOTE: command.note, ADDED_LATE_REASON: command.late_reason}
    key = elder_key(session, enrolment_id, desk) if any(texts.values()) else None
    return _sealed(texts, command.addition_id, key)


def _sealed(texts: Mapping[str, str], row_id: UUID, key: ElderKey | None) -> Sealed:
    return {
        f"{column.rpartition('.')[2]}_sealed": (
            key.seal(words, place_of(column, row_id)) if key and words else None
        )
        for column, words in texts.items()
    }


def elder_key(session: Session, enrolment_id: UUID, desk: Desk) -> ElderKey:
    """The elder's key, opened. Raises NotFound where the person has been erased."""
    wrapped = contacts.wrapped_key(session, enrolment_id)
    if wrapped is None:
        raise NotFound("enrolment_not_found")
    return desk.vault.open(wrapped)


def words_of(contact: StoredContact, column: str, key: ElderKey) -> str:
    """One text of a contact again; empty if there was none."""
    sealed: bytes | None = getattr(contact, f"{column.rpartition('.')[2]}_sealed")
    return key.reveal(sealed, place_of(column, contact.contact_id)) if sealed else ""


def added_words(addition: StoredAddition, column: str, key: ElderKey) -> str:
    """One text of an addition again; empty if there was none."""
    sealed: bytes | None = getattr(addition, f"{column.rpartition('.')[2]}_sealed")
    return key.reveal(sealed, place_of(column, addition.addition_id)) if sealed else ""


def voucher_of(contact: StoredContact, key: ElderKey) -> Voucher | None:
    """Who vouched, if somebody did."""
    words = words_of(contact, VOUCHED, key)
    if not words:
        return None
    name, phone = json.loads(words)
    return Voucher(name=name, phone=phone)
