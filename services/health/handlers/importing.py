"""A sheet of follow-ups taken in row by row (J-75): a sound row is stored, a faulty one sent back.

The same sheet again changes nothing: a follow-up's id is made of elder, programme and day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.health.commands import RecordFollowUp
from services.health.handlers.centre import Centre
from services.health.handlers.following_up import record_follow_up
from services.health.repository import elders
from shared.domain.errors import Conflict, Invalid
from shared.domain.health.cells import Cells
from shared.domain.health.codes import FollowUpResult, FollowUpWay
from shared.domain.health.sheet import (
    Column,
    Fault,
    FaultCode,
    Reading,
    ReadRow,
    SheetFollowUp,
    SheetWords,
    read_sheet,
    unread_headings,
)
from shared.persistence.search_tokens import find_elders

MOST_ROWS = 1000
MOST_FOUND = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDone:
    """What became of one row: stored, known already, or sent back with what is wrong."""

    number: int
    is_new: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDone:
    """What became of a sheet."""

    rows: tuple[RowDone, ...]
    unread: tuple[str, ...] = ()
    """Headings of columns that no one read."""

    @property
    def added(self) -> int:
        """How many follow-ups are new."""
        return sum(row.is_new for row in self.rows)

    @property
    def known(self) -> int:
        """How many had been stored before."""
        return sum(not row.is_new and not row.faults for row in self.rows)

    @property
    def faulty(self) -> tuple[RowDone, ...]:
        """The rows that were sent back."""
        return tuple(row for row in self.rows if row.faults)


def import_follow_ups(rows: Sequence[Cells], centre: Centre) -> SheetDone:
    """Take in every sound row. Raises Invalid `no_headings` or `too_many_rows`."""
    reading = Reading(words=words_of(centre), vitals=centre.rules.vitals, today=centre.today)
    read = read_sheet(rows, reading)
    if read is None:
        raise Invalid("no_headings", field="file")
    if len(read) > MOST_ROWS:
        raise Invalid("too_many_rows", field="file", most=MOST_ROWS)
    done = tuple(_take_in(row, centre) for row in read)
    detail = {"rows": len(done), "added": sum(row.is_new for row in done)}
    centre.work.record(stream=f"unit:{centre.unit_id}", action="follow_ups_imported", detail=detail)
    return SheetDone(rows=done, unread=unread_headings(rows, reading.words))


def words_of(centre: Centre) -> SheetWords:
    """How the sheet writes what the codes mean: the labels of the plan."""
    label, rules = centre.policy.label, centre.rules
    return SheetWords(
        headings={label("follow_up_columns", column): column for column in Column},
        programmes={label("programmes", each.code): each.code for each in rules.programmes},
        ways={label("follow_up_ways", way): way for way in FollowUpWay},
        results={label("follow_up_results", result): result for result in FollowUpResult},
    )


def _take_in(row: ReadRow, centre: Centre) -> RowDone:
    if row.said is None:
        return RowDone(number=row.number, faults=row.faults)
    found = _named(row.said, centre)
    if len(found) != 1:
        code = FaultCode.SEVERAL if found else FaultCode.NOBODY
        return RowDone(number=row.number, faults=(Fault(code=code, column=Column.NAME),))
    try:
        done = record_follow_up(_command(row.said, found[0]), centre, is_imported=True)
    except Conflict as refused:
        code = FaultCode.VOIDED if refused.code == "followed_up_voided" else FaultCode.DIFFERS
        return RowDone(number=row.number, faults=(Fault(code=code, column=Column.DONE_ON),))
    return RowDone(number=row.number, is_new=done.is_new)


def _named(said: SheetFollowUp, centre: Centre) -> list[UUID]:
    """Whoever has both the name and the last four of the ID number, in the territory of who asks."""
    work, vault = centre.work, centre.desk.vault
    by_name = set(find_elders(work, vault, said.name, limit=MOST_FOUND))
    by_number = set(find_elders(work, vault, said.id_tail, limit=MOST_FOUND))
    return elders.enrolments_of(work.session, by_name & by_number)


def _command(said: SheetFollowUp, enrolment_id: UUID) -> RecordFollowUp:
    return RecordFollowUp(
        enrolment_id=enrolment_id,
        programme=said.programme,
        done_on=said.done_on,
        way=said.way,
        result=said.result,
        readings=dict(said.readings),
        note=said.note,
    )
