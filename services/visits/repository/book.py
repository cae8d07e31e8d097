"""Reads for the visit book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, text, tuple_
from sqlalchemy.orm import Session

from services.visits.repository.contacts import CONTACT, STORED, StoredContact

_NAMES = text("SELECT account_id, name FROM identity.account_name WHERE account_id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_AREAS = text("SELECT area_code, name FROM identity.area_directory WHERE area_code IN :codes").bindparams(
    bindparam("codes", expanding=True)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a page of the book ended."""

    occurred_at: datetime
    contact_id: UUID


def contacts_of(
    session: Session, enrolment_id: UUID, *, before: Position | None, limit: int
) -> list[StoredContact]:
    """The elder's contacts, the newest first, voided ones too: what was once recorded stays in the book."""
    wanted = select(*STORED).where(CONTACT.c.enrolment_id == enrolment_id)
    place = tuple_(CONTACT.c.occurred_at, CONTACT.c.contact_id)
    if before is not None:
        wanted = wanted.where(place < tuple_(before.occurred_at, before.contact_id))
    ordered = wanted.order_by(CONTACT.c.occurred_at.desc(), CONTACT.c.contact_id.desc()).limit(limit)
    return [StoredContact(**row) for row in session.execute(ordered).mappings()]


def contacts_between(
    session: Session, enrolment_id: UUID, since: datetime, until: datetime
) -> list[StoredContact]:
    """The elder's contacts in that time, the oldest first, voided ones too."""
    wanted = select(*STORED).where(
        CONTACT.c.enrolment_id == enrolment_id, CONTACT.c.occurred_at >= since, CONTACT.c.occurred_at < until
    )
    ordered = wanted.order_by(CONTACT.c.occurred_at, CONTACT.c.contact_id)
    return [StoredContact(**row) for row in session.execute(ordered).mappings()]


def area_names(session: Session, area_codes: Iterable[str]) -> dict[str, str]:
    """What places are called."""
    rows = session.execute(_AREAS, {"codes": list(area_codes)})
    return {row.area_code: row.name for row in rows}


def contacts_of_batch(session: Session, batch_id: UUID) -> list[StoredContact]:
    """What was typed in at once, in the order in which it happened."""
    wanted = select(*STORED).where(CONTACT.c.batch_id == batch_id)
    ordered = wanted.order_by(CONTACT.c.occurred_at, CONTACT.c.contact_id)
    return [StoredContact(**row) for row in session.execute(ordered).mappings()]


def account_names(session: Session, account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of members of staff."""
    wanted = list(account_ids)
    if not wanted:
        return {}
    return {row.account_id: row.name for row in session.execute(_NAMES, {"ids": wanted})}
