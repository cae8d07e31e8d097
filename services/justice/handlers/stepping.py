"""Taking a step in a record: the rules judge it on what has happened, and the journal grows by a line."""

from uuid import UUID, uuid5

from services.justice.commands import Acting, TakeStep
from services.justice.handlers.checking import check_said, is_of_a_member
from services.justice.handlers.journal import book_of, write
from services.justice.handlers.once import once
from services.justice.handlers.reading import awaits_answer
from services.justice.handlers.reporting import report_violence
from services.justice.handlers.sealing import Words
from services.justice.repository import records
from services.justice.repository.records import KeptEntry, KeptRecord
from shared.domain.errors import Conflict, NotFound
from shared.domain.justice.closing import outcome_of
from shared.domain.justice.codes import Stage, Step
from shared.domain.justice.course import after
from shared.domain.justice.courses import COURSES
from shared.domain.justice.events import Event
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.openings import policy_at
from shared.process.tables import Referral


def take_step(desk: Desk, acting: Acting, command: TakeStep) -> UUID:
    """Take the step and answer the record's id; the same key again changes nothing.

    Raises NotFound for a record that is not the person's unit's, Invalid for what is missing, Conflict with
    the code of what bars the step, with what is possible, or with who wrote meanwhile.
    """
    with desk.database.begin(acting.person, acting.at) as work:
        return once(work, acting, command, lambda: _take(work, desk, acting, command))


def _take(work: UnitOfWork, desk: Desk, acting: Acting, command: TakeStep) -> UUID:
    record = records.hold(work.session, command.record_id)
    if record is None:
        raise NotFound("record_not_found")
    entries = records.journal(work.session, record.record_id)
    _check_seen(command, entries)
    if command.step is Step.ENDED and awaits_answer(record, work.session.get(Referral, record.referral_id)):
        raise Conflict("answer_first")
    policy = policy_at(desk.book, record.jurisdiction_id, acting.at)
    check_said(record.kind, command, policy, local_day(acting.at, policy.jurisdiction.zone))
    event = _event(record, acting, command)
    stage = after(COURSES[record.kind], [entry.event for entry in entries], event, policy.justice)
    _write(work, desk, command, record, event, len(entries) + 1)
    _move_on(work, record, event, stage)
    if event.step is Step.VIOLENCE_SEEN:
        report_violence(work, desk, record, acting=acting, text=command.text)
    return record.record_id


def _check_seen(command: TakeStep, entries: list[KeptEntry]) -> None:
    """Nobody decides on a journal that a colleague has written on meanwhile."""
    if command.seen is not None and command.seen < len(entries):
        latest = entries[-1]
        raise Conflict("record_changed", holder_id=latest.account_id, held_since=latest.written_at)


def _event(record: KeptRecord, acting: Acting, command: TakeStep) -> Event:
    member_id = command.member_id if is_of_a_member(record.kind, command.step) else None
    if command.step is Step.MEMBER_NAMED:
        member_id = uuid5(record.record_id, f"{acting.person.account_id}/{acting.key}")
    return Event(step=command.step, on=command.on, detail=" ".join(command.detail), member_id=member_id)


def _write(
    work: UnitOfWork, desk: Desk, command: TakeStep, record: KeptRecord, event: Event, seq: int
) -> None:
    words = Words(
        text=command.text.strip(),
        reply=command.reply.strip(),
        name=command.name.strip(),
        phone=command.phone.strip(),
    )
    write(work, book_of(record, desk), event, words, seq=seq)


def _move_on(work: UnitOfWork, record: KeptRecord, event: Event, stage: Stage) -> None:
    before = "" if event.step is Step.REFUSAL_TAKEN_BACK else record.outcome
    row: dict[str, object] = {
        "stage": stage,
        "outcome": outcome_of(record.kind, event) or before,
        "ended_at": work.now if stage is Stage.ENDED else None,
    }
    records.move_on(work.session, record.record_id, row)
