"""The referral's file, schema `referral_file`: every word about a referral, sealed, and never changed.

A workflow carries codes and a `note_id`; what people wrote stands here, under a key of the referral's own.
Rows are only added. A unit sees them as long as it is a party of the referral.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.inbox.codes import Consent, NoteKind
from shared.persistence.base import Base, Located
from shared.policies.attaching import FileKind

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


class ReferralWatcher(Located, Base):
    """Somebody of a party who is told of each main step (抄送), until they do not wish it any more."""

    __tablename__ = "watcher"
    __table_args__ = (Index(None, "account_id"), FILE)

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ReferralAttachment(Located, Base):
    """A file of the referral (附件): name and content sealed, its kind as the content says."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "referral_id"), FILE)

    attachment_id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID]
    account_id: Mapped[UUID]
    unit_id: Mapped[str]
    kind: Mapped[FileKind]
    size: Mapped[int]
    name_sealed: Mapped[bytes]
    content_sealed: Mapped[bytes]
    added_at: Mapped[datetime]


class FieldRequest(Located, Base):
    """The receiving unit asks to see more of the elder than its kind of work shows (申请补充信息)."""

    __tablename__ = "field_request"
    __table_args__ = (Index(None, "referral_id"), FILE)

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID]
    unit_id: Mapped[str]
    account_id: Mapped[UUID]
    fields: Mapped[list[Any]]
    reason_sealed: Mapped[bytes]
    asked_at: Mapped[datetime]


class FieldAnswer(Located, Base):
    """What the requesting unit answered, once: the first answer stays."""

    __tablename__ = "field_answer"
    __table_args__ = (Index(None, "referral_id"), FILE)

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    referral_id: Mapped[UUID]
    unit_id: Mapped[str]
    account_id: Mapped[UUID]
    is_granted: Mapped[bool]
    reason_sealed: Mapped[bytes | None]
    answered_at: Mapped[datetime]


class OutcomeDraft(Located, Base):
    """What somebody has begun to write as the outcome: their own, kept when the work is taken from them."""

    __tablename__ = "draft"
    __table_args__ = (FILE,)

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    level: Mapped[str]
    text_sealed: Mapped[bytes]
    saved_at: Mapped[datetime]
