"""What a cycle asks of its chase (追访), as messages for the relay: a workflow never calls another."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import uuid5

from sqlalchemy.orm import Session

from shared.contracts.announcing import fact_message, start_message
from shared.contracts.outbox import OutboxMessage
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.periods import local_day
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.domain.visit_cycle.rows import ChaseEnd, ChaseMove, ChaseVerb
from shared.policies.book import PolicyBook
from shared.process.directory import load_directory
from shared.process.openings import Opening, policy_at, start_referral
from shared.process.subjects import subject_of

CHASE = "chase"
"""The kind of referral that a missed window opens, in every policy."""

MOVES: Mapping[ChaseVerb, Move] = MappingProxyType(
    {
        ChaseVerb.SUSPEND: Move.SUSPEND,
        ChaseVerb.RESUME: Move.RESUME,
        ChaseVerb.CONCLUDE: Move.CONCLUDE,
    }
)

OUTCOMES: Mapping[ChaseEnd, str] = MappingProxyType(
    {
        ChaseEnd.CONTACT: "contact_counted",
        ChaseEnd.STATE: "state_confirmed",
        ChaseEnd.EXCEPTION: "exception_approved",
        ChaseEnd.RELEASED: "no_longer_owed",
        ChaseEnd.CLOSED: "enrolment_ended",
    }
)
"""The outcome that a referral shows for the fact that ended it."""


def chase_messages(
    session: Session, projection: CycleProjection, book: PolicyBook
) -> tuple[OutboxMessage, ...]:
    """The messages of all batches, in order; the same move has the same id, however often it is written."""
    moves = [move for batch in projection.batches for move in batch.rows.chases]
    return tuple(
        _opening(session, projection, move, book) if move.verb is ChaseVerb.OPEN else _following(move)
        for move in moves
    )


def _opening(
    session: Session, projection: CycleProjection, move: ChaseMove, book: PolicyBook
) -> OutboxMessage:
    zone = policy_at(book, projection.jurisdiction_id, move.at).jurisdiction.zone
    on, area_code = local_day(move.at, zone), projection.area_code
    opening = Opening(
        referral_id=move.referral_id,
        kind=CHASE,
        jurisdiction_id=projection.jurisdiction_id,
        subject=subject_of(session, projection.enrolment_id, area_code=area_code, on=on),
        offered_at=move.at,
        subject_id=projection.enrolment_id,
        obligation=move.obligations[0],
    )
    directory = load_directory(session, projection.jurisdiction_id)
    return start_message(start_referral(book, directory, opening))


def _following(move: ChaseMove) -> OutboxMessage:
    fact = FollowFact(
        request_id=str(uuid5(move.referral_id, f"{move.verb}/{move.at.isoformat()}/{move.fact_id}")),
        move=MOVES[move.verb],
        at=move.at,
        reason=OUTCOMES[move.end] if move.end else "",
        fact_id=move.fact_id,
    )
    return fact_message(move.referral_id, fact)
