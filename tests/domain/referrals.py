"""Referrals of the judicial office, brought to where a test begins."""

from datetime import datetime, timedelta

from shared.domain.referral import referral
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.state import Actor, ReferralState
from tests.builders import a_kind, a_move, a_referral, an_outcome, at

OFFERED = at("2026-11-17 09:00")
ACCEPT_BY = at("2026-11-17 15:00")


def offered(**changes: object) -> ReferralState:
    return referral.begin(a_referral(offered_at=OFFERED, **changes), OFFERED).state


def held(by: Actor, moment: datetime = OFFERED, **changes: object) -> ReferralState:
    return referral.make(offered(**changes), a_move(Move.ACCEPT, by, moment), moment).state


def completed(by: Actor, **changes: object) -> ReferralDecision:
    state = held(by, kind=a_kind(**changes))
    done_at = OFFERED + timedelta(minutes=30)
    return referral.complete(state, an_outcome(by, done_at), done_at)


def ledger(decision: ReferralDecision) -> list[str]:
    return [str(row.code) for row in decision.rows.ledger]
