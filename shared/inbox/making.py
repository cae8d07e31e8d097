"""Making a move as somebody has said it, on a page or by a program."""

from dataclasses import asdict
from uuid import UUID

from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox import mounted
from shared.inbox.acts import Act
from shared.inbox.explain import explained
from shared.inbox.filing.outcomes import state_outcome
from shared.inbox.handlers import perform
from shared.inbox.move_schemas import Said
from shared.web import current


def make_move(
    move: Move, referral_id: UUID, said: Said, *, key: str, seen_seq: int | None = None
) -> ReferralAnswer:
    """Make it for who is signed in; a refusal leaves as a problem that says what is possible now."""
    desk, person, now = mounted.desk(), mounted.person(), current.now()
    act = Act(
        person=person, move=move, referral_id=referral_id, at=now, key=key, seen_seq=seen_seq, **asdict(said)
    )
    with explained(desk, person, now, referral_id):
        return (state_outcome if move is Move.COMPLETE else perform)(desk, act)
