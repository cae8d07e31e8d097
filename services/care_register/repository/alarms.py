"""The elder's open alarm, as `visits` shows it to its neighbours (view `visits.open_not_seen`)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

OPEN = text("SELECT referral_id, has_red_flag FROM visits.open_not_seen WHERE enrolment_id = :enrolment_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAlarm:
    """The referral 未见到老人 of an elder, and whether there was a sign of danger at the door."""

    referral_id: UUID
    has_red_flag: bool


def open_alarm(session: Session, enrolment_id: UUID) -> OpenAlarm | None:
    """The alarm that is open for the elder, if there is one."""
    row = session.execute(OPEN, {"enrolment_id": enrolment_id}).one_or_none()
    return OpenAlarm(referral_id=row.referral_id, has_red_flag=row.has_red_flag) if row else None
