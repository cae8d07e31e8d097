"""The station's own records: each has a key of its own for its words; codes stay readable.

A row belongs to the unit that wrote it: nobody else reads it, and what the register needs of a change it gets
through a view of its own.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.public_security.codes import BeatKind, FeedVerdict, FraudRecord
from shared.domain.population import PopulationChange
from shared.persistence.base import Base, Located

_POLICE = {"schema": "public_security"}


class _Record(Located):
    """What every record of the station has: whose it is, about whom, who wrote it, and its sealed words.

    One that was put down by mistake is voided (作废): by whom, when and why; it stays, and counts no more.
    """

    unit_id: Mapped[str]
    enrolment_id: Mapped[UUID | None]
    referral_id: Mapped[UUID | None]
    key_id: Mapped[str]
    wrapped_key: Mapped[bytes]
    words_sealed: Mapped[bytes]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[UUID | None]
    void_reason_sealed: Mapped[bytes | None]


class Feed(Located, Base):
    """One uploaded list of changes (人口信息变化); the same file of a unit is one feed."""

    __tablename__ = "feed"
    __table_args__ = (Index("uq_feed_file", "unit_id", "file_hash", unique=True), _POLICE)

    feed_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    file_name: Mapped[str]
    file_hash: Mapped[bytes]
    key_id: Mapped[str]
    wrapped_key: Mapped[bytes]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID]
    sent_at: Mapped[datetime | None]


class FeedRow(Located, Base):
    """One row of a feed: what was read, what is wrong with it, and the change that it became."""

    __tablename__ = "feed_row"
    __table_args__ = (PrimaryKeyConstraint("feed_id", "position"), _POLICE)

    feed_id: Mapped[UUID] = mapped_column(ForeignKey("public_security.feed.feed_id"))
    unit_id: Mapped[str]
    position: Mapped[int]
    verdict: Mapped[FeedVerdict]
    faults: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    reading_sealed: Mapped[bytes]
    change_id: Mapped[UUID | None]


class Change(_Record, Base):
    """A death, a move or a correction of somebody in the register, on its way there (J-71)."""

    __tablename__ = "change"
    __table_args__ = (
        Index(None, "unit_id", "recorded_at"),
        Index("ix_change_referral", "referral_id", postgresql_where=text("referral_id IS NOT NULL")),
        _POLICE,
    )

    change_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[PopulationChange]
    happened_on: Mapped[date]


class WelfareCheck(_Record, Base):
    """One welfare check (入户查看): called when, arrived when, who decided to enter, what was found."""

    __tablename__ = "welfare_check"
    __table_args__ = (
        Index(None, "unit_id", "recorded_at"),
        Index("ix_welfare_check_referral", "referral_id", postgresql_where=text("referral_id IS NOT NULL")),
        CheckConstraint("arrived_at >= called_at", name="arrives_after_the_call"),
        CheckConstraint(
            "ended_at IS NULL OR (arrived_at IS NOT NULL AND found <> '')", name="ends_with_a_finding"
        ),
        _POLICE,
    )

    check_id: Mapped[UUID] = mapped_column(primary_key=True)
    called_at: Mapped[datetime]
    arrive_by: Mapped[datetime]
    arrived_at: Mapped[datetime | None]
    entry: Mapped[str]
    entered_at: Mapped[datetime | None]
    found: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]


class FraudTalk(_Record, Base):
    """A talk about fraud (反诈宣传), or what came of a suspicion (劝阻) (J-73)."""

    __tablename__ = "fraud_talk"
    __table_args__ = (
        Index(None, "unit_id", "recorded_at"),
        Index("ix_fraud_talk_referral", "referral_id", postgresql_where=text("referral_id IS NOT NULL")),
        CheckConstraint("people > 0", name="somebody_was_there"),
        _POLICE,
    )

    talk_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[FraudRecord]
    topic: Mapped[str]
    way: Mapped[str]
    result: Mapped[str]
    people: Mapped[int]
    held_at: Mapped[datetime]


class MissingPerson(_Record, Base):
    """A search for somebody missing (走失): last seen when, found or called off when, and how."""

    __tablename__ = "missing_person"
    __table_args__ = (
        Index(None, "unit_id", "recorded_at"),
        Index("ix_missing_person_referral", "referral_id", postgresql_where=text("referral_id IS NOT NULL")),
        CheckConstraint("(ended_at IS NULL) = (end_code = '')", name="ends_with_a_reason"),
        _POLICE,
    )

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    last_seen_at: Mapped[datetime]
    end_code: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]


class Beat(Located, Base):
    """A row of the table of beats (社区民警责任区): lanes or a village, and the officer, if any."""

    __tablename__ = "beat"
    __table_args__ = (
        Index("uq_beat", "unit_id", "kind", "name", "lane_from", unique=True),
        CheckConstraint("lane_to >= lane_from", name="lanes_rise"),
        _POLICE,
    )

    beat_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    kind: Mapped[BeatKind]
    name: Mapped[str]
    lane_from: Mapped[int]
    lane_to: Mapped[int]
    officer_id: Mapped[UUID | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID]
