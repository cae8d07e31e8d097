"""One record as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.justice.handlers.checking import is_of_a_member
from services.justice.handlers.limits import calendar_of, limits_of
from services.justice.handlers.sealing import CLIENT, Words, reveal_words
from services.justice.repository import records
from services.justice.repository.records import Colleague, KeptEntry, KeptRecord
from shared.domain.errors import NotFound
from shared.domain.justice.closing import ANSWERING
from shared.domain.justice.codes import Step
from shared.domain.justice.course import offered
from shared.domain.justice.courses import COURSES
from shared.domain.justice.dates import Due
from shared.domain.justice.events import Event, last, standing_of
from shared.domain.justice.family_duty import MEMBERS_WORD, Standing, family_is_complete, standing
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move, Status
from shared.inbox.desk import Desk
from shared.inbox.names import Names, load_names
from shared.inbox.reader import Reader
from shared.platform.privacy import ElderKey, place_of
from shared.process.tables import Referral, ReferralLedger

WITH_A_UNIT = frozenset({Status.OFFERED, Status.ACCEPTED, Status.COMPLETED})
"""Where the unit that a referral names is the one to answer for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal, with its words; `whom` is who became the named person by it."""

    event: Event
    words: Words
    written_at: datetime
    who: str
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the family: who it is, how far the ladder was climbed, and what they say to 调解."""

    name: str
    phone: str
    relation: str
    standing: Standing
    word: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """Everything that a record's page shows. `to_answer`: its outcome has not reached the asking side yet.

    `holder` is the colleague whose it is to state that, empty if it is the reader's.
    """

    record: KeptRecord
    client: str
    kept_by: str
    lines: tuple[Line, ...]
    dues: tuple[Due, ...]
    members: tuple[Member, ...]
    family_is_complete: bool
    colleagues: tuple[Colleague, ...]
    steps: tuple[Step, ...]
    member_steps: tuple[Step, ...]
    referral: Referral | None
    to_answer: bool
    was_sent_back: bool
    holder: str
    today: date


def read_record(session: Session, desk: Desk, record_id: UUID, reader: Reader) -> RecordPage:
    """The page. Raises NotFound for a record that is not the person's unit's."""
    record = records.find(session, record_id)
    if record is None:
        raise NotFound("record_not_found")
    entries = records.journal(session, record_id)
    events = [entry.event for entry in entries]
    key, today = desk.vault.open(record.key), today_of(reader)
    writers = (entry.account_id for entry in entries)
    named = (UUID(event.detail) for event in events if event.step is Step.PERSON_NAMED)
    referral = session.get(Referral, record.referral_id)
    holder = None if referral is None or reader.holds(referral) else referral.holder_id
    names = load_names(session, accounts=[record.kept_by, holder, *writers, *named], units=())
    lines = tuple(_line(entry, key, names) for entry in entries)
    gone = {Step.ENDED} if awaits_answer(record, referral) else set()
    steps = [step for step in offered(COURSES[record.kind], events) if step not in gone]
    waits = bool(record.outcome) and referral is not None and referral.status is Status.ACCEPTED
    return RecordPage(
        record=record,
        client=client_of(record, key),
        kept_by=names.account(record.kept_by),
        lines=lines,
        dues=_dues(record, events, reader),
        members=_members(lines, standing_of(events), reader),
        family_is_complete=family_is_complete(standing_of(events)),
        colleagues=() if record.ended_at else tuple(records.colleagues(session, record.unit_id, today)),
        steps=tuple(step for step in steps if not is_of_a_member(record.kind, step)),
        member_steps=tuple(step for step in steps if is_of_a_member(record.kind, step)),
        referral=referral,
        to_answer=waits,
        was_sent_back=waits and was_completed(session, record.referral_id),
        holder=names.account(holder),
        today=today,
    )


def awaits_answer(record: KeptRecord, row: Referral | None) -> bool:
    """Whether the record has yet to say what comes of its referral: it is not ended without."""
    is_here = row is not None and row.unit_id == record.unit_id and row.status in WITH_A_UNIT
    return is_here and record.kind in ANSWERING and not record.outcome


def _dues(record: KeptRecord, events: list[Event], reader: Reader) -> tuple[Due, ...]:
    """Its limits; nobody waits any more for what was not met when it ended."""
    dues = limits_of(record.kind, events, reader.policy, calendar_of(reader.policy, today_of(reader)))
    return tuple(due for due in dues if due.met_on or not record.ended_at)


def _members(lines: tuple[Line, ...], events: Sequence[Event], reader: Reader) -> tuple[Member, ...]:
    rules, calendar = reader.policy.justice, calendar_of(reader.policy, today_of(reader))
    return tuple(
        Member(
            name=line.words.name,
            phone=line.words.phone,
            relation=line.event.detail,
            standing=standing(events, line.event.member_id, rules, calendar),
            word=_word(events, line.event.member_id),
        )
        for line in lines
        if line.event.step is Step.MEMBER_NAMED and line.event.member_id and line.event in events
    )


def _word(events: Sequence[Event], member_id: UUID) -> Step | None:
    said = last([event for event in events if event.member_id == member_id], *MEMBERS_WORD)
    return said.step if said else None


def _line(entry: KeptEntry, key: ElderKey, names: Names) -> Line:
    return Line(
        event=entry.event,
        words=reveal_words(key, entry.entry_id, entry.words_sealed),
        written_at=entry.written_at,
        who=names.account(entry.account_id),
        whom=names.account(UUID(entry.event.detail)) if entry.event.step is Step.PERSON_NAMED else "",
    )


def client_of(record: KeptRecord, key: ElderKey) -> str:
    """Whom the record is about, by name."""
    return key.reveal(record.client_sealed, place_of(CLIENT, record.record_id))


def was_completed(session: Session, referral_id: UUID) -> bool:
    """Whether an outcome was stated before: then it was sent back, and the record's own is spent."""
    stated = select(ReferralLedger.seq).filter_by(referral_id=referral_id, code=Move.COMPLETE).limit(1)
    return session.execute(stated).first() is not None


def today_of(reader: Reader) -> date:
    """The business day."""
    return local_day(reader.now, reader.policy.jurisdiction.zone)
