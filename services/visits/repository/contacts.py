"""Contacts and their findings, as they were stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, Text, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Session

from services.visits.codes import EntryConsent
from services.visits.models import Contact, Finding
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.errors import NotFound
from shared.domain.findings import Answered
from shared.domain.late_entry import Lateness
from shared.persistence.base import table_of
from shared.platform.privacy import WrappedKey

CONTACT, FINDING = table_of(Contact), table_of(Finding)

_KEY = text("SELECT key_id, wrapped_key FROM care_register.elder_card WHERE enrolment_id = :enrolment_id")


def _added() -> CTE:
    in_line = func.pg_advisory_xact_lock(
        func.hashtextextended(func.concat("contact/", CONTACT.c.enrolment_id), 0)
    )
    return (
        insert(CONTACT)
        .values({column.name: bindparam(f"new_{column.name}") for column in CONTACT.columns})
        .on_conflict_do_nothing()
        .returning(
            CONTACT.c.contact_id, CONTACT.c.jurisdiction_id, CONTACT.c.area_code, in_line.label("in_line")
        )
        .cte("added")
    )


def _asked(added: CTE) -> CTE:
    lists = (bindparam("kinds", type_=ARRAY(Text)), bindparam("answers", type_=ARRAY(Text)))
    said = func.unnest(*lists).table_valued("kind", "value", joins_implicitly=True)
    answers = said.render_derived()
    place = (added.c.contact_id, added.c.jurisdiction_id, added.c.area_code)
    return (
        insert(FINDING)
        .from_select(
            ["contact_id", "jurisdiction_id", "area_code", "kind", "value"],
            select(*place, answers.c.kind, answers.c.value),
        )
        .cte("asked")
    )


def _add_contact() -> Select[Any]:
    """One statement, made once: a contact pays for each round trip and for each statement put together."""
    added = _added()
    return select(added.c.contact_id, added.c.in_line).add_cte(_asked(added))


ADD_CONTACT = _add_contact()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row belongs."""

    jurisdiction_id: str
    area_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContact:
    """A contact as it was stored; what the columns mean is said at the table."""

    contact_id: UUID
    enrolment_id: UUID
    fingerprint: bytes
    occurred_at: datetime
    recorded_at: datetime
    visited_by: UUID
    recorded_by: UUID
    batch_id: UUID | None
    force: Force
    mode: VisitMode
    reach: Reach
    is_reached: bool
    entry_consent: EntryConsent
    service_items: list[str]
    red_flags: list[str]
    counts_for: list[str]
    reason_code: str
    reason_params: list[list[str]]
    reason_source: str
    withheld: list[dict[str, Any]]
    to_verify: list[str]
    policy_id: str
    policy_hash: str
    lateness: Lateness
    is_clock_off: bool
    gaps: list[str]
    late_reason_sealed: bytes | None
    note_sealed: bytes | None
    vouched_sealed: bytes | None
    next_contact_on: date | None
    voided_at: datetime | None
    voided_by: UUID | None
    void_reason: str | None


STORED = tuple(CONTACT.c[field.name] for field in fields(StoredContact))


def wrapped_key(session: Session, enrolment_id: UUID) -> WrappedKey | None:
    """The elder's data key, still wrapped; None once the person is erased."""
    row = session.execute(_KEY, {"enrolment_id": enrolment_id}).one_or_none()
    return WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key) if row and row.wrapped_key else None


def add_contact(session: Session, values: Mapping[str, Any], findings: Sequence[Answered]) -> bool:
    """Store the contact with what was answered; False, and nothing stored, if its id has been used before.

    Until the commit nobody else gets past this with the same elder: without that a try and a contact stored
    at the same instant would miss each other, and the alarm that the one opens would outlive the other.
    """
    answers = {
        "kinds": [each.kind for each in findings],
        "answers": [each.value for each in findings],
    }
    columns = {f"new_{column.name}": values.get(column.name) for column in CONTACT.columns}
    return session.execute(ADD_CONTACT, columns | answers).first() is not None


def stored_contact(session: Session, contact_id: UUID) -> StoredContact | None:
    """One contact, if it lies in the territory of who asks."""
    row = session.execute(select(*STORED).where(CONTACT.c.contact_id == contact_id)).mappings().one_or_none()
    return StoredContact(**row) if row else None


def found_contact(session: Session, contact_id: UUID) -> StoredContact:
    """One contact in the territory of who asks. Raises NotFound `contact_not_found` where there is none."""
    stored = stored_contact(session, contact_id)
    if stored is None:
        raise NotFound("contact_not_found")
    return stored


def void(session: Session, contact_id: UUID, *, by: UUID, at: datetime, why: str) -> None:
    """Strike the contact out; nothing of it is changed."""
    struck = {"voided_at": at, "voided_by": by, "void_reason": why}
    session.execute(update(CONTACT).where(CONTACT.c.contact_id == contact_id).values(struck))


def findings_of(session: Session, contact_ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """What was answered at each of the contacts by kind; what was added later, under its addition."""
    rows = session.execute(select(FINDING).where(FINDING.c.contact_id.in_(contact_ids)))
    found: dict[UUID, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.addition_id or row.contact_id, {})[row.kind] = row.value
    return found
