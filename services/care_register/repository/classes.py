"""Classifications, in the tables of this service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from services.care_register.codes import ProposalStatus
from services.care_register.models.enrolments import ClassificationRecord
from services.care_register.repository.enrolments import OPEN_ENROLMENTS
from services.care_register.repository.holding import hold_enrolment
from shared.domain.codes import Tier
from shared.persistence.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One classification as stored; `reasons` are those of `classification.Reason` as JSON.

    reason_sealed, until_on, instead_of: of one by hand alone (人工调整).
    """

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
    reason_sealed: bytes | None
    until_on: date | None
    instead_of: UUID | None

    @property
    def is_by_hand(self) -> bool:
        """Whether a person asked for it against the rules."""
        return self.until_on is not None


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
    mine = ClassificationRecord.classification_id == classification_id
    hold_enrolment(session, select(ClassificationRecord.enrolment_id).where(mine))
    one = select(table_of(ClassificationRecord)).where(mine)
    row = session.execute(one.with_for_update()).one_or_none()
    return _class(row) if row else None


def decide_class(session: Session, classification_ids: Iterable[UUID], values: Mapping[str, object]) -> None:
    """Store what was decided on classifications that were proposed; of none of them, nothing."""
    if decided := list(classification_ids):
        session.execute(
            update(ClassificationRecord)
            .where(
                ClassificationRecord.classification_id.in_(decided),
                ClassificationRecord.status == ProposalStatus.PROPOSED,
            )
            .values(values)
        )


def in_force(rows: Iterable[ClassRow]) -> ClassRow | None:
    """The newest confirmed; while nobody has confirmed any, what the rules propose. `rows`: newest first."""
    listed = list(rows)
    confirmed = (row for row in listed if row.status is ProposalStatus.CONFIRMED)
    proposed = (row for row in listed if row.status is ProposalStatus.PROPOSED and not row.is_by_hand)
    return next(confirmed, None) or next(proposed, None)


def held_against(rows: Iterable[ClassRow]) -> ClassRow | None:
    """What the rules said when a person last answered them: the class in force, or what it stands against."""
    listed = list(rows)
    standing = in_force(listed)
    if standing is None or standing.instead_of is None:
        return standing
    return next(row for row in listed if row.classification_id == standing.instead_of)


def hold_against(session: Session, by_hand: UUID, said: UUID) -> None:
    """The class by hand is kept although the rules say something else by now."""
    mine = ClassificationRecord.classification_id == by_hand
    session.execute(update(ClassificationRecord).where(mine).values(instead_of=said))


def over_by_hand(session: Session, on: date) -> list[UUID]:
    """Classes by hand of open enrolments that were to stand until a day before `on`."""
    over = (
        select(ClassificationRecord.classification_id)
        .where(
            ClassificationRecord.until_on < on,
            ClassificationRecord.status.in_((ProposalStatus.PROPOSED, ProposalStatus.CONFIRMED)),
            ClassificationRecord.enrolment_id.in_(OPEN_ENROLMENTS),
        )
        .order_by(ClassificationRecord.classification_id)
    )
    return list(session.scalars(over))


def end_by_hand(session: Session, row: ClassRow) -> None:
    """Nothing confirmed before it stands again after it: the rules speak anew."""
    confirmed = update(ClassificationRecord).where(
        ClassificationRecord.enrolment_id == row.enrolment_id,
        ClassificationRecord.status == ProposalStatus.CONFIRMED,
        ClassificationRecord.proposed_at <= row.proposed_at,
    )
    session.execute(confirmed.values(status=ProposalStatus.SUPERSEDED))


def proposed_classes(session: Session, *, limit: int) -> list[ClassRow]:
    """Classifications that wait for a person: first those that would change a confirmed one."""
    proposed, standing = aliased(ClassificationRecord), aliased(ClassificationRecord)
    changes = exists().where(
        standing.enrolment_id == proposed.enrolment_id, standing.status == ProposalStatus.CONFIRMED
    )
    waiting = (
        select(*[getattr(proposed, name) for name in ClassRow.__dataclass_fields__])
        .where(proposed.status == ProposalStatus.PROPOSED, proposed.enrolment_id.in_(OPEN_ENROLMENTS))
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
    values = {name: getattr(row, name) for name in ClassRow.__dataclass_fields__}
    listed = {name: tuple(values[name]) for name in ("groups", "reasons", "to_verify")}
    return ClassRow(**{**values, **listed})
