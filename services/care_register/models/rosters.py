"""Rosters as they come in (名单导入), and the table that says in whose area an address lies."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.care_register.codes import BatchStatus, PlaceKind, RowOutcome
from shared.domain.roster.findings import Verdict
from shared.persistence.base import Base, Located

_REGISTER = {"schema": "care_register"}


class Place(Base):
    """A row of the placing table (划片对照表): lanes of a road or a village, and their area."""

    __tablename__ = "place"
    __table_args__ = (
        Index("uq_place", "jurisdiction_id", "kind", "name", "lane_from", unique=True),
        CheckConstraint("lane_to >= lane_from", name="lanes_rise"),
        _REGISTER,
    )

    place_id: Mapped[UUID] = mapped_column(primary_key=True)
    jurisdiction_id: Mapped[str]
    kind: Mapped[PlaceKind]
    name: Mapped[str]
    lane_from: Mapped[int]
    lane_to: Mapped[int]
    area_code: Mapped[str]


class ImportBatch(Located, Base):
    """One uploaded roster; the same file is one batch. Its rows are sealed under the batch's own key.

    unread: letters, heading and why of each column that nothing is taken from.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("uq_import_batch_file", "jurisdiction_id", "area_code", "file_hash", unique=True),
        _REGISTER,
    )

    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    file_hash: Mapped[bytes]
    file_name: Mapped[str]
    dated_on: Mapped[date]
    unread: Mapped[list[Any]]
    key_id: Mapped[str]
    wrapped_key: Mapped[bytes]
    status: Mapped[BatchStatus]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID]


class ImportRow(Located, Base):
    """One row of a roster: what was read, what was found, and what became of it."""

    __tablename__ = "import_row"
    __table_args__ = (PrimaryKeyConstraint("batch_id", "position"), _REGISTER)

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("care_register.import_batch.batch_id"))
    position: Mapped[int]
    verdict: Mapped[Verdict]
    reading_sealed: Mapped[bytes]
    outcome: Mapped[RowOutcome]
    failure: Mapped[str]
    enrolment_id: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]
