"""The elder's open alarm, as `visits` shows it to its neighbours (view `visits.open_not_seen`)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

OPEN = text("SELECT referral_id FROM visits.open_not_seen WHERE enrolment_id = :enrolment_id")


def open_alarm(session: Session, enrolment_id: UUID) -> UUID | None:
    """The referral 未见到老人 that is open for the elder, if there is one."""
    return session.execute(OPEN, {"enrolment_id": enrolment_id}).scalar_one_or_none()
