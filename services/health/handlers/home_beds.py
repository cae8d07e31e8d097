"""Home beds (家庭病床), step by step: the rules say what is possible, a record in words ends one (J-76)."""

from uuid import UUID, uuid5

from services.health.commands import ApplyForBed, BedMoved, MoveBed
from services.health.handlers.centre import Centre, sealed
from services.health.handlers.telling import tell_step
from services.health.repository import home_beds
from services.health.repository.home_beds import StoredBed, StoredStep
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.health import home_beds as rules
from shared.domain.health.codes import BedMove, BedStatus
from shared.domain.health.home_beds import NEEDS_WORDS, Step, moved, owed

NOTE = "health.home_bed_step.note"


def apply_for_bed(command: ApplyForBed, centre: Centre) -> BedMoved:
    """Ask for a home bed; again on the same day it is the same application.

    Raises NotFound for an elder out of sight, Invalid for a day that has not come, Conflict
    `bed_open_already` while another one is not over.
    """
    elder = centre.elder(command.enrolment_id)
    centre.check_referral(command.referral_id, elder)
    bed_id = _bed_id(command, centre)
    step = Step(move=BedMove.APPLY, done_on=command.applied_on)
    status = moved((), step, today=centre.today)
    head = {**centre.about(elder), "bed_id": bed_id, "referral_id": command.referral_id, "status": status}
    if home_beds.add_bed(centre.work.session, head):
        asked = MoveBed(bed_id=bed_id, move=step.move, done_on=step.done_on, note=command.note)
        _keep_step(asked, _bed(bed_id, centre), centre)
    elif home_beds.locked_bed(centre.work.session, bed_id) is None:
        raise another_is_open(command.enrolment_id, centre)
    return _answer(_bed(bed_id, centre), centre)


def move_bed(command: MoveBed, centre: Centre) -> BedMoved:
    """Do the next step; the same step again changes nothing.

    Raises NotFound, Invalid for a day that cannot be or without the needed words, Conflict `bed_cannot` with
    who did what last and what is possible now.
    """
    bed = _bed(command.bed_id, centre)
    if _is_done(command, bed, centre):
        return _answer(bed, centre)
    try:
        status = moved(bed.rule_steps, Step(move=command.move, done_on=command.done_on), today=centre.today)
    except Conflict as refused:
        last = (bed.standing_steps or bed.steps)[-1]
        raise Conflict(refused.code, **refused.params, by=last.recorded_by, at=last.recorded_at) from refused
    if command.move in NEEDS_WORDS and not command.note.strip():
        raise Invalid("bed_words_needed", field="note", move=command.move)
    _keep_step(command, bed, centre)
    home_beds.set_status(centre.work.session, bed.bed_id, status)
    stands = _bed(bed.bed_id, centre)
    tell_step(stands, stands.steps[-1], centre)
    return _answer(stands, centre)


def another_is_open(enrolment_id: UUID, centre: Centre) -> Conflict:
    """That the elder has a bed which is not over, with who did what last about it."""
    bed = next(bed for bed in home_beds.beds_of(centre.work.session, enrolment_id) if not bed.status.is_over)
    last = bed.standing_steps[-1]
    return Conflict("bed_open_already", status=bed.status, by=last.recorded_by, at=last.recorded_at)


def _bed_id(command: ApplyForBed, centre: Centre) -> UUID:
    """The day's own id, and another one after each application of that day that was struck out."""
    known = home_beds.beds_of(centre.work.session, command.enrolment_id)
    voided = [bed for bed in known if bed.status is BedStatus.VOIDED and bed.applied_on == command.applied_on]
    return centre.id_of(command.enrolment_id, f"bed/{command.applied_on}/{len(voided)}")


def _bed(bed_id: UUID, centre: Centre) -> StoredBed:
    bed = home_beds.locked_bed(centre.work.session, bed_id)
    if bed is None:
        raise NotFound("bed_unknown")
    return bed


def _is_done(command: MoveBed, bed: StoredBed, centre: Centre) -> bool:
    """Whether just this is on record. Raises Conflict if that day has another record of the same step."""
    step_id, known = _step_id(command, bed), {step.step_id: step for step in bed.standing_steps}
    if step_id not in known:
        return False
    if known[step_id].fingerprint != centre.fingerprint(command):
        last: StoredStep = known[step_id]
        raise Conflict("step_recorded_already", by=last.recorded_by, at=last.recorded_at, on=last.done_on)
    return True


def _step_id(command: MoveBed, bed: StoredBed) -> UUID:
    """The day's own id of that step, and another one after each of them that was struck out."""
    like = [step for step in bed.steps if (step.move, step.done_on) == (command.move, command.done_on)]
    voided = sum(step.voided_at is not None for step in like)
    return uuid5(command.bed_id, f"{command.move}/{command.done_on}/{voided}")


def _keep_step(command: MoveBed, bed: StoredBed, centre: Centre) -> None:
    elder, step_id = centre.elder(bed.enrolment_id), _step_id(command, bed)
    note = sealed(centre.key_of(elder), command.note.strip(), column=NOTE, row_id=step_id)
    row = {
        **centre.about(elder),
        "step_id": step_id,
        "bed_id": bed.bed_id,
        "seq": len(bed.steps) + 1,
        "fingerprint": centre.fingerprint(command),
        "move": command.move,
        "done_on": command.done_on,
        "note_sealed": note,
    }
    home_beds.add_step(centre.work.session, row)
    detail = {"bed_id": bed.bed_id, "move": command.move, "done_on": command.done_on}
    centre.work.record(stream=f"elder:{bed.elder_id}", action="home_bed_moved", detail=detail)


def _answer(bed: StoredBed, centre: Centre) -> BedMoved:
    due = owed(bed.rule_steps, centre.rules.home_bed, centre.calendar)
    status = rules.status_of(bed.rule_steps)
    return BedMoved(
        bed_id=bed.bed_id,
        enrolment_id=bed.enrolment_id,
        status=status or BedStatus.APPLIED,
        next_move=due.move if due else None,
        next_due_on=due.due_on if due else None,
    )
