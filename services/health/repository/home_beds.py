"""Home beds and their steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.health.models import HomeBed, HomeBedStep
from shared.domain.health.codes import BedMove, BedStatus
from shared.domain.health.home_beds import Step
from shared.persistence.base import table_of

BED, STEP = table_of(HomeBed), table_of(HomeBedStep)
OVER = [status for status in BedStatus if status.is_over]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStep:
    """One step as it was stored."""

    step_id: UUID
    bed_id: UUID
    seq: int
    fingerprint: bytes
    move: BedMove
    done_on: date
    note_sealed: bytes | None
    recorded_by: UUID
    recorded_at: datetime
    voided_at: datetime | None
    voided_by: UUID | None
    void_reason_sealed: bytes | None

    @property
    def step(self) -> Step:
        """The step as the rules see it."""
        return Step(move=self.move, done_on=self.done_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBed:
    """A bed with its steps, in the order in which they were done, those struck out included."""

    bed_id: UUID
    enrolment_id: UUID
    elder_id: UUID
    unit_id: str
    jurisdiction_id: str
    area_code: str
    referral_id: UUID | None
    status: BedStatus
    steps: tuple[StoredStep, ...]

    @property
    def applied_on(self) -> date:
        """The day of the application, which is the first step."""
        return self.steps[0].done_on

    def stood_on_or_after(self, day: date) -> bool:
        """Whether it was not over before that day."""
        return not self.status.is_over or any(each.done_on >= day for each in self.standing_steps)

    @property
    def standing_steps(self) -> tuple[StoredStep, ...]:
        """Those that nobody has struck out."""
        return tuple(each for each in self.steps if each.voided_at is None)

    @property
    def rule_steps(self) -> tuple[Step, ...]:
        """The standing steps as the rules see them."""
        return tuple(each.step for each in self.standing_steps)


HEADS = (
    BED.c.bed_id,
    BED.c.enrolment_id,
    BED.c.elder_id,
    BED.c.unit_id,
    BED.c.jurisdiction_id,
    BED.c.area_code,
    BED.c.referral_id,
    BED.c.status,
)
STEPS = tuple(STEP.c[name] for name in StoredStep.__slots__ if name in STEP.c)


def add_bed(session: Session, row: Mapping[str, Any]) -> bool:
    """Store it; False, and nothing stored, if there is one of that id, or another that is not over."""
    added = insert(BED).values(row).on_conflict_do_nothing().returning(BED.c.bed_id)
    return session.execute(added).first() is not None


def add_step(session: Session, row: Mapping[str, Any]) -> None:
    """Store one step."""
    session.execute(insert(STEP).values(row))


def set_status(session: Session, bed_id: UUID, status: BedStatus) -> None:
    """Where the bed stands now."""
    session.execute(update(BED).where(BED.c.bed_id == bed_id).values(status=status))


def locked_bed(session: Session, bed_id: UUID) -> StoredBed | None:
    """One bed, held for this transaction: two steps at the same instant come one after the other."""
    session.execute(select(BED.c.bed_id).where(BED.c.bed_id == bed_id).with_for_update())
    return next(iter(_beds(session, BED.c.bed_id == bed_id)), None)


def bed_of_step(session: Session, step_id: UUID) -> UUID | None:
    """The bed to which a step belongs."""
    return session.execute(select(STEP.c.bed_id).where(STEP.c.step_id == step_id)).scalar_one_or_none()


def beds_of(session: Session, enrolment_id: UUID) -> list[StoredBed]:
    """The elder's beds, the newest first."""
    found = _beds(session, BED.c.enrolment_id == enrolment_id)
    return sorted(found, key=lambda bed: bed.applied_on, reverse=True)


def open_beds(session: Session) -> list[StoredBed]:
    """Every bed that is not over."""
    return _beds(session, BED.c.status.not_in(OVER))


def _beds(session: Session, which: ColumnElement[bool]) -> list[StoredBed]:
    heads = session.execute(select(*HEADS).where(which)).mappings().all()
    steps = _steps(session, [head["bed_id"] for head in heads])
    return [StoredBed(**head, steps=tuple(steps[head["bed_id"]])) for head in heads]


def _steps(session: Session, bed_ids: Iterable[UUID]) -> dict[UUID, list[StoredStep]]:
    wanted = list(bed_ids)
    found: dict[UUID, list[StoredStep]] = {bed_id: [] for bed_id in wanted}
    in_order = select(*STEPS).where(STEP.c.bed_id.in_(wanted)).order_by(STEP.c.seq)
    for row in session.execute(in_order).mappings():
        found[row["bed_id"]].append(StoredStep(**row))
    return found
