"""A referral's file beside its moves: remarks, attachments, watchers, questions about fields."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from shared.domain.errors import Forbidden, Invalid, NotFound
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move
from shared.domain.referral.shielding import is_unfounded
from shared.inbox.acting import WORKERS, units_in
from shared.inbox.codes import NoteKind
from shared.inbox.desk import Desk
from shared.inbox.files import Note, WrittenNote, add_note, heading_for
from shared.inbox.filing.attachments import AttachmentLine, attachments_of, opened_attachment
from shared.inbox.filing.drafts import Draft, own_draft
from shared.inbox.filing.field_requests import ASKABLE, AskedFields, may_ask
from shared.inbox.filing.safe_files import SafeFile
from shared.inbox.filing.unfounded import may_be_unfounded
from shared.inbox.filing.watching import possible_watchers, watchers_of
from shared.inbox.handlers import visible_referral
from shared.inbox.handling.messages import REPORTER_HIDDEN
from shared.inbox.names import Names, load_names
from shared.inbox.reader import Reader
from shared.inbox.reading import ReferralPage
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.hand_over import fields_for
from shared.policies.handling import Field
from shared.process.tables import Referral

Said = TypeVar("Said", WrittenNote, AttachmentLine, AskedFields)

SOMEBODY = UUID(int=0)
"""Stands for whom the reader may not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The parts of the page that show the file, for one reader. `askable` is empty to who may not ask."""

    remarks: Sequence[WrittenNote]
    unfounded: Sequence[WrittenNote]
    is_unfounded: bool
    may_say_unfounded: bool
    attachments: Sequence[AttachmentLine]
    watchers: Sequence[UUID]
    possible_watchers: Sequence[tuple[UUID, str]]
    asked: Sequence[AskedFields]
    askable: Sequence[Field]
    may_answer: bool
    is_party: bool
    draft: Draft | None
    names: Names


@contextmanager
def as_party(desk: Desk, reader: Reader, referral_id: UUID) -> Iterator[tuple[UnitOfWork, Referral]]:
    """A transaction of somebody of a party. Raises NotFound to strangers, Forbidden to who looks on."""
    with desk.database.begin(reader.person, reader.now) as work:
        yield work, party_row(work, referral_id)


def party_row(work: UnitOfWork, referral_id: UUID) -> Referral:
    """The referral, for somebody who is of a party. Raises as `as_party` does."""
    row = visible_referral(work.session, referral_id)
    if not units_in(row, work.principal):
        raise Forbidden("not_of_a_party")
    return row


def read_attachment(desk: Desk, reader: Reader, referral_id: UUID, attachment_id: UUID) -> SafeFile:
    """One attachment, for a party that may read what it is about. Raises NotFound to others (X-11)."""
    with as_party(desk, reader, referral_id) as (work, row):
        if not reader.reads(row):
            raise NotFound("attachment_not_found")
        return opened_attachment(work, referral_id, attachment_id, vault=desk.vault)


def remark(work: UnitOfWork, row: Referral, *, text: str, key: str, desk: Desk) -> UUID:
    """Say something beside the moves (留言), once for a key; also when the work is done."""
    if not text.strip():
        raise Invalid("words_needed", move=Move.NOTE)
    note_id = uuid5(row.referral_id, f"{work.principal.account_id}/{key}/remark")
    unit_id = units_in(row, work.principal)[0]
    note = Note(note_id=note_id, kind=NoteKind.REMARK, unit_id=unit_id, text=text.strip())
    add_note(work, heading_for(row), note, vault=desk.vault)
    return note_id


def read_filed(session: Session, page: ReferralPage, reader: Reader, desk: Desk) -> Filed:
    """What the page shows of the file beside the moves."""
    row, person = page.row, reader.person
    attachments = attachments_of(session, row.referral_id, vault=desk.vault) if page.is_read else []
    watchers, is_party = watchers_of(session, row.referral_id), bool(units_in(row, person))
    day = local_day(reader.now, page.words.policy.jurisdiction.zone)
    is_asking = may_ask(row) and row.unit_id in person.units and person.plays(*WORKERS)
    unfounded = page.file.unfounded
    return Filed(
        remarks=[_masked(note, page) for note in page.file.remarks],
        unfounded=[_masked(note, page) for note in unfounded],
        is_unfounded=is_unfounded((note.account_id, note.unit_id) for note in unfounded),
        may_say_unfounded=may_be_unfounded(row, reader)
        and not {note.unit_id for note in unfounded} & set(person.units),
        attachments=[_masked(each, page) for each in attachments],
        watchers=[SOMEBODY if who == page.masked else who for who in watchers],
        possible_watchers=possible_watchers(session, row, day=day, but=watchers) if is_party else (),
        asked=[_without_reporter(each, page) for each in page.asked],
        askable=_askable(page) if is_asking else (),
        may_answer=row.requesting_unit_id in person.units,
        is_party=is_party,
        draft=own_draft(session, row.referral_id, person.account_id, vault=desk.vault),
        names=_names(session, page, attachments, watchers),
    )


def _names(
    session: Session, page: ReferralPage, attachments: Sequence[AttachmentLine], watchers: Sequence[UUID]
) -> Names:
    spoken = [*page.file.remarks, *page.file.unfounded]
    people = [note.account_id for note in spoken] + [each.account_id for each in attachments]
    people += [who for each in page.asked for who in (each.account_id, each.answered_by) if who]
    units = [note.unit_id for note in spoken] + [each.unit_id for each in page.asked]
    named = load_names(session, accounts=[*people, *watchers], units=units)
    return named.hiding(SOMEBODY, REPORTER_HIDDEN)


def _masked(said: Said, page: ReferralPage) -> Said:
    """What somebody said, without who where that is not known to the reader (X-11)."""
    return replace(said, account_id=SOMEBODY) if said.account_id == page.masked else said


def _without_reporter(asked: AskedFields, page: ReferralPage) -> AskedFields:
    answered = asked.answered_by is not None and asked.answered_by == page.masked
    return replace(_masked(asked, page), answered_by=SOMEBODY) if answered else _masked(asked, page)


def _askable(page: ReferralPage) -> list[Field]:
    """What the kind of work does not show anyway and nobody has asked for yet."""
    shown = set(fields_for(page.words.policy, page.kind.code))
    asked = {field for each in page.asked if each.unit_id == page.row.unit_id for field in each.fields}
    return [field for field in ASKABLE if field not in shown | asked]
