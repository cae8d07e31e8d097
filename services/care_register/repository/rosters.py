"""Uploaded rosters and the placing table, in the tables of this service."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.care_register.codes import BatchStatus, RowOutcome
from services.care_register.models.rosters import ImportBatch, ImportRow, Place
from shared.domain.roster.findings import Verdict
from shared.domain.roster.sheet import Unread, UnreadColumn
from shared.persistence.base import table_of
from shared.platform.privacy import WrappedKey

UNSETTLED = (RowOutcome.PENDING, RowOutcome.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One uploaded roster as stored."""

    batch_id: UUID
    jurisdiction_id: str
    area_code: str
    file_name: str
    dated_on: date
    unread: tuple[UnreadColumn, ...]
    key: WrappedKey
    status: BatchStatus
    uploaded_at: datetime
    uploaded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One row of a roster as stored; `reading_sealed` opens with the batch's key."""

    batch_id: UUID
    position: int
    verdict: Verdict
    reading_sealed: bytes
    outcome: RowOutcome
    failure: str
    enrolment_id: UUID | None


_AS_STORED = [name for name in BatchRow.__dataclass_fields__ if name not in {"key", "unread"}]


def replace_places(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Make these the placing table of who asks."""
    session.execute(delete(Place))
    if rows:
        session.execute(insert(Place), rows)


def places(session: Session) -> list[Place]:
    """The placing table."""
    return list(session.scalars(select(Place).order_by(Place.kind, Place.name, Place.lane_from)))


def add_batch(session: Session, values: Mapping[str, object]) -> bool:
    """Store an uploaded roster; False if this very file is there already."""
    added = upsert(ImportBatch).values(values).on_conflict_do_nothing().returning(ImportBatch.batch_id)
    return session.execute(added).first() is not None


def batch_of_file(session: Session, file_hash: bytes) -> BatchRow | None:
    """The batch that this file was uploaded as before."""
    found = select(table_of(ImportBatch)).where(ImportBatch.file_hash == file_hash)
    row = session.execute(found.order_by(ImportBatch.uploaded_at).limit(1)).one_or_none()
    return _batch(row) if row else None


def batch(session: Session, batch_id: UUID, *, locked: bool = False) -> BatchRow | None:
    """One batch."""
    found = select(table_of(ImportBatch)).where(ImportBatch.batch_id == batch_id)
    row = session.execute(found.with_for_update() if locked else found).one_or_none()
    return _batch(row) if row else None


def batches(session: Session, *, limit: int) -> list[BatchRow]:
    """The newest batches in the territory of who asks."""
    newest = select(table_of(ImportBatch)).order_by(ImportBatch.uploaded_at.desc()).limit(limit)
    return [_batch(row) for row in session.execute(newest)]


def change_batch(session: Session, batch_id: UUID, values: Mapping[str, object]) -> None:
    """Store where a batch stands."""
    session.execute(update(ImportBatch).where(ImportBatch.batch_id == batch_id).values(values))


def add_rows(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Store the rows of a batch."""
    if rows:
        session.execute(insert(ImportRow), rows)


def rows(session: Session, batch_id: UUID) -> list[RosterRow]:
    """The rows of a batch in the order of the sheet."""
    mine = select(table_of(ImportRow)).where(ImportRow.batch_id == batch_id).order_by(ImportRow.position)
    return [_row(row) for row in session.execute(mine)]


def lock_row(session: Session, batch_id: UUID, position: int) -> RosterRow | None:
    """One row, held while it is taken in."""
    one = select(table_of(ImportRow)).where(ImportRow.batch_id == batch_id, ImportRow.position == position)
    row = session.execute(one.with_for_update()).one_or_none()
    return _row(row) if row else None


def settle_row(session: Session, batch_id: UUID, position: int, values: Mapping[str, object]) -> None:
    """Store what became of a row."""
    session.execute(
        update(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.position == position).values(values)
    )


def choose(
    session: Session, batch_id: UUID, *, verdicts: Iterable[Verdict], positions: Iterable[int] | None
) -> None:
    """Mark rows to be taken in: all unsettled ones of these verdicts, or of these positions."""
    wanted = [
        ImportRow.batch_id == batch_id,
        ImportRow.verdict.in_(list(verdicts)),
        ImportRow.outcome.in_(UNSETTLED),
    ]
    if positions is not None:
        wanted.append(ImportRow.position.in_(list(positions)))
    session.execute(update(ImportRow).where(*wanted).values(outcome=RowOutcome.CHOSEN, failure=""))


def chosen(session: Session, batch_id: UUID, *, limit: int) -> list[int]:
    """The next positions to be taken in, in the order of the sheet."""
    waiting = select(ImportRow.position).where(
        ImportRow.batch_id == batch_id, ImportRow.outcome == RowOutcome.CHOSEN
    )
    return list(session.scalars(waiting.order_by(ImportRow.position).limit(limit)))


def counts(session: Session, batch_ids: Iterable[UUID]) -> dict[UUID, dict[tuple[Verdict, RowOutcome], int]]:
    """How many rows of each verdict came to what, in each of the batches."""
    columns = (ImportRow.batch_id, ImportRow.verdict, ImportRow.outcome)
    counted = select(*columns, func.count()).where(ImportRow.batch_id.in_(list(batch_ids))).group_by(*columns)
    found: dict[UUID, dict[tuple[Verdict, RowOutcome], int]] = defaultdict(dict)
    for batch_id, verdict, outcome, number in session.execute(counted):
        found[batch_id][verdict, outcome] = number
    return found


def _batch(row: Row[Any]) -> BatchRow:
    return BatchRow(
        key=WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key),
        unread=tuple(
            UnreadColumn(letters=letters, heading=heading, why=Unread(why))
            for letters, heading, why in row.unread
        ),
        **{name: getattr(row, name) for name in _AS_STORED},
    )


def _row(row: Row[Any]) -> RosterRow:
    return RosterRow(**{name: getattr(row, name) for name in RosterRow.__dataclass_fields__})
