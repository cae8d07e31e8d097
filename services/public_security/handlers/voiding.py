"""Voiding (作废) a record that was put down by mistake: it stays readable, with who, when and why.

A change of population is taken back at the register too, as long as nobody there has decided on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.public_security.handlers.changes import where_it_stands
from services.public_security.handlers.office import (
    found,
    id_of,
    key_of,
    place_of_reason,
    record_trace,
)
from services.public_security.repository import records
from services.public_security.repository.records import Change, Record
from shared.contracts.effects import CarryOut
from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import Effect
from shared.domain.referral.moves import Status
from shared.inbox.codes import NoteKind
from shared.inbox.desk import Desk
from shared.inbox.files import Note, add_note, heading_for
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.aftermath import carry_out
from shared.process.tables import Referral

PROPOSED = "proposed"
SETTLED = frozenset({"refused", "superseded", "not_taken"})
"""Where a change stands that the register lives by no more, whatever becomes of the station's record."""

STATED = frozenset({Status.COMPLETED, Status.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRecord:
    """A record of the station, and why it is voided.

    `beside`: what the side that asked reads then beside an outcome that rested on it.
    """

    kind: type[Record]
    record_id: UUID
    reason: str
    beside: str


def void_record(command: VoidRecord, work: UnitOfWork, desk: Desk) -> None:
    """Void the record.

    Raises NotFound; Conflict `voided_already`, and for a change that the register has not seen yet
    `change_on_its_way`, or has carried out `change_carried_out`; Invalid `void_reason_needed`.
    """
    record = found(work, command.kind, command.record_id, locked=True)
    if record.voided_at is not None:
        raise Conflict("voided_already", at=record.voided_at)
    if not command.reason.strip():
        raise Invalid("void_reason_needed", field="void_reason")
    if isinstance(record, Change):
        _take_back(record, work)
    sealed = key_of(record, desk).seal(command.reason.strip(), place_of_reason(record))
    values: Mapping[str, object] = {
        "voided_at": work.now,
        "voided_by": work.principal.account_id,
        "void_reason_sealed": sealed,
    }
    records.change(work.session, command.kind, command.record_id, values)
    record_trace(work, command.kind, command.record_id, action="voided")
    _say_beside_the_outcome(command, record.referral_id, work, desk)


def _say_beside_the_outcome(
    command: VoidRecord, referral_id: UUID | None, work: UnitOfWork, desk: Desk
) -> None:
    """An outcome stands as it was stated; beside it the side that asked reads that its record is void."""
    row = work.session.get(Referral, referral_id) if referral_id else None
    if row is None or row.status not in STATED or row.unit_id not in work.principal.units:
        return
    of_it = records.of_referral(work.session, command.kind, row.referral_id)
    if all(each.voided_at is not None or id_of(each) == command.record_id for each in of_it):
        note_id = uuid5(row.referral_id, f"voided/{command.record_id}")
        note = Note(note_id=note_id, kind=NoteKind.REMARK, unit_id=row.unit_id, text=command.beside)
        add_note(work, heading_for(row), note, vault=desk.vault)


def _take_back(change: Change, work: UnitOfWork) -> None:
    state = where_it_stands(change, work)
    if state is None:
        raise Conflict("change_on_its_way")
    if state.status in SETTLED:
        return
    if state.status != PROPOSED or change.enrolment_id is None:
        raise Conflict("change_carried_out")
    back = CarryOut(
        effect_id=uuid5(change.change_id, "taken_back"),
        effect=Effect.RECORD_STATE,
        jurisdiction_id=work.principal.jurisdiction_id,
        enrolment_id=change.enrolment_id,
        at=work.now,
        account_id=work.principal.account_id,
        unit_id=change.unit_id,
        voids=change.change_id,
    )
    work.announce(carry_out(back))
