"""What was answered to a person's key, kept so that the same question is answered the same.

Without it, whoever declined twice by a double tap would learn that the referral is none of their business.
"""

import json
from http import HTTPStatus
from typing import Any

from shared.contracts.wire import encode, read_parsed
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.persistence.engine import Database
from shared.persistence.idempotency import Answer, Kept, claim, keep_alone
from shared.persistence.unit_of_work import UnitOfWork


def answer_kept(kept: Kept | None, act: Act) -> ReferralAnswer | None:
    """The answer given before, if any. IdempotencyMismatchError: the key asked something else."""
    answer = kept.answer_to(_question(act)) if kept else None
    return answer_from(answer.body) if answer else None


def store_answer(database: Database, act: Act, answer: ReferralAnswer) -> None:
    """Keep the answer under the person's key."""
    kept = Answer(status=HTTPStatus.OK, body=json.loads(encode(answer)))
    keep_alone(database, act.person, act.at, key=act.key, body=_question(act), answer=kept)


def note_asked(work: UnitOfWork, act: Act) -> None:
    """Put on record, before the question is asked, that this person might ask it."""
    claim(work, key=act.key, body=_question(act))


def answer_from(body: dict[str, Any]) -> ReferralAnswer:
    """An answer from its JSON."""
    return read_parsed(ReferralAnswer, body)


def _question(act: Act) -> bytes:
    """What makes two requests the same one; when it was asked and what was seen do not."""
    days = [day.isoformat() for day in (act.from_on, act.to_on) if day]
    receipt = [act.receipt, str(act.reported_at)] if act.receipt else []
    level = [act.level] if act.level else []
    return json.dumps([act.referral_id.hex, act.move, act.code, act.text, *days, *receipt, *level]).encode()
