"""In which order the rows about an elder are held: the enrolment first, then what belongs to it."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.care_register.models.enrolments import Enrolment


def hold_enrolment(session: Session, whose: Select[UUID]) -> None:
    """Hold the enrolment of a row that is about to be decided on, before the row itself.

    Whoever changes an elder holds the enrolment and then writes the rows; two that took them in another order
    would wait for each other, until PostgreSQL ended one of them.
    """
    held = select(Enrolment.enrolment_id).where(Enrolment.enrolment_id.in_(whose))
    session.execute(held.with_for_update())
