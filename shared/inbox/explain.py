"""Refusals in words: who was first and when, what is possible now. Codes stay as they are for programs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.errors import RuleBroken
from shared.domain.referral.moves import PERMITTED, Move
from shared.domain.zones import to_wall
from shared.inbox.acts import SeenIsOld
from shared.inbox.desk import Desk
from shared.inbox.handling.messages import OR, PARTY_WORDS
from shared.inbox.items import verbs
from shared.inbox.messages import CAN_ONLY_LOOK, DAY_AND_TIME, NOBODY, TIME, YOU
from shared.inbox.names import load_names
from shared.inbox.reader import Reader
from shared.inbox.words import Words
from shared.policies.messages import LIST_MARK
from shared.process.openings import policy_at
from shared.process.tables import Referral
from shared.temporal.errors import OutcomeUnknown, ProcessAway
from shared.web.problems import PreconditionFailed, Problem, problem_of

RACED = "taken_already"
"""The process says itself what is left to whoever lost a race; fifty may lose at once."""


@contextmanager
def explained(desk: Desk, person: Principal, now: datetime, about: UUID | None = None) -> Iterator[None]:
    """Let a refusal leave as a problem whose facts say, in words, what the person needs to know.

    `about` is the referral of which it says what is possible now, as its page does.
    """
    try:
        yield
    except SeenIsOld as error:
        raise PreconditionFailed(error.code, facts=_facts(error, desk, person, now, about)) from error
    except RuleBroken as error:
        plain, facts = problem_of(error), _facts(error, desk, person, now, about)
        raise Problem(plain.code, category=plain.category, facts=facts) from error
    except (ProcessAway, OutcomeUnknown) as error:
        raise problem_of(error) from error


def _facts(
    error: RuleBroken, desk: Desk, person: Principal, now: datetime, about: UUID | None
) -> Mapping[str, object]:
    policy = policy_at(desk.book, person.jurisdiction_id, now)
    words = Words(policy=policy)
    facts = {name: value for name, value in error.params.items() if isinstance(value, str | int | UUID)}
    for name in ("held_since", "ended_at"):
        if isinstance(at := error.params.get(name), datetime):
            facts |= {name: at.isoformat(), "time": _clock_time(at, now, policy.jurisdiction.zone)}
    if isinstance(holder_id := error.params.get("holder_id"), UUID):
        facts["holder"] = _holder(holder_id, desk, person, now)
    if status := error.params.get("status"):
        facts["status_words"] = words.status(str(status))
    if "ended_with" in error.params:
        outcome = str(error.params["ended_with"])
        facts["how"] = words.outcome(outcome) if outcome else facts.get("status_words", "")
    if move := error.params.get("move"):
        facts["move_words"] = words.move(str(move))
        able = PERMITTED[Move(str(move))]
        facts["who"] = OR.join(said for party, said in PARTY_WORDS.items() if party in able)
    return facts | _possible(_moves(error, desk, person, now, about), words)


def _moves(
    error: RuleBroken, desk: Desk, person: Principal, now: datetime, about: UUID | None
) -> Sequence[Move]:
    if about is not None and error.code != RACED:
        with desk.database.begin(person, now) as work:
            row = work.session.get(Referral, about)
            return verbs(row, Reader(person=person, now=now, book=desk.book)) if row is not None else ()
    possible = error.params.get("possible")
    return [Move(move) for move in possible] if isinstance(possible, tuple | list) else ()


def _possible(moves: Sequence[Move], words: Words) -> dict[str, str]:
    return {
        "possible": " ".join(moves),
        "can_do": LIST_MARK.join(words.move(move) for move in moves) or CAN_ONLY_LOOK,
    }


def _holder(holder_id: UUID, desk: Desk, person: Principal, now: datetime) -> str:
    if holder_id == person.account_id:
        return YOU
    with desk.database.begin(person, now) as work:
        return load_names(work.session, accounts=[holder_id], units=[]).account(holder_id) or NOBODY


def _clock_time(at: datetime, now: datetime, zone: str) -> str:
    """The time of day, with the day before it unless it is today."""
    wall, today = to_wall(at, zone), to_wall(now, zone).date()
    return (TIME if wall.date() == today else DAY_AND_TIME).format(at=wall)
