"""A referral that grows from another one: the next piece of work, or a supporting unit's share (协办)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from shared.contracts.announcing import fact_message, start_message
from shared.contracts.outbox import OutboxMessage
from shared.contracts.referral import ReferralProjection, StartReferral
from shared.domain.periods import local_day
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import PartingRow
from shared.domain.referral.standing import Standing
from shared.policies.book import PolicyBook
from shared.policies.resolve import as_support
from shared.process.directory import load_directory
from shared.process.openings import Opening, policy_at, start_referral
from shared.process.subjects import subject_of

LEAD_ENDED = "lead_ended"
"""The outcome of support that the lead unit needs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """What opens; an empty `unit_id` leaves it to the policy's routes."""

    referral_id: UUID
    kind: str
    requesting_unit_id: str
    at: datetime
    unit_id: str = ""


def follower_of(session: Session, standing: Standing, follower: Follower, book: PolicyBook) -> StartReferral:
    """Its start: about the same elder, by the policy in force, with clocks of its own."""
    zone = policy_at(book, standing.jurisdiction_id, follower.at).jurisdiction.zone
    on, area_code = local_day(follower.at, zone), standing.area_code
    opening = Opening(
        referral_id=follower.referral_id,
        kind=follower.kind,
        jurisdiction_id=standing.jurisdiction_id,
        subject=subject_of(session, standing.subject_id, area_code=area_code, on=on),
        offered_at=follower.at,
        subject_id=standing.subject_id,
        origin_id=standing.referral_id,
        unit_id=follower.unit_id,
        requesting_unit_id=follower.requesting_unit_id,
    )
    return start_referral(book, load_directory(session, standing.jurisdiction_id), opening)


def support_messages(
    session: Session, projection: ReferralProjection, book: PolicyBook
) -> tuple[OutboxMessage, ...]:
    """Supporters begin; who has ended is told to the other side (主办、协办)."""
    standing = projection.standing
    asked = [row for batch in projection.batches for row in batch.rows.supports]
    parted = [row for batch in projection.batches for row in batch.rows.partings]
    followers = [
        Follower(
            referral_id=row.referral_id,
            kind=standing.kind,
            requesting_unit_id=standing.unit_id,
            at=row.at,
            unit_id=row.unit_id,
        )
        for row in asked
    ]
    starts = [_supporting(follower_of(session, standing, each, book), standing, book) for each in followers]
    return (*map(start_message, starts), *(_parting(standing, row) for row in parted))


def _supporting(start: StartReferral, lead: Standing, book: PolicyBook) -> StartReferral:
    policy = policy_at(book, lead.jurisdiction_id, start.state.offered_at)
    kind = as_support(start.state.kind, policy)
    return replace(start, state=replace(start.state, lead_id=lead.referral_id, kind=kind))


def _parting(standing: Standing, row: PartingRow) -> OutboxMessage:
    fact = FollowFact(
        request_id=str(uuid5(row.referral_id, f"parted/{standing.referral_id}")),
        move=Move.JOIN if row.is_lead else Move.CONCLUDE,
        at=row.at,
        reason=row.outcome if row.is_lead else LEAD_ENDED,
        fact_id=standing.referral_id,
    )
    return fact_message(row.referral_id, fact)
