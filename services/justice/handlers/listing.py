"""What the unit has open and what it ended, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.justice.handlers.limits import calendar_of, limits_of
from services.justice.handlers.reading import client_of, today_of
from services.justice.repository import records
from services.justice.repository.records import KeptRecord
from shared.domain.justice.codes import RecordKind, Step
from shared.domain.justice.dates import Due
from shared.domain.justice.events import Event, standing_of
from shared.domain.justice.family_duty import standing
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.inbox.names import load_names
from shared.inbox.reader import Reader
from shared.platform.masking import mask_name
from shared.process.tables import Referral

SHOWN = 30
"""On one page of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What runs in a record: its next limit, the referral's where it is ours, the next day of any kind."""

    next_due: Due | None
    complete_by: datetime | None
    next_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the list: the client masked, and what runs out next."""

    record: KeptRecord
    client: str
    kept_by: str
    runs: Runs

    @property
    def key(self) -> tuple[str, str]:
        """Where it stands among what is open."""
        return _place(self.runs).isoformat(), str(self.record.record_id)


def open_items(
    session: Session, desk: Desk, reader: Reader, *, after: tuple[date, UUID] | None, limit: int = SHOWN
) -> list[Item]:
    """What the person's units have open, what runs out first at the top, behind `after`.

    One more than `limit` if there are more. When something runs out follows from its journal: all are read.
    """
    kept = records.open_records(session, reader.person.units)
    runs = _runs(session, reader, kept)
    ordered = sorted(kept, key=lambda record: (_place(runs[record.record_id]), record.record_id))
    behind = [
        record
        for record in ordered
        if after is None or (_place(runs[record.record_id]), record.record_id) > after
    ]
    return _items(session, desk, behind[: limit + 1], runs)


def ended_items(
    session: Session, desk: Desk, reader: Reader, *, after: tuple[datetime, UUID] | None
) -> list[Item]:
    """What they ended, the latest first, behind `after`; one more than a page if there are more."""
    kept = records.ended_records(session, reader.person.units, after=after, limit=SHOWN)
    return _items(session, desk, kept, _runs(session, reader, kept))


def _items(session: Session, desk: Desk, kept: list[KeptRecord], runs: Mapping[UUID, Runs]) -> list[Item]:
    names = load_names(session, accounts=[record.kept_by for record in kept], units=())
    return [
        Item(
            record=record,
            client=mask_name(client_of(record, desk.vault.open(record.key))),
            kept_by=names.account(record.kept_by),
            runs=runs[record.record_id],
        )
        for record in kept
    ]


def _place(runs: Runs) -> date:
    return runs.next_on or date.max


def _runs(session: Session, reader: Reader, kept: list[KeptRecord]) -> dict[UUID, Runs]:
    journals = records.journals(session, [record.record_id for record in kept])
    ids = [record.referral_id for record in kept]
    running = select(Referral).where(Referral.referral_id.in_(ids), Referral.suspended_at.is_(None))
    limits = {row.referral_id: row.complete_by for row in session.scalars(running)}
    return {
        record.record_id: _runs_of(
            record.kind,
            [entry.event for entry in journals[record.record_id]],
            reader,
            limits.get(record.referral_id),
        )
        for record in kept
    }


def _runs_of(kind: RecordKind, events: list[Event], reader: Reader, complete_by: datetime | None) -> Runs:
    policy = reader.policy
    calendar = calendar_of(policy, today_of(reader))
    waiting = [due for due in limits_of(kind, events, policy, calendar) if due.met_on is None]
    counted = standing_of(events)
    climbs = [
        standing(counted, event.member_id, policy.justice, calendar)
        for event in counted
        if event.step is Step.MEMBER_NAMED and event.member_id
    ]
    ours = complete_by if kind is RecordKind.CONSULTATION else None
    days = [due.by for due in waiting] + [each.assess_by for each in climbs]
    days += [each.due_on for each in climbs if each.due_on]
    days += [local_day(ours, policy.jurisdiction.zone)] if ours else []
    return Runs(next_due=next(iter(waiting), None), complete_by=ours, next_on=min(days, default=None))
