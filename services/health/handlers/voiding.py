"""Striking out (作废) what was typed in wrongly: it stays readable, and what it said is taken back.

Of a home bed only the last step can be struck out: what came after it stands on it.
"""

from uuid import UUID

from services.health.commands import RecordKind, VoidRecord
from services.health.handlers.centre import Centre, revealed, sealed
from services.health.handlers.home_beds import another_is_open
from services.health.handlers.settling import settle_signs
from services.health.handlers.telling import tell_step
from services.health.repository import home_beds, voids
from services.health.repository.elders import KeptElder
from services.health.repository.home_beds import StoredBed
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.health.codes import BedStatus
from shared.domain.health.home_beds import status_of
from shared.platform.privacy import ElderKey


def void_record(command: VoidRecord, centre: Centre) -> UUID:
    """Strike the record out; again changes nothing. Answers whose it was.

    Raises NotFound for a record of another centre, Invalid without a reason, Conflict `later_step_stands` and
    `bed_open_already` for a step of a home bed that others rest on.
    """
    session = centre.work.session
    enrolment_id = voids.whose(session, command.kind, command.record_id)
    if enrolment_id is None:
        raise NotFound("record_unknown")
    reason = command.reason.strip()
    if not reason:
        raise Invalid("void_reason_needed", field="reason")
    elder = centre.elder(enrolment_id)
    bed = _bed_of_last_step(command, centre)
    column = _column(command.kind)
    values = {
        "voided_at": centre.work.now,
        "voided_by": centre.work.principal.account_id,
        "void_reason_sealed": sealed(centre.key_of(elder), reason, column=column, row_id=command.record_id),
    }
    if voids.strike_out(session, command.kind, command.record_id, values):
        _take_back(command, elder, bed, centre)
        detail = {f"{command.kind}_id": command.record_id}
        centre.work.record(stream=f"elder:{elder.elder_id}", action=f"{command.kind}_voided", detail=detail)
    return enrolment_id


def void_reason(kind: RecordKind, record_id: UUID, found: bytes | None, key: ElderKey) -> str:
    """Why it was struck out; nothing for what stands."""
    return revealed(key, found, column=_column(kind), row_id=record_id)


def _column(kind: RecordKind) -> str:
    return f"health.{kind}.void_reason"


def _bed_of_last_step(command: VoidRecord, centre: Centre) -> StoredBed | None:
    """The bed whose last step is to be struck out, held; None for another record, or a step struck before."""
    if command.kind is not RecordKind.BED_STEP:
        return None
    bed_id = home_beds.bed_of_step(centre.work.session, command.record_id)
    bed = home_beds.locked_bed(centre.work.session, bed_id) if bed_id else None
    standing = bed.standing_steps if bed else ()
    if command.record_id not in {step.step_id for step in standing}:
        return None
    last = standing[-1]
    if last.step_id != command.record_id:
        raise Conflict("later_step_stands", move=last.move, by=last.recorded_by, at=last.recorded_at)
    return bed


def _take_back(command: VoidRecord, elder: KeptElder, bed: StoredBed | None, centre: Centre) -> None:
    session = centre.work.session
    if command.kind is RecordKind.FOLLOW_UP:
        settle_signs(elder, centre)
    if bed is None:
        return
    status = status_of(bed.rule_steps[:-1]) or BedStatus.VOIDED
    if bed.status.is_over and not status.is_over:
        _check_no_other(bed, centre)
    home_beds.set_status(session, bed.bed_id, status)
    stands = home_beds.locked_bed(session, bed.bed_id)
    if stands is not None:
        tell_step(stands, next(step for step in stands.steps if step.step_id == command.record_id), centre)


def _check_no_other(bed: StoredBed, centre: Centre) -> None:
    """A bed in use again would be a second one, if the elder has got another one since."""
    others = home_beds.beds_of(centre.work.session, bed.enrolment_id)
    if any(not other.status.is_over for other in others if other.bed_id != bed.bed_id):
        raise another_is_open(bed.enrolment_id, centre)
