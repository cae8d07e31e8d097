"""计划生育特殊家庭 of the territory and their two contacts; only who may know of these families asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from services.health.models import FamilyContact
from shared.domain.codes import Circumstance
from shared.domain.health.codes import ContactPost
from shared.persistence.base import table_of

CONTACT = table_of(FamilyContact)
_FAMILIES = text(
    "SELECT enrolment_id FROM care_register.subject WHERE status IN ('awaiting_consent', 'active')"
    " AND :circumstance = ANY(circumstances) ORDER BY area_code, enrolment_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContact:
    """One contact that holds now."""

    contact_id: UUID
    enrolment_id: UUID
    post: ContactPost
    name_sealed: bytes
    phone_sealed: bytes
    since_on: date


COLUMNS = tuple(CONTACT.c[name] for name in StoredContact.__slots__)


def families(session: Session) -> list[UUID]:
    """The enrolments of these families in the territory of who asks."""
    named = {"circumstance": Circumstance.SPECIAL_FAMILY_PLANNING.value}
    return list(session.execute(_FAMILIES, named).scalars())


def contacts_now(session: Session) -> list[StoredContact]:
    """Every contact that holds now."""
    rows = session.execute(select(*COLUMNS).where(CONTACT.c.ended_on.is_(None))).mappings()
    return [StoredContact(**row) for row in rows]


def replace_contact(session: Session, row: Mapping[str, Any]) -> None:
    """End the post's contact, if there is one, and begin this one."""
    held = (
        CONTACT.c.enrolment_id == row["enrolment_id"],
        CONTACT.c.unit_id == row["unit_id"],
        CONTACT.c.post == row["post"],
        CONTACT.c.ended_on.is_(None),
    )
    session.execute(update(CONTACT).where(*held).values(ended_on=row["since_on"]))
    session.execute(insert(CONTACT).values(row))
