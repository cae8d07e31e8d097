"""Records and their journals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.justice.models import Entry, Record
from shared.domain.justice.codes import RecordKind, Stage, Step
from shared.domain.justice.events import Event
from shared.persistence.base import table_of
from shared.platform.privacy import WrappedKey

RECORD, ENTRY = table_of(Record), table_of(Entry)

_COLLEAGUES = text(
    "SELECT DISTINCT m.account_id, n.name FROM identity.unit_members AS m"
    " JOIN identity.account_name AS n USING (account_id) WHERE m.unit_id = :unit_id"
    " AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day) ORDER BY n.name"
)

NewRow = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record as it stands."""

    record_id: UUID
    jurisdiction_id: str
    area_code: str
    kind: RecordKind
    unit_id: str
    referral_id: UUID
    elder_id: UUID | None
    subject_id: UUID | None
    kept_by: UUID
    opened_at: datetime
    stage: Stage
    outcome: str
    ended_at: datetime | None
    key: WrappedKey
    client_sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """One line of a journal: what happened, who wrote it when, and the sealed words."""

    entry_id: UUID
    event: Event
    account_id: UUID
    written_at: datetime
    words_sealed: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A member of the unit."""

    account_id: UUID
    name: str


def add_record(session: Session, row: NewRow) -> bool:
    """Store a record, once; answers whether it was not there before."""
    added = insert(RECORD).values(row).on_conflict_do_nothing().returning(RECORD.c.record_id)
    return session.execute(added).first() is not None


def add_entry(session: Session, row: NewRow) -> None:
    """Add one line to a journal."""
    session.execute(insert(ENTRY).values(row))


def move_on(session: Session, record_id: UUID, row: NewRow) -> None:
    """Show where the record stands now."""
    session.execute(update(RECORD).where(RECORD.c.record_id == record_id).values(row))


def find(session: Session, record_id: UUID) -> KeptRecord | None:
    """The record, if it is the person's unit's."""
    return next(iter(_kept(session, select(Record).filter_by(record_id=record_id))), None)


def hold(session: Session, record_id: UUID) -> KeptRecord | None:
    """The same, locked until the end of the transaction: two who act at once come one after the other."""
    locked = select(Record).filter_by(record_id=record_id).with_for_update()
    return next(iter(_kept(session, locked)), None)


def of_referral(session: Session, referral_id: UUID) -> list[KeptRecord]:
    """Every record about a referral, in the order in which they were opened."""
    about = select(Record).filter_by(referral_id=referral_id)
    return _kept(session, about.order_by(Record.opened_at, Record.kind))


def open_records(session: Session, units: Sequence[str]) -> list[KeptRecord]:
    """What these units have open."""
    return _kept(session, select(Record).where(Record.unit_id.in_(units), Record.stage != Stage.ENDED))


def ended_records(
    session: Session, units: Sequence[str], *, after: tuple[datetime, UUID] | None, limit: int
) -> list[KeptRecord]:
    """What these units ended, the latest first, behind `after`; one more than `limit` if there are more."""
    keys = (Record.ended_at, Record.record_id)
    mine = select(Record).where(Record.unit_id.in_(units), Record.stage == Stage.ENDED)
    wanted = mine.where(tuple_(*keys) < tuple_(*after)) if after else mine
    return _kept(session, wanted.order_by(*(key.desc() for key in keys)).limit(limit + 1))


def journals(session: Session, record_ids: Iterable[UUID]) -> dict[UUID, list[KeptEntry]]:
    """The journals of these records, each in order."""
    found: dict[UUID, list[KeptEntry]] = {record_id: [] for record_id in record_ids}
    if found:
        lines = select(Entry).where(Entry.record_id.in_(found)).order_by(Entry.record_id, Entry.seq)
        for row in session.scalars(lines):
            found[row.record_id].append(_entry(row))
    return found


def journal(session: Session, record_id: UUID) -> list[KeptEntry]:
    """The journal of one record."""
    return journals(session, [record_id])[record_id]


def colleagues(session: Session, unit_id: str, day: date) -> list[Colleague]:
    """Who belongs to the unit on the day."""
    rows = session.execute(_COLLEAGUES, {"unit_id": unit_id, "day": day})
    return [Colleague(account_id=row.account_id, name=row.name) for row in rows]


def _kept(session: Session, found: Select[Record]) -> list[KeptRecord]:
    return [_record(row) for row in session.scalars(found)]


def _record(row: Record) -> KeptRecord:
    return KeptRecord(
        record_id=row.record_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        kind=row.kind,
        unit_id=row.unit_id,
        referral_id=row.referral_id,
        elder_id=row.elder_id,
        subject_id=row.subject_id,
        kept_by=row.kept_by,
        opened_at=row.opened_at,
        stage=row.stage,
        outcome=row.outcome,
        ended_at=row.ended_at,
        key=WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key),
        client_sealed=row.client_sealed,
    )


def _entry(row: Entry) -> KeptEntry:
    event = Event(step=Step(row.step), on=row.happened_on, detail=row.detail, member_id=row.member_id)
    return KeptEntry(
        entry_id=row.entry_id,
        event=event,
        account_id=row.account_id,
        written_at=row.written_at,
        words_sealed=row.words_sealed,
    )
