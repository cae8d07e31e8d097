"""What follows from a piece of work that has ended (办结之后): what it does is data of the policy.

The projection that shows the end writes these messages in its own transaction, so each goes out once. Effects
on facts are carried to the service that owns them (`OWNERS`, `workflows/aftermath`); the next piece of work
is opened here; what only a person can do is told to the side that asked.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contracts import names
from shared.contracts.activities import OWNERS
from shared.contracts.announcing import fact_message, start_message
from shared.contracts.effects import CarryOut
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.referral import ReferralProjection
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.codes import Urgency
from shared.domain.kinds import Effect
from shared.domain.referral.clocks import members
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import EndingRow, ReferralRows, TellRow
from shared.policies.book import PolicyBook
from shared.policies.handling import EffectRule, effect_rule
from shared.process.followers import Follower, follower_of
from shared.process.openings import policy_at
from shared.process.tables import Referral

BY_PEOPLE = (
    Effect.TELL_ELDER,
    Effect.CHANGE_VISITOR,
    Effect.CHANGE_DETAILS,
)
"""What only a person can do: the side that asked is told of it once."""

ENROLMENT_ENDED = "enrolment_ended"
"""The outcome of work about an elder who has left the register."""


def carry_out(effect: CarryOut) -> OutboxMessage:
    """The message that has an effect carried out; announce it with the fact that asks for it.

    For RECORD_STATE with `state` PRESUMED_DEAD or PRESUMED_MOVED the register quiets the visit cycle at once
    and puts the removal before a second person; with `confirmed_by` that person has confirmed already, and
    the enrolment, its cycle and routine work about the elder end. With `moved_to` inside the territory the
    elder stays enrolled and goes there, cycle and all. The same `effect_id` again changes nothing.
    """
    return OutboxMessage(
        message_id=effect.effect_id,
        key=names.aftermath_id(effect.effect_id),
        verb=Verb.START,
        name=names.AFTERMATH,
        payload=effect,
    )


def with_notices(projection: ReferralProjection, book: PolicyBook) -> ReferralProjection:
    """The projection, with the intents to tell who must do what follows from the end."""
    tells = tuple(
        _tell(projection, ending, effect)
        for ending in _endings(projection)
        for effect in _rule(projection, ending, book).does
        if effect in BY_PEOPLE
    )
    last = projection.batches[-1]
    last = replace(last, rows=last.rows + ReferralRows(tells=tells))
    return replace(projection, batches=(*projection.batches[:-1], last))


def aftermath_messages(
    session: Session, projection: ReferralProjection, book: PolicyBook
) -> Iterable[OutboxMessage]:
    """What goes to other processes because of the end."""
    for ending in _endings(projection):
        rule = _rule(projection, ending, book)
        if projection.standing.subject_id is not None:
            owned = (effect for effect in rule.does if effect in OWNERS)
            yield from (_carried(projection, ending, effect, rule) for effect in owned)
        if rule.next_kind:
            yield _next(session, projection, ending, rule.next_kind, book)


def closing_messages(session: Session, projection: CycleProjection) -> Iterable[OutboxMessage]:
    """An elder has left the register: routine work about them ends (the cycle itself tells its chase).

    What is urgent stays with people: a report or a search is not settled by a line in the register.
    """
    last = projection.batches[-1]
    if not last.row.is_closed:
        return
    of_elder = select(Referral.referral_id).where(
        Referral.subject_id == projection.enrolment_id,
        Referral.closed_at.is_(None),
        Referral.urgency == Urgency.ROUTINE,
    )
    for referral_id in session.scalars(of_elder.order_by(Referral.referral_id)):
        request_id = str(uuid5(referral_id, ENROLMENT_ENDED))
        fact = FollowFact(request_id=request_id, move=Move.CONCLUDE, at=last.task_at, reason=ENROLMENT_ENDED)
        yield fact_message(referral_id, fact)


def _endings(projection: ReferralProjection) -> list[EndingRow]:
    return [row for batch in projection.batches for row in batch.rows.endings]


def _rule(projection: ReferralProjection, ending: EndingRow, book: PolicyBook) -> EffectRule:
    policy = policy_at(book, projection.standing.jurisdiction_id, ending.at)
    return effect_rule(policy.kind(projection.standing.kind).effects, ending.outcome)


def _tell(projection: ReferralProjection, ending: EndingRow, effect: Effect) -> TellRow:
    return TellRow(
        key=f"effect/{effect}",
        code=f"do_{effect}",
        recipient=members(projection.standing.requesting_unit_id),
        at=ending.at,
        not_before=ending.at,
        urgency=Urgency.ROUTINE,
    )


def _carried(
    projection: ReferralProjection, ending: EndingRow, effect: Effect, rule: EffectRule
) -> OutboxMessage:
    standing = projection.standing
    if standing.subject_id is None:
        raise ValueError(f"{effect} of a referral about nobody")
    return carry_out(
        CarryOut(
            effect_id=uuid5(standing.referral_id, effect),
            effect=effect,
            jurisdiction_id=standing.jurisdiction_id,
            enrolment_id=standing.subject_id,
            at=ending.at,
            account_id=ending.account_id,
            unit_id=ending.unit_id,
            state=rule.state if effect is Effect.RECORD_STATE else None,
            kind=standing.kind,
            referral_id=standing.referral_id,
            seen=rule.seen if effect is Effect.RECORD_CONTACT else None,
            scale=rule.scale,
            level=ending.level,
        )
    )


def _next(
    session: Session, projection: ReferralProjection, ending: EndingRow, kind: str, book: PolicyBook
) -> OutboxMessage:
    """The next piece of work, for the side that asked for the first one, by the policy in force."""
    standing = projection.standing
    follower = Follower(
        referral_id=uuid5(standing.referral_id, Effect.OPEN_NEXT),
        kind=kind,
        requesting_unit_id=standing.requesting_unit_id,
        at=ending.at,
    )
    return start_message(follower_of(session, standing, follower, book))
