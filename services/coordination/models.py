"""The tables of `coordination`: policies as they were published, so that old ones stay readable (J-06)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shared.persistence.base import Base

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
