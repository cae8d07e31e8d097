"""The named person of a record (专人, J-68): a member of the unit, who may hand it on to another one."""

from datetime import date
from uuid import UUID

from services.justice.commands import Acting, NamePerson
from services.justice.handlers.journal import book_of, write
from services.justice.handlers.once import once
from services.justice.handlers.sealing import NOTHING_SAID
from services.justice.repository import records
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.justice.codes import Stage, Step
from shared.domain.justice.events import Event
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.openings import policy_at


def name_person(desk: Desk, acting: Acting, command: NamePerson) -> UUID:
    """Name the person and answer the record's id; who has it already changes nothing.

    Raises NotFound for a record that is not the person's unit's, Conflict `record_over` for one that has
    ended, Invalid for somebody who is not of the unit.
    """
    with desk.database.begin(acting.person, acting.at) as work:
        return once(work, acting, command, lambda: _name(work, desk, command))


def check_colleague(work: UnitOfWork, unit_id: str, account_id: UUID, on: date) -> None:
    """Raise Invalid for somebody who does not belong to the unit on that day."""
    if account_id not in {one.account_id for one in records.colleagues(work.session, unit_id, on)}:
        raise Invalid("not_of_the_office", field="kept_by")


def _name(work: UnitOfWork, desk: Desk, command: NamePerson) -> UUID:
    record = records.hold(work.session, command.record_id)
    if record is None:
        raise NotFound("record_not_found")
    if record.stage is Stage.ENDED:
        raise Conflict("record_over")
    if command.kept_by == record.kept_by:
        return record.record_id
    policy = policy_at(desk.book, record.jurisdiction_id, work.now)
    today = local_day(work.now, policy.jurisdiction.zone)
    check_colleague(work, record.unit_id, command.kept_by, today)
    event = Event(step=Step.PERSON_NAMED, on=today, detail=str(command.kept_by))
    seq = len(records.journal(work.session, record.record_id)) + 1
    write(work, book_of(record, desk), event, NOTHING_SAID, seq=seq)
    records.move_on(work.session, record.record_id, {"kept_by": command.kept_by})
    return record.record_id
