"""Taking in the chosen rows of a roster: one transaction a row, so that it may stop anywhere and go on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.care_register.codes import BatchStatus, RowOutcome, SaidBy
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrol, enrol
from services.care_register.handlers.finding import open_enrolment
from services.care_register.handlers.importing import found_batch, person_of_row, source_of
from services.care_register.handlers.merging import FromList, merge
from services.care_register.handlers.personal import enrolled_as
from services.care_register.handlers.placing import area_of, place_rules
from services.care_register.handlers.readings import open_reading, seal_reading, spent
from services.care_register.handlers.states import ReportState, report_state
from services.care_register.repository import rosters, states
from services.care_register.repository.rosters import BatchRow
from shared.domain.codes import StateKind
from shared.domain.errors import RuleBroken
from shared.domain.roster.reading import RowReading
from shared.persistence.unit_of_work import UnitOfWork

Begin = Callable[[], AbstractContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the chosen rows are."""

    taken: int
    left: int


def take_in(batch_id: UUID, begin: Begin, desk: Desk, *, most: int) -> Progress:
    """Take in the next chosen rows, at most `most`, each in a transaction of its own.

    Interrupted anywhere, the rest is taken in by calling it again; no row is taken in twice or by half.
    """
    with begin() as work:
        found_batch(work, batch_id)
        positions = rosters.chosen(work.session, batch_id, limit=most)
    for position in positions:
        _take_in_or_say_why(batch_id, position, begin, desk)
    with begin() as work:
        counted = rosters.counts(work.session, [batch_id])[batch_id]
        left = sum(number for (_, outcome), number in counted.items() if outcome is RowOutcome.CHOSEN)
        if not left:
            rosters.change_batch(work.session, batch_id, {"status": BatchStatus.PREVIEWED})
    return Progress(taken=len(positions), left=left)


def _take_in_or_say_why(batch_id: UUID, position: int, begin: Begin, desk: Desk) -> None:
    try:
        with begin() as work:
            _take_in_row(batch_id, position, work, desk)
    except RuleBroken as error:
        with begin() as work:
            values = {"outcome": RowOutcome.FAILED, "failure": error.code, "settled_at": work.now}
            rosters.settle_row(work.session, batch_id, position, values)


def _take_in_row(batch_id: UUID, position: int, work: UnitOfWork, desk: Desk) -> None:
    row = rosters.lock_row(work.session, batch_id, position)
    if row is None or row.outcome is not RowOutcome.CHOSEN:
        return
    batch = found_batch(work, batch_id)
    reading = open_reading(row, batch, desk)
    listed = FromList(
        reading=reading, source=source_of(batch), dated_on=batch.dated_on, list_id=batch.batch_id
    )
    outcome, enrolment_id = _enrolled_or_merged(listed, batch, work, desk)
    _declare(reading, enrolment_id, work, desk)
    values = {
        "outcome": outcome,
        "enrolment_id": enrolment_id,
        "settled_at": work.now,
        "settled_by": work.principal.account_id,
        # What the register has now, the list need not keep.
        "reading_sealed": seal_reading(spent(reading), batch_id, desk.vault.open(batch.key)),
    }
    rosters.settle_row(work.session, batch_id, position, values)


def _enrolled_or_merged(
    listed: FromList, batch: BatchRow, work: UnitOfWork, desk: Desk
) -> tuple[RowOutcome, UUID]:
    person = person_of_row(listed.reading)
    standing = enrolled_as(person, work, desk)
    if standing is not None:
        return merge(listed, work, open_enrolment(work, standing.enrolment_id), desk), standing.enrolment_id
    area = _placed_in(listed.reading.address, work)
    done = enrol(
        Enrol(
            person=person,
            facts=listed.reading.facts,
            tags=listed.tags,
            area_code=area or batch.area_code,
            is_placed=bool(area),
            enrolled_at=work.now,
            agreed_weekdays=listed.reading.agreed_weekdays,
            elder_id=uuid5(batch.batch_id, f"elder/{listed.reading.row}"),
            enrolment_id=uuid5(batch.batch_id, f"enrolment/{listed.reading.row}"),
        ),
        work,
        desk,
    )
    return RowOutcome.ENROLLED, done.enrolment_id


def _placed_in(address: str, work: UnitOfWork) -> str:
    """The area that the table says, if it lies in the own territory."""
    area = area_of(address, place_rules(work))
    return area if area.startswith(work.principal.areas) else ""


def _declare(reading: RowReading, enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> None:
    """拒绝上门 on a list is the state 谢绝探访, for a second person to confirm (domain §0.2-7)."""
    if not reading.declines_visits:
        return
    acting = states.acting_states(work.session, enrolment_id)
    if any(state.kind is StateKind.DECLINES_VISITS for state in acting):
        return
    report_state(
        ReportState(
            enrolment_id=enrolment_id,
            kind=StateKind.DECLINES_VISITS,
            said_by=SaidBy.ROSTER,
            starts_at=work.now,
        ),
        work,
        desk,
    )
