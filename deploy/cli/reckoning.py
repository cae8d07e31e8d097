"""A year's work-day table reaches the work at hand: each open referral reckons anew and answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from deploy.cli.projection import ENDED
from shared.domain.errors import RuleBroken
from shared.domain.periods import local_day
from shared.domain.referral.commands import TakeCalendar
from shared.domain.referral.reckoning import MovedLimit
from shared.domain.referral.referral import ReferralAnswer
from shared.policies.model import Policy
from shared.process.tables import Referral
from shared.temporal.errors import OutcomeUnknown, ProcessAway


class Calendars(Protocol):
    """Who brings a table to a referral: the gateway."""

    def take_calendar(self, referral_id: UUID, command: TakeCalendar) -> ReferralAnswer:
        """Give it the table; the answer says what moved."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One year's table as it was imported. `digest` is its file's hash: the same file is told once."""

    digest: str
    begins_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one referral answered; `is_away` if nobody knows, so that the same file must come again."""

    referral_id: UUID
    moved: tuple[MovedLimit, ...] = ()
    is_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An open referral, and the day on which it began."""

    referral_id: UUID
    began_on: date


def open_referrals(session: Session, policy: Policy) -> tuple[Open, ...]:
    """The open referrals of the place, the oldest first."""
    place = policy.jurisdiction
    rows = session.scalars(
        select(Referral)
        .where(Referral.jurisdiction_id == place.id, Referral.status.not_in(ENDED))
        .order_by(Referral.offered_at)
    )
    return tuple(
        Open(referral_id=row.referral_id, began_on=local_day(row.offered_at, place.zone)) for row in rows
    )


def tell(
    work: tuple[Open, ...], table: Table, policy: Policy, now: datetime, calendars: Calendars
) -> Iterator[Told]:
    """Bring the table to each referral that may reach into its year. One that has ended meanwhile is left."""
    today = local_day(now, policy.jurisdiction.zone)
    for each in work:
        days = policy.work_days.near(each.began_on, max(today, each.began_on))
        if days.known_until < table.begins_on:
            continue
        calendar = days.calendar(policy.jurisdiction.zone, policy.jurisdiction.hours, each.began_on)
        command = TakeCalendar(
            request_id=table.digest,
            acted_at=now,
            holidays=calendar.holidays,
            workdays=calendar.workdays,
            known_until=calendar.known_until,
        )
        try:
            answer = calendars.take_calendar(each.referral_id, command)
        except (ProcessAway, OutcomeUnknown):
            yield Told(referral_id=each.referral_id, is_away=True)
        except RuleBroken:
            continue
        else:
            yield Told(referral_id=each.referral_id, moved=answer.moved)
