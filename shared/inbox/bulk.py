"""One move on many referrals (批量办理): each is judged for itself, and each has an answer of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.desk import Desk
from shared.inbox.explain import explained
from shared.inbox.handlers import perform
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.web.problems import Problem, problem_of

BULK_MOVES = (Move.ACCEPT, Move.ACKNOWLEDGE, Move.CONFIRM, Move.URGE, Move.WITHDRAW)
"""The moves that may be made on ticked rows: those that need no words of their own for each."""

MOST = 50
"""As many as a page shows: more is a program's mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What is done to which referrals. `code` is the reason where the move asks for one."""

    move: Move
    ids: tuple[UUID, ...]
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAnswer:
    """What came of one of them: where it stands now, or why it was refused."""

    referral_id: UUID
    answer: ReferralAnswer | None = None
    problem: Problem | None = None


def perform_all(desk: Desk, wish: Bulk, *, person: Principal, at: datetime, key: str) -> Sequence[BulkAnswer]:
    """Make the move on each; one that is refused stops none of the others.

    The key of each is derived from `key`: the same form sent again acts once on each. Once the processes
    cannot be reached the rest is not asked, and may be with the same key.
    """
    answers: list[BulkAnswer] = []
    away: Problem | None = None
    for referral_id in dict.fromkeys(wish.ids):
        act = Act(
            person=person,
            move=wish.move,
            referral_id=referral_id,
            at=at,
            key=f"{key}/{wish.move}/{referral_id.hex}",
            code=wish.code,
        )
        answered = BulkAnswer(referral_id=referral_id, problem=away) if away else _performed(desk, act)
        away = answered.problem if _is_away(answered.problem) else None
        answers.append(answered)
    return answers


def _performed(desk: Desk, act: Act) -> BulkAnswer:
    try:
        with explained(desk, act.person, act.at, act.referral_id):
            return BulkAnswer(referral_id=act.referral_id, answer=perform(desk, act))
    except (Problem, IdempotencyMismatchError) as error:
        return BulkAnswer(referral_id=act.referral_id, problem=problem_of(error))


def _is_away(problem: Problem | None) -> bool:
    return problem is not None and problem.treatment.retry_after is not None
