"""Striking out (作废), the same for every record that can be."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.health.commands import RecordKind
from services.health.models import Contract, FollowUp, HomeBedStep
from shared.persistence.base import table_of

TABLES = {
    RecordKind.CONTRACT: table_of(Contract),
    RecordKind.FOLLOW_UP: table_of(FollowUp),
    RecordKind.BED_STEP: table_of(HomeBedStep),
}
IDS = {
    RecordKind.CONTRACT: "contract_id",
    RecordKind.FOLLOW_UP: "follow_up_id",
    RecordKind.BED_STEP: "step_id",
}


def whose(session: Session, kind: RecordKind, record_id: UUID) -> UUID | None:
    """The elder whose record it is; None for a record of another centre."""
    table = TABLES[kind]
    found = select(table.c.enrolment_id).where(table.c[IDS[kind]] == record_id)
    return session.execute(found).scalar_one_or_none()


def strike_out(session: Session, kind: RecordKind, record_id: UUID, values: Mapping[str, Any]) -> bool:
    """Strike it out; False if somebody has already."""
    table = TABLES[kind]
    one = table.c[IDS[kind]]
    struck = update(table).where(one == record_id, table.c.voided_at.is_(None)).values(values)
    return session.execute(struck.returning(one)).first() is not None
