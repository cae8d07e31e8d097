"""Leaving the register (退出): with a reason and a second person; nobody disappears silently."""

from dataclasses import dataclass
from uuid import UUID

from services.care_register.codes import EnrolmentStatus, RemovalReason
from services.care_register.handlers.cycles import close_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, history_of, open_enrolment
from services.care_register.handlers.people import REMOVAL_NOTE, seal_note
from services.care_register.repository import enrolments, reported
from services.care_register.repository.enrolments import EnrolmentRow
from shared.domain.errors import Conflict, Forbidden
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRemoval:
    """Somebody asks that an elder leave the register; `note` names the evidence."""

    enrolment_id: UUID
    reason: RemovalReason
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRemoval:
    """Another person confirms the removal, or refuses it and the elder stays."""

    enrolment_id: UUID
    is_confirmed: bool


def request_removal(command: RequestRemoval, work: UnitOfWork, desk: Desk) -> None:
    """Put the removal before a second person; visits go on. Raises NotFound, Conflict `removal_requested`."""
    row = open_enrolment(work, command.enrolment_id)
    if row.removal_requested_at is not None:
        raise Conflict("removal_requested", at=row.removal_requested_at)
    values = {
        "removal_reason": command.reason,
        "removal_note_sealed": seal_note(
            command.note, REMOVAL_NOTE, row.enrolment_id, elder=elder_of(work, row), desk=desk
        ),
        "removal_requested_by": work.principal.account_id,
        "removal_requested_at": work.now,
    }
    enrolments.change_enrolment(work.session, row.enrolment_id, values)
    _record(row, work, action="removal_requested", reason=command.reason)


def decide_removal(command: DecideRemoval, work: UnitOfWork) -> None:
    """End the enrolment and its visit cycle, or let the elder stay.

    Raises NotFound; Conflict `removal_not_requested`; Forbidden `second_person_needed` to who asked for it.
    """
    row = open_enrolment(work, command.enrolment_id)
    if row.removal_requested_at is None or row.removal_reason is None:
        raise Conflict("removal_not_requested")
    if row.removal_requested_by == work.principal.account_id:
        raise Forbidden("second_person_needed")
    if not command.is_confirmed:
        enrolments.change_enrolment(work.session, row.enrolment_id, NO_REMOVAL)
        _record(row, work, action="removal_refused", reason=row.removal_reason)
        return
    leave(work, row, reason=row.removal_reason)
    _record(row, work, action="left", reason=row.removal_reason)


def leave(work: UnitOfWork, row: EnrolmentRow, *, reason: RemovalReason) -> None:
    """End the enrolment and its cycle; no news of the elder waits any more."""
    by, at = work.principal.account_id, work.now
    values = {"status": EnrolmentStatus.LEFT, "removal_reason": reason, "left_at": at, "left_by": by}
    enrolments.change_enrolment(work.session, row.enrolment_id, values)
    reported.supersede(work.session, row.enrolment_id, {"decided_at": at, "decided_by": by})
    close_cycle(work, row, reason=reason)


def _record(row: EnrolmentRow, work: UnitOfWork, *, action: str, reason: RemovalReason) -> None:
    work.record(
        stream=history_of(row.elder_id),
        action=action,
        detail={"enrolment_id": row.enrolment_id, "reason": reason},
        jurisdiction_id=row.jurisdiction_id,
    )


NO_REMOVAL = dict.fromkeys(
    ("removal_reason", "removal_note_sealed", "removal_requested_by", "removal_requested_at")
)
