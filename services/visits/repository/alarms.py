"""The alarm 未见到老人: one open row per enrolment, opened by a try and ended by a later contact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from services.visits.models import Contact, NotSeen
from services.visits.repository.contacts import Place, StoredContact
from shared.persistence.base import table_of

CONTACT, NOT_SEEN = table_of(Contact), table_of(NotSeen)

_END = text(
    "UPDATE visits.not_seen SET ended_at = :now, ended_by = :contact_id"
    " WHERE enrolment_id = :enrolment_id AND ended_at IS NULL AND opened_at <= :seen_at"
    " AND visits.concluded_at(referral_id) IS NULL RETURNING referral_id"
)
"""Runs at every contact that reaches its elder, and mostly ends nothing."""

_CLOSE = text(
    "UPDATE visits.not_seen SET ended_at = visits.concluded_at(referral_id)"
    " WHERE enrolment_id = :enrolment_id AND ended_at IS NULL"
    " AND visits.concluded_at(referral_id) IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTry:
    """A try that did not reach the elder, as the alarm keeps it."""

    referral_id: UUID
    enrolment_id: UUID
    contact_id: UUID
    tried_at: datetime
    has_red_flag: bool
    place: Place


def was_seen_since(session: Session, enrolment_id: UUID, at: datetime) -> bool:
    """Whether a contact at or after the instant has reached the elder."""
    reached = (
        CONTACT.c.enrolment_id == enrolment_id,
        CONTACT.c.occurred_at >= at,
        CONTACT.c.is_reached,
        CONTACT.c.voided_at.is_(None),
    )
    return bool(session.execute(select(exists().where(*reached))).scalar_one())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAlarm:
    """The alarm as it stands after a try: opened by it, or older."""

    referral_id: UUID
    opened_by: UUID
    opened_at: datetime
    has_red_flag: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedAlarm:
    """The alarm that a contact opened, added to, or ended."""

    referral_id: UUID
    ended_by: UUID | None


def open_alarm(session: Session, enrolment_id: UUID) -> OpenAlarm | None:
    """The elder's open alarm, if there is one."""
    columns = (
        NOT_SEEN.c.referral_id,
        NOT_SEEN.c.opened_by,
        NOT_SEEN.c.opened_at,
        NOT_SEEN.c.has_red_flag,
    )
    is_open = (
        NOT_SEEN.c.enrolment_id == enrolment_id,
        NOT_SEEN.c.ended_at.is_(None),
        func.visits.concluded_at(NOT_SEEN.c.referral_id).is_(None),
    )
    row = session.execute(select(*columns).where(*is_open)).mappings().one_or_none()
    return OpenAlarm(**row) if row else None


def add_alarm(session: Session, failed: FailedTry) -> None:
    """Open the alarm. The unique index refuses a second open one; one that its process ended makes room."""
    session.execute(_CLOSE, {"enrolment_id": failed.enrolment_id})
    session.execute(
        insert(NOT_SEEN).values(
            referral_id=failed.referral_id,
            enrolment_id=failed.enrolment_id,
            opened_by=failed.contact_id,
            opened_at=failed.tried_at,
            last_tried_at=failed.tried_at,
            tries=1,
            has_red_flag=failed.has_red_flag,
            jurisdiction_id=failed.place.jurisdiction_id,
            area_code=failed.place.area_code,
        )
    )


def add_try(session: Session, referral_id: UUID, *, tried_at: datetime) -> None:
    """One more try that did not reach the elder."""
    session.execute(
        update(NOT_SEEN)
        .where(NOT_SEEN.c.referral_id == referral_id)
        .values(tries=NOT_SEEN.c.tries + 1, last_tried_at=func.greatest(NOT_SEEN.c.last_tried_at, tried_at))
    )


def end_alarm(
    session: Session, enrolment_id: UUID, *, contact_id: UUID, seen_at: datetime, now: datetime
) -> UUID | None:
    """End the open alarm by a contact that happened after it was raised; its referral, if there was one."""
    values = {"enrolment_id": enrolment_id, "contact_id": contact_id, "seen_at": seen_at, "now": now}
    return session.execute(_END, values).scalars().one_or_none()


def ended_by(session: Session, contact_id: UUID) -> OpenAlarm | None:
    """The alarm that the contact ended, if the try that had opened it still stands."""
    columns = (
        NOT_SEEN.c.referral_id,
        NOT_SEEN.c.opened_by,
        NOT_SEEN.c.opened_at,
        NOT_SEEN.c.has_red_flag,
    )
    still_stands = exists().where(CONTACT.c.contact_id == NOT_SEEN.c.opened_by, CONTACT.c.voided_at.is_(None))
    found = select(*columns).where(NOT_SEEN.c.ended_by == contact_id, still_stands)
    row = session.execute(found).mappings().one_or_none()
    return OpenAlarm(**row) if row else None


def is_known(session: Session, referral_id: UUID) -> bool:
    """Whether there is such an alarm, open or ended."""
    return bool(session.execute(select(exists().where(NOT_SEEN.c.referral_id == referral_id))).scalar_one())


def touched_by(session: Session, contact: StoredContact) -> TouchedAlarm | None:
    """The alarm that was open when the contact was recorded, and happened before it."""
    ended_at = func.coalesce(NOT_SEEN.c.ended_at, func.visits.concluded_at(NOT_SEEN.c.referral_id))
    was_open = or_(
        ended_at.is_(None), ended_at > contact.recorded_at, NOT_SEEN.c.ended_by == contact.contact_id
    )
    mine = NOT_SEEN.c.enrolment_id == contact.enrolment_id
    row = session.execute(
        select(NOT_SEEN.c.referral_id, NOT_SEEN.c.ended_by)
        .where(mine, NOT_SEEN.c.opened_at <= contact.occurred_at, was_open)
        .order_by(NOT_SEEN.c.opened_at.desc())
        .limit(1)
    ).one_or_none()
    return TouchedAlarm(referral_id=row.referral_id, ended_by=row.ended_by) if row else None
