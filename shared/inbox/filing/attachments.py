"""Attachments of a referral (附件): kept sealed under its file's own key, read by its parties alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.contracts.access import Principal
from shared.domain.errors import NotFound
from shared.inbox.acting import units_in
from shared.inbox.files import heading_for, key_of, opened_key
from shared.inbox.filing.safe_files import SafeFile, checked
from shared.inbox.tables import ReferralAttachment
from shared.persistence.base import table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault, place_of
from shared.policies.attaching import AttachmentRules
from shared.process.tables import Referral

ATTACHMENT = table_of(ReferralAttachment)
NAME = "referral_file.attachment.name"
CONTENT = "referral_file.attachment.content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as somebody sent it; `key` makes it one however often it is sent."""

    name: str
    content: bytes
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLine:
    """An attachment in a list, without its content."""

    attachment_id: UUID
    name: str
    size: int
    account_id: UUID
    at: datetime


def attach(work: UnitOfWork, row: Referral, upload: Upload, *, vault: Vault, rules: AttachmentRules) -> UUID:
    """Keep the file on behalf of the person's unit, once. Raises Invalid as `checked` does."""
    attachment_id = attachment_id_of(row, work.principal, upload.key)
    of_referral = select(func.count()).where(
        ATTACHMENT.c.referral_id == row.referral_id, ATTACHMENT.c.attachment_id != attachment_id
    )
    so_far = work.session.execute(of_referral).scalar_one()
    safe = checked(upload.name, upload.content, rules, so_far=so_far)
    key = key_of(work, heading_for(row), vault=vault)
    values = {
        "attachment_id": attachment_id,
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "referral_id": row.referral_id,
        "account_id": work.principal.account_id,
        "unit_id": units_in(row, work.principal)[0],
        "kind": safe.kind,
        "size": len(safe.content),
        "name_sealed": key.seal(safe.name, place_of(NAME, attachment_id)),
        "content_sealed": key.seal_bytes(safe.content, place_of(CONTENT, attachment_id)),
        "added_at": work.now,
    }
    work.session.execute(insert(ATTACHMENT).values(values).on_conflict_do_nothing())
    return attachment_id


def attachment_id_of(row: Referral, person: Principal, key: str) -> UUID:
    """The id of what the person attaches under that key."""
    return uuid5(row.referral_id, f"{person.account_id}/{key}")


def attachments_of(session: Session, referral_id: UUID, *, vault: Vault) -> Sequence[AttachmentLine]:
    """The attachments that the reader may see, the oldest first."""
    columns = [column for column in ATTACHMENT.c if column is not ATTACHMENT.c.content_sealed]
    rows = session.execute(
        select(*columns).where(ATTACHMENT.c.referral_id == referral_id).order_by(ATTACHMENT.c.added_at)
    ).all()
    key = opened_key(session, referral_id, vault) if rows else None
    if key is None:
        return ()
    return [
        AttachmentLine(
            attachment_id=row.attachment_id,
            name=key.reveal(row.name_sealed, place_of(NAME, row.attachment_id)),
            size=row.size,
            account_id=row.account_id,
            at=row.added_at,
        )
        for row in rows
    ]


def opened_attachment(work: UnitOfWork, referral_id: UUID, attachment_id: UUID, *, vault: Vault) -> SafeFile:
    """One attachment with its content; who opened it is put on record. Raises NotFound to who is no party."""
    found = select(ATTACHMENT).where(
        ATTACHMENT.c.referral_id == referral_id, ATTACHMENT.c.attachment_id == attachment_id
    )
    row = work.session.execute(found).one_or_none()
    key = opened_key(work.session, referral_id, vault) if row else None
    if row is None or key is None:
        raise NotFound("attachment_not_found")
    work.record(
        stream=f"referral:{referral_id}",
        action="attachment_opened",
        detail={"attachment_id": str(attachment_id)},
    )
    return SafeFile(
        name=key.reveal(row.name_sealed, place_of(NAME, attachment_id)),
        kind=row.kind,
        content=key.reveal_bytes(row.content_sealed, place_of(CONTENT, attachment_id)),
    )
