"""Stating an outcome without losing a word: refused, what was written stays as the writer's draft."""

from shared.domain.errors import Conflict, RuleBroken
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.desk import Desk
from shared.inbox.filing.drafts import forget_draft, save_draft
from shared.inbox.handlers import perform
from shared.inbox.reader import Reader
from shared.inbox.records import NoRecords, stateable_of
from shared.process.tables import Referral


def state_outcome(desk: Desk, act: Act) -> ReferralAnswer:
    """Complete the referral as `perform` does; a refusal (somebody else has it by now) keeps the draft.

    Raises Conflict `record_says_it` for what the department's own records say otherwise, or do not say yet.
    """
    try:
        _check_records(desk, act)
        answer = perform(desk, act)
    except RuleBroken:
        _keep(desk, act)
        raise
    with desk.database.begin(act.person, act.at) as work:
        forget_draft(work, act.referral_id)
    return answer


def _check_records(desk: Desk, act: Act) -> None:
    if isinstance(desk.records, NoRecords):
        return  # they leave every outcome to the inbox: nothing to look up while somebody waits
    with desk.database.begin(act.person, act.at) as work:
        row = work.session.get(Referral, act.referral_id)
        reader = Reader(person=act.person, now=act.at, book=desk.book)
        if row is not None and not stateable_of(desk.records, work, row, (act.code,), reader):
            raise Conflict("record_says_it")


def _keep(desk: Desk, act: Act) -> None:
    with desk.database.begin(act.person, act.at) as work:
        row = work.session.get(Referral, act.referral_id)
        if row is not None:
            save_draft(work, row, outcome=act.code, level=act.level, text=act.text, vault=desk.vault)
