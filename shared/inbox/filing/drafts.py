"""A draft of an outcome: its writer's own, kept when the work is given back or taken from them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.inbox.files import heading_for, key_of, opened_key
from shared.inbox.tables import OutcomeDraft
from shared.persistence.base import table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault, place_of
from shared.process.tables import Referral

DRAFT = table_of(OutcomeDraft)
TEXT = "referral_file.draft.text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody has begun to write: the outcome and the level they chose, if any, and the words."""

    outcome: str
    level: str
    text: str
    saved_at: datetime


def save_draft(work: UnitOfWork, row: Referral, *, outcome: str, level: str, text: str, vault: Vault) -> None:
    """Keep the draft in place of an older one; an empty one is none."""
    if not (text.strip() or outcome or level):
        forget_draft(work, row.referral_id)
        return
    key = key_of(work, heading_for(row), vault=vault)
    values = {
        "referral_id": row.referral_id,
        "account_id": work.principal.account_id,
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "outcome": outcome,
        "level": level,
        "text_sealed": key.seal(text, place_of(TEXT, row.referral_id)),
        "saved_at": work.now,
    }
    newer = {name: values[name] for name in ("outcome", "level", "text_sealed", "saved_at")}
    kept = insert(DRAFT).values(values).on_conflict_do_update(index_elements=DRAFT.primary_key, set_=newer)
    work.session.execute(kept)


def own_draft(session: Session, referral_id: UUID, account_id: UUID, *, vault: Vault) -> Draft | None:
    """The reader's own draft, if there is one and the referral is still in their sight."""
    own = select(DRAFT).where(DRAFT.c.referral_id == referral_id, DRAFT.c.account_id == account_id)
    row = session.execute(own).one_or_none()
    key = opened_key(session, referral_id, vault) if row else None
    if row is None or key is None:
        return None
    text = key.reveal(row.text_sealed, place_of(TEXT, referral_id))
    return Draft(outcome=row.outcome, level=row.level, text=text, saved_at=row.saved_at)


def forget_draft(work: UnitOfWork, referral_id: UUID) -> None:
    """The outcome has been stated: the draft has done its work."""
    own = (DRAFT.c.referral_id == referral_id, DRAFT.c.account_id == work.principal.account_id)
    work.session.execute(delete(DRAFT).where(*own))
