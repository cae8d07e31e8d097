"""The tables of `health`; row policies and the view for others are in `deploy/migrations/sql/65_health.sql`.

A row belongs to the centre that keeps it (`unit_id`): its people alone read it. Ids are made of what a row
is about (elder, centre, kind, day), so that the same thing recorded twice is one row; `fingerprint` tells a
repetition from something else under the same id. What is said or measured is sealed by the elder's own key.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.domain.health.codes import (
    BedMove,
    BedStatus,
    ContactPost,
    FollowUpResult,
    FollowUpWay,
    SignHandling,
)
from shared.persistence.base import Base, Located

HEALTH = {"schema": "health"}


class Kept(Located):
    """Mixed into every record: about whom, kept by which centre, written down by whom and when."""

    enrolment_id: Mapped[UUID]
    elder_id: Mapped[UUID]
    unit_id: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]


class Voidable:
    """Mixed into what can be struck out (作废): by whom, when, sealed why. It stays and counts no more."""

    voided_at: Mapped[datetime | None]
    voided_by: Mapped[UUID | None]
    void_reason_sealed: Mapped[bytes | None]


class Contract(Kept, Voidable, Base):
    """One year with a family-doctor team (签约); a renewal is a row of its own, so the past stays."""

    __tablename__ = "contract"
    __table_args__ = (
        Index(None, "unit_id", "ends_on"),
        Index(None, "enrolment_id"),
        CheckConstraint("ends_on > begins_on", name="not_backwards"),
        HEALTH,
    )

    contract_id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID | None]
    team: Mapped[str]
    signed_on: Mapped[date]
    begins_on: Mapped[date]
    ends_on: Mapped[date]


class FollowUpPlan(Kept, Base):
    """That an elder is followed up in one programme (高血压、糖尿病), from a day until further notice."""

    __tablename__ = "follow_up_plan"
    __table_args__ = (HEALTH,)

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(primary_key=True)
    since_on: Mapped[date]
    ended_on: Mapped[date | None]


class FollowUp(Kept, Voidable, Base):
    """One follow-up (随访): how, with which result, and sealed what was measured."""

    __tablename__ = "follow_up"
    __table_args__ = (Index(None, "enrolment_id", "programme", "done_on"), HEALTH)

    follow_up_id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    referral_id: Mapped[UUID | None]
    programme: Mapped[str]
    done_on: Mapped[date]
    way: Mapped[FollowUpWay]
    result: Mapped[FollowUpResult]
    is_imported: Mapped[bool]
    readings_sealed: Mapped[bytes | None]
    note_sealed: Mapped[bytes | None]


class Sign(Kept, Base):
    """That a reading was abnormal (血压高), and what was done; codes alone, until a later one is normal."""

    __tablename__ = "sign"
    __table_args__ = (
        Index(
            "uq_sign_open",
            "enrolment_id",
            "unit_id",
            "code",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
        HEALTH,
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("health.follow_up.follow_up_id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    is_urgent: Mapped[bool]
    noted_on: Mapped[date]
    handling: Mapped[SignHandling]
    referral_id: Mapped[UUID | None]
    ended_on: Mapped[date | None]
    ended_by: Mapped[UUID | None]


class FamilyContact(Kept, Base):
    """Who looks after a 计划生育特殊家庭 in one of its two posts (双岗联系人), until somebody else does."""

    __tablename__ = "family_contact"
    __table_args__ = (
        Index(
            "uq_family_contact_open",
            "enrolment_id",
            "unit_id",
            "post",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
        HEALTH,
    )

    contact_id: Mapped[UUID] = mapped_column(primary_key=True)
    post: Mapped[ContactPost]
    name_sealed: Mapped[bytes]
    phone_sealed: Mapped[bytes]
    since_on: Mapped[date]
    ended_on: Mapped[date | None]


class HomeBed(Kept, Base):
    """A home bed (家庭病床) by where its steps have led; at most one that is not over per elder."""

    __tablename__ = "home_bed"
    __table_args__ = (
        Index(
            "uq_home_bed_open",
            "enrolment_id",
            "unit_id",
            unique=True,
            postgresql_where=text("status NOT IN ('discharged', 'not_opened', 'voided')"),
        ),
        HEALTH,
    )

    bed_id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID | None]
    status: Mapped[BedStatus]


class HomeBedStep(Kept, Voidable, Base):
    """One thing done about a home bed, from the application to the discharge, in the order of `seq`."""

    __tablename__ = "home_bed_step"
    __table_args__ = (UniqueConstraint("bed_id", "seq"), HEALTH)

    step_id: Mapped[UUID] = mapped_column(primary_key=True)
    bed_id: Mapped[UUID] = mapped_column(ForeignKey("health.home_bed.bed_id"))
    seq: Mapped[int]
    fingerprint: Mapped[bytes]
    move: Mapped[BedMove]
    done_on: Mapped[date]
    note_sealed: Mapped[bytes | None]
