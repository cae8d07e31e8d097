"""What the health centre lets others know of an elder: that a reading was abnormal, and what was done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

SIGNS = text(
    "SELECT code, handling, noted_on FROM health.sign_for_others WHERE enrolment_id = :enrolment_id"
    " ORDER BY noted_on DESC, code"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthSign:
    """「血压高，已转医」 as codes; the value stays with the centre."""

    code: str
    handling: str
    noted_on: date


def health_signs(session: Session, enrolment_id: UUID) -> tuple[HealthSign, ...]:
    """What is abnormal about the elder now, in the territory of who asks; the newest first."""
    rows = session.execute(SIGNS, {"enrolment_id": enrolment_id}).mappings()
    return tuple(HealthSign(**row) for row in rows)
