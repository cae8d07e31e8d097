"""Talks about fraud (反诈宣传, 劝阻); a suspicion opens an urgent referral (J-73)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from services.public_security.codes import FraudRecord
from services.public_security.handlers.office import About, NewRecord, found, keep, policy_of, words_of
from services.public_security.repository import records
from services.public_security.repository.records import FraudTalk
from shared.domain.errors import Invalid
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.desk import Desk
from shared.inbox.offering import Offer, offer
from shared.persistence.unit_of_work import UnitOfWork

WARNING = "fraud_warning"
MOST_SHOWN = 30


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
    """Put the talk on record; the referral that a suspicion opened, if there was one.

    Raises Invalid `unknown_choice`, `held_in_future`, `suspicion_of_nobody`.
    """
    policy = policy_of(work, desk)
    known = policy.policing
    results = ("", *policy.kind(WARNING).outcomes)
    if command.topic not in known.topics or command.way not in known.ways or command.result not in results:
        raise Invalid("unknown_choice")
    if command.held_at > work.now:
        raise Invalid("held_in_future")
    if command.suspicion and command.about.enrolment_id is None:
        raise Invalid("suspicion_of_nobody")
    values = {
        "kind": FraudRecord.DISSUASION if command.result else FraudRecord.EDUCATION,
        "topic": command.topic,
        "way": command.way,
        "result": command.result,
        "people": command.people,
        "held_at": command.held_at,
    }
    words = {"note": command.note, "suspicion": command.suspicion}
    new = NewRecord(
        kind=FraudTalk, record_id=command.talk_id, about=command.about, words=words, values=values
    )
    keep(new, work, desk)
    return _warn(command, work, desk) if command.suspicion else None


def talk_page(talk_id: UUID, work: UnitOfWork, desk: Desk) -> tuple[FraudTalk, dict[str, str]]:
    """One talk and its words. Raises NotFound."""
    talk = found(work, FraudTalk, talk_id)
    return talk, words_of(desk, talk)


def talks(work: UnitOfWork) -> list[FraudTalk]:
    """The newest talks."""
    return records.newest(work.session, FraudTalk, limit=MOST_SHOWN)


def _warn(command: PutTalk, work: UnitOfWork, desk: Desk) -> UUID:
    """The urgent referral, in the same transaction as the talk in which the suspicion arose."""
    if command.about.enrolment_id is None:
        raise Invalid("suspicion_of_nobody")
    offered = Offer(
        business_id=f"fraud/{command.talk_id}",
        kind=WARNING,
        enrolment_id=command.about.enrolment_id,
        requesting_unit_id=command.about.unit_id,
        text=command.suspicion,
        word=GivenWord(consent=Consent.NOT_NEEDED),
        origin_id=command.talk_id,
    )
    return offer(work, offered, book=desk.book, vault=desk.vault)
