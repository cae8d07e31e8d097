"""Elders as far as the health centre needs them: the register's views, the least fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from shared.platform.privacy import WrappedKey

_SOME = text(
    "SELECT enrolment_id, elder_id, jurisdiction_id, area_code, key_id, wrapped_key"
    " FROM care_register.elder_card WHERE enrolment_id = ANY(:enrolments)"
)
_IN_CARE = text(
    "SELECT enrolment_id, area_code FROM care_register.subject WHERE status IN ('awaiting_consent', 'active')"
    " ORDER BY area_code, enrolment_id"
)
_OF_ELDERS = text(
    "SELECT enrolment_id FROM care_register.subject WHERE elder_id = ANY(:elders)"
    " AND status IN ('awaiting_consent', 'active')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptElder:
    """About whom a record is: where it belongs, and the key that seals it."""

    enrolment_id: UUID
    elder_id: UUID
    jurisdiction_id: str
    area_code: str
    key: WrappedKey | None


def kept_elders(session: Session, enrolment_ids: Iterable[UUID]) -> dict[UUID, KeptElder]:
    """Those whose card who asks may see: in the own territory, or while work about them is open."""
    rows = session.execute(_SOME, {"enrolments": list(enrolment_ids)})
    return {row.enrolment_id: _kept(row) for row in rows}


def in_care(session: Session) -> list[UUID]:
    """Everybody in the territory of who asks, in a fixed order."""
    return list(session.execute(_IN_CARE).scalars())


def enrolments_of(session: Session, elder_ids: Iterable[UUID]) -> list[UUID]:
    """Where these elders are enrolled now, in the territory of who asks."""
    return list(session.execute(_OF_ELDERS, {"elders": list(elder_ids)}).scalars())


def _kept(row: Row[Any]) -> KeptElder:
    key = WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key) if row.wrapped_key else None
    return KeptElder(
        enrolment_id=row.enrolment_id,
        elder_id=row.elder_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        key=key,
    )
