"""Stating an outcome without losing a word: refused, what was written stays as the writer's draft."""

from shared.domain.errors import RuleBroken
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.desk import Desk
from shared.inbox.filing.drafts import forget_draft, save_draft
from shared.inbox.handlers import perform
from shared.process.tables import Referral


def state_outcome(desk: Desk, act: Act) -> ReferralAnswer:
    """Complete the referral as `perform` does; a refusal (somebody else has it by now) keeps the draft."""
    try:
        answer = perform(desk, act)
    except RuleBroken:
        _keep(desk, act)
        raise
    with desk.database.begin(act.person, act.at) as work:
        forget_draft(work, act.referral_id)
    return answer


def _keep(desk: Desk, act: Act) -> None:
    with desk.database.begin(act.person, act.at) as work:
        row = work.session.get(Referral, act.referral_id)
        if row is not None:
            save_draft(work, row, outcome=act.code, level=act.level, text=act.text, vault=desk.vault)
