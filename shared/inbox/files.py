"""A referral's file, read and added to: each text is sealed under the file's own key, bound to its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.inbox.codes import Consent, NoteKind
from shared.inbox.consent import GivenWord, word_as_text, word_from_text
from shared.inbox.tables import ReferralFile, ReferralNote
from shared.persistence.base import table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey, Vault, WrappedKey, place_of
from shared.process.tables import Referral

FILE = table_of(ReferralFile)
NOTE = table_of(ReferralNote)
ASKED = "referral_file.file.asked"
CONSENT = "referral_file.file.consent"
TEXT = "referral_file.note.text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a file says of its referral besides the words."""

    referral_id: UUID
    jurisdiction_id: str
    area_code: str
    kind: str
    requesting_unit_id: str
    coordinator_unit_id: str
    enrolment_id: UUID | None = None
    origin_id: UUID | None = None


def heading_for(row: Referral) -> Heading:
    """What the file of a referral that has begun is headed."""
    return Heading(
        referral_id=row.referral_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        kind=row.kind,
        requesting_unit_id=row.requesting_unit_id,
        coordinator_unit_id=row.coordinator_unit_id,
        enrolment_id=row.subject_id,
        origin_id=row.origin_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text to be added: its id is known beforehand, so that a repetition adds nothing."""

    note_id: UUID
    kind: NoteKind
    unit_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenNote:
    """A text of the file: who wrote it, on behalf of which unit, when."""

    note_id: UUID
    kind: NoteKind
    at: datetime
    account_id: UUID
    unit_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """The words of a file: what is asked, the elder's word, who offered it, and the notes as written."""

    asked: str
    word: GivenWord
    offered_by: UUID | None
    notes: tuple[WrittenNote, ...]

    def text_of(self, note_id: UUID | None) -> str:
        """The text that a ledger line refers to, if any."""
        return next((note.text for note in self.notes if note.note_id == note_id), "")

    @property
    def remarks(self) -> Sequence[WrittenNote]:
        """What parties have said beside the moves (留言); a note of a move is shown by the ledger alone."""
        return [note for note in self.notes if note.kind is NoteKind.REMARK]

    @property
    def unfounded(self) -> Sequence[WrittenNote]:
        """Who has found that a report was none (经核查不属于), and why."""
        return [note for note in self.notes if note.kind is NoteKind.UNFOUNDED]


NOTHING_SAID = FileText(asked="", word=GivenWord(consent=Consent.NOT_NEEDED), offered_by=None, notes=())
"""The file of a referral without words, and any file to whom it says nothing."""


def open_file(
    work: UnitOfWork, heading: Heading, *, vault: Vault, asked: str = "", word: GivenWord | None = None
) -> bool:
    """Store the file of a referral, once: the first one stays. Answers whether this is the first.

    A referral that a process opened has no words and needs nobody's; its file holds the key for later notes.
    """
    wrapped = vault.new_key()
    key = vault.open(wrapped)
    row = {
        "referral_id": heading.referral_id,
        "jurisdiction_id": heading.jurisdiction_id,
        "area_code": heading.area_code,
        "kind": heading.kind,
        "requesting_unit_id": heading.requesting_unit_id,
        "coordinator_unit_id": heading.coordinator_unit_id,
        "enrolment_id": heading.enrolment_id,
        "origin_id": heading.origin_id,
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.wrapped,
        "asked_sealed": key.seal(asked, place_of(ASKED, heading.referral_id)) if asked else None,
        "consent": word.consent if word else Consent.NOT_NEEDED,
        "consent_sealed": _sealed_word(word, key, heading.referral_id) if word else None,
        "offered_by": work.principal.account_id,
        "created_at": work.now,
    }
    added = insert(FILE).values(row).on_conflict_do_nothing().returning(FILE.c.referral_id)
    return work.session.execute(added).first() is not None


def add_note(work: UnitOfWork, heading: Heading, note: Note, *, vault: Vault) -> None:
    """Store a text about the referral, once; the file is made if there is none yet."""
    key = key_of(work, heading, vault=vault)
    row = {
        "note_id": note.note_id,
        "jurisdiction_id": heading.jurisdiction_id,
        "area_code": heading.area_code,
        "referral_id": heading.referral_id,
        "account_id": work.principal.account_id,
        "unit_id": note.unit_id,
        "kind": note.kind,
        "text_sealed": key.seal(note.text, place_of(TEXT, note.note_id)),
        "written_at": work.now,
    }
    work.session.execute(insert(NOTE).values(row).on_conflict_do_nothing())


def key_of(work: UnitOfWork, heading: Heading, *, vault: Vault) -> ElderKey:
    """The file's own key, for what is added to it; the file is made if there is none yet."""
    key = opened_key(work.session, heading.referral_id, vault)
    if key is None:
        open_file(work, heading, vault=vault)
        key = opened_key(work.session, heading.referral_id, vault)
    if key is None:
        raise LookupError(f"the file of referral {heading.referral_id} is hidden from its own writer")
    return key


def opened_key(session: Session, referral_id: UUID, vault: Vault) -> ElderKey | None:
    """The file's own key, for what is read from it; None where the reader sees no file."""
    stored = select(FILE.c.key_id, FILE.c.wrapped_key).where(FILE.c.referral_id == referral_id)
    row = session.execute(stored).one_or_none()
    return vault.open(WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key)) if row else None


def read_file(session: Session, referral_id: UUID, *, vault: Vault) -> FileText:
    """Every word of the referral that this person may read; an empty file where there is none."""
    row = session.execute(select(FILE).where(FILE.c.referral_id == referral_id)).one_or_none()
    if row is None:
        return NOTHING_SAID
    key = vault.open(WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key))
    asked = key.reveal(row.asked_sealed, place_of(ASKED, referral_id)) if row.asked_sealed else ""
    return FileText(
        asked=asked,
        word=_revealed_word(row.consent, row.consent_sealed, key, referral_id),
        offered_by=row.offered_by,
        notes=_notes(session, referral_id, key),
    )


def has_file(session: Session, referral_id: UUID) -> bool:
    """Whether the referral has been offered, though its process may not have begun yet."""
    return session.get(ReferralFile, referral_id) is not None


def own_files(session: Session, referral_ids: Sequence[UUID], account_id: UUID) -> Sequence[UUID]:
    """Which of the referrals this person has offered."""
    if not referral_ids:
        return ()
    own = select(FILE.c.referral_id).where(
        FILE.c.referral_id.in_(referral_ids), FILE.c.offered_by == account_id
    )
    return session.scalars(own).all()


def _notes(session: Session, referral_id: UUID, key: ElderKey) -> tuple[WrittenNote, ...]:
    written = select(NOTE).where(NOTE.c.referral_id == referral_id).order_by(NOTE.c.written_at)
    return tuple(
        WrittenNote(
            note_id=row.note_id,
            kind=row.kind,
            at=row.written_at,
            account_id=row.account_id,
            unit_id=row.unit_id,
            text=key.reveal(row.text_sealed, place_of(TEXT, row.note_id)),
        )
        for row in session.execute(written)
    )


def _sealed_word(word: GivenWord, key: ElderKey, referral_id: UUID) -> bytes:
    return key.seal(word_as_text(word), place_of(CONSENT, referral_id))


def _revealed_word(consent: Consent, sealed: bytes | None, key: ElderKey, referral_id: UUID) -> GivenWord:
    if sealed is None:
        return GivenWord(consent=consent)
    return word_from_text(consent, key.reveal(sealed, place_of(CONSENT, referral_id)))
