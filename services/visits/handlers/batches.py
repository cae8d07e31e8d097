"""Typing in many contacts of a day at once (集中登记, X-31): what volunteers did on paper, one tap a line.

Each line is a contact like any other, recorded by the same handler in a transaction of its own: one that is
refused says why and keeps none of the others back. Who went and who typed it in both stand in the book.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.visits.handlers.commands import ContactRecorded, RecordContact, Withheld
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from services.visits.handlers.remembering import reason_of, withheld_of
from services.visits.repository import assignments
from services.visits.repository import book as repository
from services.visits.repository.alarms import touched_by
from services.visits.repository.contacts import StoredContact
from services.visits.repository.rounds import contacts_since
from shared.domain.classification import Reason
from shared.domain.errors import NotFound, RuleBroken
from shared.domain.periods import day_start, local_day
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.elders import ElderCard, ElderCards
from shared.process.subjects import EnrolledElder, enrolled_elders, visited_elders

Begin = Callable[[], AbstractContextManager[UnitOfWork]]
MOST_LINES = 200
"""So many elders stand on one page."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """What became of one line: recorded, or refused and nothing of it stored."""

    contact_id: UUID
    enrolment_id: UUID
    recorded: ContactRecorded | None = None
    refused: RuleBroken | IdempotencyMismatchError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One elder on the sheet; `times` is how often a contact is on record for the day already."""

    elder: EnrolledElder
    card: ElderCard
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sheet: whose, of which day (own and today's unless said otherwise), perhaps with everybody."""

    on: date | None = None
    visitor_id: UUID | None = None
    everybody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The elders of a day in lines; `visitors` are those who could have gone to them."""

    on: date
    today: date
    policy: Policy
    visitor_id: UUID
    visitors: dict[UUID, str]
    lines: tuple[SheetLine, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One contact of a batch, with whom it was; `is_searched` if nobody was reached and a search is on."""

    contact: StoredContact
    card: ElderCard
    reason: Reason
    withheld: tuple[Withheld, ...]
    is_searched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What was typed in at once, by whom, and who had been there."""

    policy: Policy
    lines: tuple[Typed, ...]
    names: dict[UUID, str]


def record_batch(rows: Iterable[RecordContact], begin: Begin, desk: Desk) -> tuple[BatchLine, ...]:
    """Record every line for itself. Sent again, each gets the answer that it got before."""
    return tuple(_record(row, begin, desk) for row in rows)


def sheet(wanted: Wanted, uow: UnitOfWork, desk: Desk) -> Sheet:
    """The sheet of a day, in the order of the doors."""
    policy = desk.policy_at(uow.principal.jurisdiction_id, uow.now)
    me, today = uow.principal, local_day(uow.now, policy.jurisdiction.zone)
    on, visitor_id = wanted.on or today, wanted.visitor_id or me.account_id
    ids = _everybody(uow) if wanted.everybody else assignments.elders_of(uow.session, visitor_id, on=on)
    cards = ElderCards(desk.vault).for_enrolments(uow.session, ids[:MOST_LINES])
    return Sheet(
        on=on,
        today=today,
        policy=policy,
        visitor_id=visitor_id,
        visitors={me.account_id: me.name, **assignments.visitors_here(uow.session, on=on)},
        lines=_lines(cards, on, policy, uow),
        left_out=max(len(ids) - MOST_LINES, 0),
    )


def batch(batch_id: UUID, uow: UnitOfWork, desk: Desk) -> Batch:
    """What was typed in at once. Raises NotFound if none of it lies in the territory of who asks."""
    rows = repository.contacts_of_batch(uow.session, batch_id)
    if not rows:
        raise NotFound("batch_not_found")
    cards = ElderCards(desk.vault).for_enrolments(uow.session, {row.enrolment_id for row in rows})
    people = {id_ for row in rows for id_ in (row.visited_by, row.recorded_by)}
    return Batch(
        policy=desk.policy_at(uow.principal.jurisdiction_id, rows[0].occurred_at),
        lines=tuple(_typed(row, cards[row.enrolment_id], uow) for row in rows if row.enrolment_id in cards),
        names=repository.account_names(uow.session, people),
    )


def _typed(row: StoredContact, card: ElderCard, uow: UnitOfWork) -> Typed:
    alarm = None if row.is_reached else touched_by(uow.session, row)
    return Typed(
        contact=row,
        card=card,
        reason=reason_of(row.reason_code, row.reason_params, row.reason_source),
        withheld=withheld_of(row),
        is_searched=alarm is not None and alarm.ended_by != row.contact_id,
    )


def _lines(
    cards: Mapping[UUID, ElderCard], on: date, policy: Policy, uow: UnitOfWork
) -> tuple[SheetLine, ...]:
    zone = policy.jurisdiction.zone
    ends_at = day_start(on + ONE_DAY, zone)
    known = contacts_since(uow.session, list(cards), day_start(on, zone))
    lines = [
        SheetLine(
            elder=elder,
            card=cards[each],
            times=sum(fact.occurred_at < ends_at for fact in known.get(each, [])),
        )
        for each, elder in enrolled_elders(uow.session, cards).items()
        if elder.left_at is None
    ]
    return tuple(sorted(lines, key=lambda line: (line.card.address, line.card.name)))


def _record(row: RecordContact, begin: Begin, desk: Desk) -> BatchLine:
    try:
        with begin() as work:
            recorded = record_contact(row, work, desk)
    except (RuleBroken, IdempotencyMismatchError) as error:
        return BatchLine(contact_id=row.contact_id, enrolment_id=row.enrolment_id, refused=error)
    return BatchLine(contact_id=row.contact_id, enrolment_id=row.enrolment_id, recorded=recorded)


def _everybody(uow: UnitOfWork) -> list[UUID]:
    return [elder.enrolment_id for elder in visited_elders(uow.session)]
