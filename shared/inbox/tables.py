"""The referral's file, schema `referral_file`: every word about a referral, sealed, and never changed.

A workflow carries codes and a `note_id`; what people wrote stands here, under a key of the referral's own.
Rows are only added. A unit sees them as long as it is a party of the referral.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.inbox.codes import Consent, NoteKind
from shared.persistence.base import Base, Located

FILE = {"schema": "referral_file"}


class ReferralFile(Located, Base):
    """What was asked of whom, and the elder's word on it (domain §0.2-8).

    A referral that a process opened (追访) gets its file with the first note; nothing is asked in words then.
    """

    __tablename__ = "file"
    __table_args__ = (Index(None, "enrolment_id"), FILE)

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    requesting_unit_id: Mapped[str]
    coordinator_unit_id: Mapped[str]
    enrolment_id: Mapped[UUID | None]
    origin_id: Mapped[UUID | None]
    key_id: Mapped[str]
    wrapped_key: Mapped[bytes]
    asked_sealed: Mapped[bytes | None]
    consent: Mapped[Consent]
    consent_sealed: Mapped[bytes | None]
    offered_by: Mapped[UUID]
    created_at: Mapped[datetime]


class ReferralNote(Located, Base):
    """One text about a referral; the ledger names it by its id, and only then is it shown."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "referral_id"), FILE)

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID]
    account_id: Mapped[UUID]
    unit_id: Mapped[str]
    kind: Mapped[NoteKind]
    text_sealed: Mapped[bytes]
    written_at: Mapped[datetime]


class UnwantedHelp(Located, Base):
    """A need that the elder does not want met now (暂不需要): asked again at a later visit."""

    __tablename__ = "unwanted"
    __table_args__ = (Index(None, "enrolment_id"), FILE)

    unwanted_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    unit_id: Mapped[str]
    account_id: Mapped[UUID]
    recorded_at: Mapped[datetime]
