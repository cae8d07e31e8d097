"""What a visitor's round is made of: windows and chases of the processes, contacts and alarms of ours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from services.visits.models import Contact
from shared.domain.codes import Reach, VisitMode
from shared.domain.visit_cycle.facts import ContactFact
from shared.domain.visit_cycle.state import WindowOutcome
from shared.persistence.base import table_of
from shared.process.tables import VisitCycle, VisitWindow

CONTACT = table_of(Contact)
CYCLE, WINDOW = table_of(VisitCycle), table_of(VisitWindow)
OPEN_ALARMS = text(
    "SELECT enrolment_id, referral_id, opened_at, tries, has_red_flag"
    " FROM visits.open_not_seen WHERE enrolment_id IN :enrolments"
).bindparams(bindparam("enrolments", expanding=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWindow:
    """A window that is still open, as its cycle last projected it."""

    obligation: str
    opens_at: datetime
    closes_at: datetime
    required: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An open 未见到老人."""

    referral_id: UUID
    opened_at: datetime
    tries: int
    has_red_flag: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """A contact of today, for the list of what has been done."""

    contact_id: UUID
    enrolment_id: UUID
    occurred_at: datetime
    visited_by: UUID
    mode: VisitMode
    reach: Reach
    is_reached: bool
    counts_for: tuple[str, ...]
    voided_at: datetime | None


def open_windows(session: Session, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, list[OpenWindow]]:
    """The open windows of each enrolment, the next to close first."""
    columns = (WINDOW.c.obligation, WINDOW.c.opens_at, WINDOW.c.closes_at, WINDOW.c.required, WINDOW.c.done)
    rows = session.execute(
        select(WINDOW.c.enrolment_id, *columns)
        .where(
            WINDOW.c.enrolment_id.in_(ids), WINDOW.c.outcome == WindowOutcome.OPEN, WINDOW.c.closes_at > now
        )
        .order_by(WINDOW.c.closes_at, WINDOW.c.obligation)
    )
    found: dict[UUID, list[OpenWindow]] = defaultdict(list)
    for enrolment_id, obligation, opens_at, closes_at, required, done in rows:
        window = OpenWindow(
            obligation=obligation, opens_at=opens_at, closes_at=closes_at, required=required, done=done
        )
        found[enrolment_id].append(window)
    return found


def owed_by_force(session: Session, obligations: Sequence[str], *, now: datetime, limit: int) -> list[UUID]:
    """Enrolments of the own territory to which an obligation is still owed, the next to close first."""
    rows = session.execute(
        select(WINDOW.c.enrolment_id)
        .where(
            WINDOW.c.obligation.in_(obligations),
            WINDOW.c.outcome == WindowOutcome.OPEN,
            WINDOW.c.closes_at > now,
            WINDOW.c.done < WINDOW.c.required,
        )
        .group_by(WINDOW.c.enrolment_id)
        .order_by(func.min(WINDOW.c.closes_at), WINDOW.c.enrolment_id)
        .limit(limit)
    )
    return list(rows.scalars())


def chased(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Enrolments with an open chase (追访)."""
    rows = select(CYCLE.c.enrolment_id).where(
        CYCLE.c.enrolment_id.in_(ids), CYCLE.c.chase_referral_id.is_not(None)
    )
    return set(session.scalars(rows))


def last_seen(session: Session, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each elder was last reached."""
    rows = session.execute(
        select(CONTACT.c.enrolment_id, func.max(CONTACT.c.occurred_at).label("seen_at"))
        .where(CONTACT.c.enrolment_id.in_(ids), CONTACT.c.is_reached, CONTACT.c.voided_at.is_(None))
        .group_by(CONTACT.c.enrolment_id)
    )
    return {row.enrolment_id: row.seen_at for row in rows}


def contacts_since(session: Session, ids: Sequence[UUID], since: datetime) -> dict[UUID, list[ContactFact]]:
    """The contacts of each enrolment from the instant on, as facts; fresher than any projection."""
    columns = (
        CONTACT.c.contact_id,
        CONTACT.c.occurred_at,
        CONTACT.c.recorded_at,
        CONTACT.c.is_reached,
        CONTACT.c.counts_for,
    )
    rows = session.execute(
        select(CONTACT.c.enrolment_id, *columns).where(
            CONTACT.c.enrolment_id.in_(ids), CONTACT.c.occurred_at >= since, CONTACT.c.voided_at.is_(None)
        )
    )
    found: dict[UUID, list[ContactFact]] = defaultdict(list)
    for enrolment_id, contact_id, occurred_at, recorded_at, is_reached, counts_for in rows:
        fact = ContactFact(
            contact_id=contact_id,
            occurred_at=occurred_at,
            known_at=recorded_at,
            is_reached=is_reached,
            counts_for=tuple(counts_for),
        )
        found[enrolment_id].append(fact)
    return found


def open_alarms(session: Session, ids: Sequence[UUID]) -> dict[UUID, Alarm]:
    """The open alarm of each enrolment that has one."""
    rows = session.execute(OPEN_ALARMS, {"enrolments": list(ids)}) if ids else ()
    return {
        row.enrolment_id: Alarm(
            referral_id=row.referral_id,
            opened_at=row.opened_at,
            tries=row.tries,
            has_red_flag=row.has_red_flag,
        )
        for row in rows
    }


def done_today(session: Session, account_id: UUID, *, since: datetime) -> list[ContactLine]:
    """The visitor's own contacts from the day's first instant on, the newest first."""
    columns = (
        CONTACT.c.contact_id,
        CONTACT.c.enrolment_id,
        CONTACT.c.occurred_at,
        CONTACT.c.visited_by,
        CONTACT.c.mode,
        CONTACT.c.reach,
        CONTACT.c.is_reached,
        CONTACT.c.counts_for,
        CONTACT.c.voided_at,
    )
    rows = session.execute(
        select(*columns)
        .where(CONTACT.c.visited_by == account_id, CONTACT.c.occurred_at >= since)
        .order_by(CONTACT.c.occurred_at.desc())
    ).mappings()
    return [ContactLine(**{**row, "counts_for": tuple(row["counts_for"])}) for row in rows]
