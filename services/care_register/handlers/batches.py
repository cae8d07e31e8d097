"""What a person sees of an uploaded roster: each row with its findings and what became of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.care_register.codes import BatchStatus, RowOutcome
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.importing import TAKEN, found_batch
from services.care_register.handlers.reading import open_people
from services.care_register.handlers.readings import open_reading
from services.care_register.repository import enrolments, listing, rosters
from services.care_register.repository.rosters import RosterRow
from shared.domain.roster.findings import Verdict
from shared.domain.roster.reading import RowReading
from shared.domain.roster.sheet import UnreadColumn
from shared.persistence.unit_of_work import UnitOfWork

MOST_LISTED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row; of one that was taken in the list itself keeps no more than the surname."""

    reading: RowReading
    verdict: Verdict
    outcome: RowOutcome
    failure: str
    enrolment_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One roster in the list. `waiting` counts what may still be taken in, by what was found in it."""

    batch_id: UUID
    file_name: str
    dated_on: date
    unread: tuple[UnreadColumn, ...]
    uploaded_at: datetime
    uploaded_by: str
    status: BatchStatus
    verdicts: Counter[Verdict]
    outcomes: Counter[RowOutcome]
    waiting: Counter[Verdict]


def list_batches(work: UnitOfWork) -> list[BatchLine]:
    """The newest rosters of the own territory."""
    found = rosters.batches(work.session, limit=MOST_LISTED)
    return _lines(found, work)


def batch_line(batch_id: UUID, work: UnitOfWork) -> BatchLine:
    """One roster in figures. Raises NotFound."""
    (line,) = _lines([found_batch(work, batch_id)], work)
    return line


def batch_rows(batch_id: UUID, work: UnitOfWork, desk: Desk) -> Sequence[ShownRow]:
    """The rows in the order of the sheet. Raises NotFound."""
    batch = found_batch(work, batch_id)
    rows = rosters.rows(work.session, batch_id)
    names = _names(work, desk, [row.enrolment_id for row in rows if row.enrolment_id])
    return [_shown(row, open_reading(row, batch, desk), names) for row in rows]


def _shown(row: RosterRow, reading: RowReading, names: Mapping[UUID, str]) -> ShownRow:
    """A row; who was taken in is called what the register calls them now, for the list no longer knows."""
    name = names.get(row.enrolment_id, reading.name) if row.enrolment_id else reading.name
    return ShownRow(
        reading=replace(reading, name=name),
        verdict=row.verdict,
        outcome=row.outcome,
        failure=row.failure,
        enrolment_id=row.enrolment_id,
    )


def _names(work: UnitOfWork, desk: Desk, enrolment_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = enrolments.some_enrolments(work.session, enrolment_ids=enrolment_ids, elder_ids=())
    people = open_people(work, [row.elder_id for row in rows], desk)
    return {row.enrolment_id: people[row.elder_id].name for row in rows}


def _lines(found: Sequence[rosters.BatchRow], work: UnitOfWork) -> list[BatchLine]:
    staff = listing.staff_names(work.session, [each.uploaded_by for each in found])
    counted = rosters.counts(work.session, [each.batch_id for each in found])
    return [_line(each, counted[each.batch_id], staff.get(each.uploaded_by, "")) for each in found]


def _line(
    batch: rosters.BatchRow, counted: Mapping[tuple[Verdict, RowOutcome], int], uploaded_by: str
) -> BatchLine:
    verdicts: Counter[Verdict] = Counter()
    outcomes: Counter[RowOutcome] = Counter()
    waiting: Counter[Verdict] = Counter()
    for (verdict, outcome), number in counted.items():
        verdicts[verdict] += number
        outcomes[outcome] += number
        if verdict in TAKEN and outcome in rosters.UNSETTLED:
            waiting[verdict] += number
    return BatchLine(
        batch_id=batch.batch_id,
        file_name=batch.file_name,
        dated_on=batch.dated_on,
        unread=batch.unread,
        uploaded_at=batch.uploaded_at,
        uploaded_by=uploaded_by,
        status=batch.status,
        verdicts=verdicts,
        outcomes=outcomes,
        waiting=waiting,
    )
