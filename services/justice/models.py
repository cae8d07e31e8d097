"""The tables of `justice`; row policies and grants are in `deploy/migrations/sql/60_justice.sql`."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.domain.justice.codes import RecordKind, Stage, Step
from shared.persistence.base import Base, Located


class Record(Located, Base):
    """One record of the office: a referral has at most one of each kind in each unit.

    `kept_by` is the named person (专人). `stage` follows from the journal and is kept for the lists. The
    words are sealed under a key of the record's own.
    """

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("referral_id", "unit_id", "kind"),
        Index(None, "unit_id", "stage"),
        {"schema": "justice"},
    )

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[RecordKind]
    unit_id: Mapped[str]
    referral_id: Mapped[UUID]
    elder_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    kept_by: Mapped[UUID]
    opened_by: Mapped[UUID]
    opened_at: Mapped[datetime]
    stage: Mapped[Stage]
    outcome: Mapped[str]
    ended_at: Mapped[datetime | None]
    key_id: Mapped[str]
    wrapped_key: Mapped[bytes]
    client_sealed: Mapped[bytes]


class Entry(Located, Base):
    """One line of a record's journal (办理记录): only added. `detail` is a code, the words are sealed."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("record_id", "seq"), {"schema": "justice"})

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("justice.record.record_id"))
    seq: Mapped[int]
    step: Mapped[Step]
    happened_on: Mapped[date]
    detail: Mapped[str]
    member_id: Mapped[UUID | None]
    account_id: Mapped[UUID]
    written_at: Mapped[datetime]
    words_sealed: Mapped[bytes | None]
