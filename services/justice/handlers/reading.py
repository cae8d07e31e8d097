"""One record as its page shows it, and the list of what the unit has open."""

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
from shared.domain.justice.codes import RecordKind, Step
from shared.domain.justice.course import offered
from shared.domain.justice.courses import COURSES
from shared.domain.justice.dates import Due
from shared.domain.justice.events import Event, last
from shared.domain.justice.family_duty import MEMBERS_WORD, Standing, family_is_complete, standing
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move, Status
from shared.inbox.desk import Desk
from shared.inbox.names import Names, load_names
from shared.inbox.reader import Reader
from shared.platform.masking import mask_name
from shared.platform.privacy import ElderKey, place_of
from shared.process.tables import Referral, ReferralLedger

LONGEST_LIST = 200
"""A unit with more open at once than this has other worries than its list."""

ENDED_SHOWN = 30


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
    """Everything that a record's page shows. `to_answer`: its outcome has not reached the asking side yet."""

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
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the list: the client masked, and what runs out next."""

    record: KeptRecord
    client: str
    kept_by: str
    next_due: Due | None
    complete_by: datetime | None
    next_on: date | None


def read_record(session: Session, desk: Desk, record_id: UUID, reader: Reader) -> RecordPage:
    """The page. Raises NotFound for a record that is not the person's unit's."""
    record = records.find(session, record_id)
    if record is None:
        raise NotFound("record_not_found")
    entries = records.journal(session, record_id)
    events = [entry.event for entry in entries]
    key, today = desk.vault.open(record.key), _today(reader)
    writers = (entry.account_id for entry in entries)
    named = (UUID(event.detail) for event in events if event.step is Step.PERSON_NAMED)
    names = load_names(session, accounts=[record.kept_by, *writers, *named], units=())
    lines = tuple(_line(entry, key, names) for entry in entries)
    referral = session.get(Referral, record.referral_id)
    steps = offered(COURSES[record.kind], events)
    waits = bool(record.outcome) and referral is not None and referral.status is Status.ACCEPTED
    return RecordPage(
        record=record,
        client=_client(record, key),
        kept_by=names.account(record.kept_by),
        lines=lines,
        dues=limits_of(record.kind, events, reader.policy, calendar_of(reader.policy, today)),
        members=_members(lines, events, reader),
        family_is_complete=family_is_complete(events),
        colleagues=() if record.ended_at else tuple(records.colleagues(session, record.unit_id, today)),
        steps=tuple(step for step in steps if not is_of_a_member(record.kind, step)),
        member_steps=tuple(step for step in steps if is_of_a_member(record.kind, step)),
        referral=referral,
        to_answer=waits,
        was_sent_back=waits and _was_completed(session, record.referral_id),
        today=today,
    )


def open_items(session: Session, desk: Desk, reader: Reader) -> list[Item]:
    """What the person's units have open, what runs out first at the top."""
    kept = records.open_records(session, reader.person.units, limit=LONGEST_LIST)
    items = _items(session, desk, reader, kept)
    return sorted(items, key=lambda item: (item.next_on is None, item.next_on or date.max))


def ended_items(
    session: Session, desk: Desk, reader: Reader, *, after: tuple[datetime, UUID] | None
) -> list[Item]:
    """What they ended, the latest first, behind `after`; one more than a page if there are more."""
    kept = records.ended_records(session, reader.person.units, after=after, limit=ENDED_SHOWN)
    return _items(session, desk, reader, kept)


def _items(session: Session, desk: Desk, reader: Reader, kept: list[KeptRecord]) -> list[Item]:
    journals = records.journals(session, [record.record_id for record in kept])
    names = load_names(session, accounts=[record.kept_by for record in kept], units=())
    running = select(Referral).where(Referral.referral_id.in_([record.referral_id for record in kept]))
    limits = {row.referral_id: row.complete_by for row in session.scalars(running)}
    return [
        _item(record, journals[record.record_id], desk, reader, names, limits.get(record.referral_id))
        for record in kept
    ]


def _item(
    record: KeptRecord,
    entries: list[KeptEntry],
    desk: Desk,
    reader: Reader,
    names: Names,
    complete_by: datetime | None,
) -> Item:
    events, policy = [entry.event for entry in entries], reader.policy
    calendar = calendar_of(policy, _today(reader))
    waiting = [due for due in limits_of(record.kind, events, policy, calendar) if due.met_on is None]
    climbs = [
        standing(events, event.member_id, policy.justice, calendar)
        for event in events
        if event.step is Step.MEMBER_NAMED and event.member_id
    ]
    ours = complete_by if record.kind is RecordKind.CONSULTATION else None
    days = [due.by for due in waiting] + [each.assess_by for each in climbs]
    days += [each.due_on for each in climbs if each.due_on]
    days += [local_day(ours, policy.jurisdiction.zone)] if ours else []
    return Item(
        record=record,
        client=mask_name(_client(record, desk.vault.open(record.key))),
        kept_by=names.account(record.kept_by),
        next_due=next(iter(waiting), None),
        complete_by=ours,
        next_on=min(days, default=None),
    )


def _members(lines: tuple[Line, ...], events: list[Event], reader: Reader) -> tuple[Member, ...]:
    rules, calendar = reader.policy.justice, calendar_of(reader.policy, _today(reader))
    return tuple(
        Member(
            name=line.words.name,
            phone=line.words.phone,
            relation=line.event.detail,
            standing=standing(events, line.event.member_id, rules, calendar),
            word=_word(events, line.event.member_id),
        )
        for line in lines
        if line.event.step is Step.MEMBER_NAMED and line.event.member_id
    )


def _word(events: list[Event], member_id: UUID) -> Step | None:
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


def _client(record: KeptRecord, key: ElderKey) -> str:
    return key.reveal(record.client_sealed, place_of(CLIENT, record.record_id))


def _was_completed(session: Session, referral_id: UUID) -> bool:
    """Whether an outcome was stated before: then it was sent back, and the record's own is spent."""
    stated = select(ReferralLedger.seq).filter_by(referral_id=referral_id, code=Move.COMPLETE).limit(1)
    return session.execute(stated).first() is not None


def _today(reader: Reader) -> date:
    return local_day(reader.now, reader.policy.jurisdiction.zone)
