"""Talks about fraud (反诈宣传, 劝阻); a suspicion opens an urgent referral (J-73)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from services.public_security.codes import FraudRecord
from services.public_security.handlers.office import About, NewRecord, keep, policy_of
from services.public_security.handlers.urgent import Urgent, offer_urgent
from services.public_security.handlers.written_later import check_written
from services.public_security.repository.records import FraudTalk
from shared.domain.errors import Invalid
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy

WARNING = "fraud_warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutTalk:
    """A talk: about whom (nobody in particular at a gathering), on what, how, with how many, in words.

    result: what came of a suspicion, a code of the kind's outcomes; empty for education. suspicion: in words,
    what makes one think of fraud; it opens the urgent referral.
    """

    about: About
    topic: str
    way: str
    held_at: datetime
    people: int = 1
    note: str = ""
    result: str = ""
    suspicion: str = ""
    talk_id: UUID = field(default_factory=uuid4)


def put_talk(command: PutTalk, work: UnitOfWork, desk: Desk) -> UUID | None:
    """Put the talk on record, and open the referral of a suspicion in the same transaction; answers that one.

    Raises Invalid `unknown_choice`, `result_needed`, `nobody_to_act_for`, and as `check_written`, of `held`.
    """
    _check(command, policy_of(work, desk))
    if command.about.kind == WARNING and not command.result:
        raise Invalid("result_needed", field="result")
    check_written(command.held_at, work, desk, code="held")
    values = {
        "kind": FraudRecord.DISSUASION if command.result else FraudRecord.EDUCATION,
        "topic": command.topic,
        "way": command.way,
        "result": command.result,
        "people": command.people,
        "held_at": command.held_at,
    }
    words = {
        "note": command.note,
        "suspicion": command.suspicion,
        "number_end": command.about.number_end,
    }
    new = NewRecord(
        kind=FraudTalk, record_id=command.talk_id, about=command.about, words=words, values=values
    )
    keep(new, work, desk)
    if not command.suspicion:
        return None
    warning = Urgent(kind=WARNING, about=command.about, text=command.suspicion, record_id=command.talk_id)
    return offer_urgent(warning, work, desk)


def _check(command: PutTalk, policy: Policy) -> None:
    known, results = policy.policing, ("", *policy.kind(WARNING).outcomes)
    if command.topic not in known.topics or command.way not in known.ways or command.result not in results:
        raise Invalid("unknown_choice")
