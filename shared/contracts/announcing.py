"""The two messages that a referral gets from the outbox: that it begins, and a fact that it follows."""

from uuid import UUID, uuid5

from shared.contracts import names
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.referral import ReferralUpdate, StartReferral
from shared.domain.referral.commands import FollowFact


def start_message(start: StartReferral) -> OutboxMessage:
    """The referral begins, once."""
    referral_id = start.state.referral_id
    return OutboxMessage(
        message_id=uuid5(referral_id, "start"),
        key=names.referral_id(referral_id),
        verb=Verb.START,
        name=names.REFERRAL,
        payload=start,
    )


def fact_message(referral_id: UUID, fact: FollowFact) -> OutboxMessage:
    """A fact reaches the referral; the same request id, a UUID, reaches it once."""
    return OutboxMessage(
        message_id=UUID(fact.request_id),
        key=names.referral_id(referral_id),
        verb=Verb.UPDATE,
        name=ReferralUpdate.FOLLOW,
        payload=fact,
    )
