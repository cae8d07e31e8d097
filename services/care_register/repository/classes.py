"""Classifications, in the tables of this service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from services.care_register.codes import ProposalStatus
from services.care_register.models.enrolments import ClassificationRecord
from shared.domain.codes import Tier
from shared.persistence.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One classification as stored; `reasons` are those of `classification.Reason` as JSON."""

    classification_id: UUID
    enrolment_id: UUID
    tier: Tier | None
    groups: tuple[str, ...]
    reasons: tuple[Mapping[str, Any], ...]
    to_verify: tuple[str, ...]
    presumptive: bool
    policy_id: str
    policy_hash: str
    proposed_at: datetime
    proposed_by: UUID
    status: ProposalStatus
    decided_at: datetime | None
    decided_by: UUID | None


def add_class(session: Session, values: Mapping[str, object]) -> None:
    """Store a classification."""
    session.add(ClassificationRecord(**values))


def classes_of(session: Session, enrolment_id: UUID) -> list[ClassRow]:
    """All classifications of an enrolment, newest first."""
    mine = select(table_of(ClassificationRecord)).where(ClassificationRecord.enrolment_id == enrolment_id)
    rows = session.execute(mine.order_by(ClassificationRecord.proposed_at.desc()))
    return [_class(row) for row in rows]


def lock_class(session: Session, classification_id: UUID) -> ClassRow | None:
    """One classification, for deciding on it."""
    mine = select(table_of(ClassificationRecord)).where(
        ClassificationRecord.classification_id == classification_id
    )
    row = session.execute(mine.with_for_update()).one_or_none()
    return _class(row) if row else None


def decide_class(session: Session, classification_ids: Iterable[UUID], values: Mapping[str, object]) -> None:
    """Store what was decided on classifications that were proposed."""
    session.execute(
        update(ClassificationRecord)
        .where(
            ClassificationRecord.classification_id.in_(list(classification_ids)),
            ClassificationRecord.status == ProposalStatus.PROPOSED,
        )
        .values(values)
    )


def in_force(rows: Iterable[ClassRow]) -> ClassRow | None:
    """The newest confirmed; while nobody has confirmed any, the newest proposed. `rows`: newest first."""
    listed = list(rows)
    for status in (ProposalStatus.CONFIRMED, ProposalStatus.PROPOSED):
        found = next((row for row in listed if row.status is status), None)
        if found:
            return found
    return None


def proposed_classes(session: Session, *, limit: int) -> list[ClassRow]:
    """Classifications that wait for a person: first those that would change a confirmed one."""
    proposed, standing = aliased(ClassificationRecord), aliased(ClassificationRecord)
    changes = exists().where(
        standing.enrolment_id == proposed.enrolment_id, standing.status == ProposalStatus.CONFIRMED
    )
    waiting = (
        select(*[getattr(proposed, name) for name in ClassRow.__dataclass_fields__])
        .where(proposed.status == ProposalStatus.PROPOSED)
        .order_by(changes.desc(), proposed.proposed_at, proposed.classification_id)
        .limit(limit)
    )
    return [_class(row) for row in session.execute(waiting)]


def confirmed_classes(session: Session, enrolment_ids: Iterable[UUID]) -> dict[UUID, ClassRow]:
    """The newest confirmed class of each of the enrolments that has one."""
    newest = (
        select(table_of(ClassificationRecord))
        .where(
            ClassificationRecord.enrolment_id.in_(list(enrolment_ids)),
            ClassificationRecord.status == ProposalStatus.CONFIRMED,
        )
        .ext(distinct_on(ClassificationRecord.enrolment_id))
        .order_by(ClassificationRecord.enrolment_id, ClassificationRecord.proposed_at.desc())
    )
    return {row.enrolment_id: _class(row) for row in session.execute(newest)}


def _class(row: Row[Any]) -> ClassRow:
    return ClassRow(
        classification_id=row.classification_id,
        enrolment_id=row.enrolment_id,
        tier=row.tier,
        groups=tuple(row.groups),
        reasons=tuple(row.reasons),
        to_verify=tuple(row.to_verify),
        presumptive=row.presumptive,
        policy_id=row.policy_id,
        policy_hash=row.policy_hash,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        status=row.status,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
