"""Follow-ups (随访): the fact, what was measured, and what an abnormal reading sets off (J-75, J-77)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.health.commands import FollowedUp, NotedSign, RecordFollowUp
from services.health.handlers.centre import Centre, sealed
from services.health.handlers.readings import NOTE, check_readings, sealed_readings, written
from services.health.handlers.settling import settle_signs
from services.health.handlers.signing import begin_plan, check_programmes
from services.health.repository import follow_ups
from services.health.repository.elders import KeptElder
from services.health.repository.follow_ups import StoredFollowUp
from shared.domain.errors import Conflict
from shared.domain.health.follow_ups import due_on


def record_follow_up(command: RecordFollowUp, centre: Centre, *, is_imported: bool = False) -> FollowedUp:
    """Put one follow-up on record; the same again changes nothing and gets the same answer.

    One programme has one follow-up a day. An abnormal reading answers the referral that is being worked on,
    else it waits until the elder has been asked. Raises NotFound for an elder or a referral out of sight,
    Invalid with the field, Conflict `followed_up_already` for another record of that day.
    """
    elder = centre.elder(command.enrolment_id)
    centre.not_in_future(command.done_on, field="done_on")
    centre.check_referral(command.referral_id, elder)
    check_programmes((command.programme,), centre)
    check_readings(command.readings, centre)
    row = _row(command, elder, centre)
    is_new = follow_ups.add_follow_up(centre.work.session, row | {"is_imported": is_imported})
    if is_new:
        begin_plan(command.programme, elder, centre, since_on=command.done_on)
        settle_signs(elder, centre)
        detail = {"follow_up_id": row["follow_up_id"], "programme": command.programme}
        centre.work.record(stream=f"elder:{elder.elder_id}", action="followed_up", detail=detail)
    return _answer(row["follow_up_id"], row["fingerprint"], centre, is_new=is_new)


def _row(command: RecordFollowUp, elder: KeptElder, centre: Centre) -> dict[str, Any]:
    said = replace(command, referral_id=None, readings={})
    fingerprint = centre.fingerprint(said, written(command.readings))
    follow_up_id = _id(command, fingerprint, centre)
    key = centre.key_of(elder)
    return {
        **centre.about(elder),
        "follow_up_id": follow_up_id,
        "fingerprint": fingerprint,
        "referral_id": command.referral_id,
        "programme": command.programme,
        "done_on": command.done_on,
        "way": command.way,
        "result": command.result,
        "readings_sealed": sealed_readings(command.readings, key, follow_up_id),
        "note_sealed": sealed(key, command.note, column=NOTE, row_id=follow_up_id),
    }


def _id(command: RecordFollowUp, fingerprint: bytes, centre: Centre) -> UUID:
    """The day's own id, and another one after each record of it that was struck out.

    Raises Conflict `followed_up_voided` for just what was struck out: a sheet loaded again brings it again.
    """
    known = follow_ups.on_day(centre.work.session, command.enrolment_id, command.programme, command.done_on)
    voided = [each for each in known if each.voided_at is not None]
    same = next((each for each in voided if each.fingerprint == fingerprint), None)
    if same is not None and len(voided) == len(known):
        raise Conflict("followed_up_voided", by=same.voided_by, at=same.voided_at)
    what = f"{command.programme}/{command.done_on}/{len(voided)}"
    return centre.id_of(command.enrolment_id, what)


def _answer(follow_up_id: UUID, fingerprint: object, centre: Centre, *, is_new: bool) -> FollowedUp:
    stored = follow_ups.follow_up(centre.work.session, follow_up_id)
    if stored is None or stored.fingerprint != fingerprint:
        raise _taken(stored)
    programme = centre.rules.programme(stored.programme)
    assert programme is not None  # noqa: S101 - checked when the record came in
    open_now = follow_ups.open_signs(centre.work.session, stored.enrolment_id)
    return FollowedUp(
        follow_up_id=follow_up_id,
        enrolment_id=stored.enrolment_id,
        next_due_on=due_on(programme, since_on=stored.done_on, last_on=stored.done_on),
        signs=tuple(
            NotedSign(code=each.code, is_urgent=each.is_urgent, handling=each.handling)
            for each in open_now
            if each.follow_up_id == follow_up_id
        ),
        is_new=is_new,
    )


def _taken(stored: StoredFollowUp | None) -> Conflict:
    if stored is None:
        return Conflict("followed_up_elsewhere")
    return Conflict("followed_up_already", by=stored.recorded_by, at=stored.recorded_at, on=stored.done_on)
