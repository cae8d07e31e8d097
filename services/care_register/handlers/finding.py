"""Finding what a command is about; who may not see it is told the same as if it did not exist."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.care_register.codes import EnrolmentStatus
from services.care_register.repository import beds, elders, enrolments, listing
from services.care_register.repository.elders import SealedElder
from services.care_register.repository.enrolments import EnrolmentRow
from shared.domain.errors import Conflict, NotFound
from shared.domain.facts import ElderFacts
from shared.persistence.unit_of_work import UnitOfWork


def locked_enrolment(work: UnitOfWork, enrolment_id: UUID) -> EnrolmentRow:
    """The enrolment, held for this transaction. Raises NotFound."""
    row = enrolments.lock_enrolment(work.session, enrolment_id)
    if row is None:
        raise NotFound("enrolment_not_found", enrolment_id=enrolment_id)
    return row


def open_enrolment(work: UnitOfWork, enrolment_id: UUID) -> EnrolmentRow:
    """The enrolment, held and not yet ended. Raises NotFound, or Conflict if the elder has left."""
    row = locked_enrolment(work, enrolment_id)
    if row.status is EnrolmentStatus.LEFT:
        raise Conflict("has_left", enrolment_id=enrolment_id, left_at=row.left_at)
    return row


def came_first(
    work: UnitOfWork, code: str, *, by: UUID | None, at: datetime | None, **facts: object
) -> Conflict:
    """What who comes second is told: who has done it, and when."""
    who = "".join(listing.staff_names(work.session, [by]).values())
    return Conflict(code, by=by, at=at, **({"who": who} if who else {}), **facts)


def elder_of(work: UnitOfWork, row: EnrolmentRow) -> SealedElder:
    """The elder of an enrolment that was found; they lie in the same area, so it is there."""
    elder = elders.elder(work.session, row.elder_id)
    if elder is None:
        raise NotFound("enrolment_not_found", enrolment_id=row.enrolment_id)
    return elder


def facts_of(work: UnitOfWork, row: EnrolmentRow) -> ElderFacts:
    """What the rules know of the elder."""
    birth_on = elder_of(work, row).birth_on
    known = elders.facts(work.session, row.elder_id, area_code=row.area_code, birth_on=birth_on)
    return replace(known, home_bed=beds.bed_spell(work.session, row.enrolment_id))


def history_of(elder_id: UUID) -> str:
    """The stream in which everything about one elder is recorded."""
    return f"elder:{elder_id}"
