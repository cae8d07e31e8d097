"""Effects that the owner of the facts has refused (办结之后): kept until somebody has seen to them."""

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.contracts.effects import RefusedEffect
from shared.persistence.base import table_of
from shared.policies.book import PolicyBook
from shared.policies.directory import full_code
from shared.process.notices import RefusedEffect as RefusedRow
from shared.process.openings import policy_at

AREA = text("SELECT area_code FROM process.visit_cycle WHERE enrolment_id = :enrolment_id")


def add_refusal(session: Session, refused: RefusedEffect, book: PolicyBook) -> None:
    """Put a refusal on record, once, where the elder lives; without a cycle, before the whole place."""
    asked = refused.asked
    area = session.execute(AREA, {"enrolment_id": asked.enrolment_id}).scalar_one_or_none()
    place = policy_at(book, asked.jurisdiction_id, asked.at).jurisdiction
    row = {
        "effect_id": asked.effect_id,
        "jurisdiction_id": asked.jurisdiction_id,
        "area_code": area or full_code(place.area_code),
        "enrolment_id": asked.enrolment_id,
        "referral_id": asked.referral_id,
        "effect": asked.effect,
        "kind": asked.kind,
        "unit_id": asked.unit_id,
        "reason": refused.reason,
        "refused_at": refused.refused_at,
    }
    session.execute(insert(table_of(RefusedRow)).values(row).on_conflict_do_nothing())
