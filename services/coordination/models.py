"""The tables of `coordination`: extra visits (加访), and policies as they were published (J-06)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.persistence.base import Base, Located

COORDINATION = {"schema": "coordination"}


class PublishedPolicy(Base):
    """One policy file as it was put in force: its text, its fingerprint, from when, by whom."""

    __tablename__ = "published_policy"
    __table_args__ = COORDINATION

    policy_hash: Mapped[str] = mapped_column(primary_key=True)
    policy_id: Mapped[str]
    content: Mapped[str]
    in_force_from: Mapped[date]
    published_at: Mapped[datetime]
    published_by: Mapped[UUID]


class ExtraVisitRecord(Located, Base):
    """One more visit that somebody has asked for (加访), owed by the end of `due_on`; never changed."""

    __tablename__ = "extra_visit"
    __table_args__ = (Index(None, "enrolment_id"), COORDINATION)

    extra_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID]
