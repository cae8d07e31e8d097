"""Policies as they were published."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.coordination.commands import PublishPolicy
from services.coordination.models import PublishedPolicy
from shared.persistence.base import table_of


def publish(session: Session, policy: PublishPolicy, *, by: UUID, at: datetime) -> bool:
    """Store a policy once; false if this very text is stored already."""
    table = table_of(PublishedPolicy)
    values = asdict(policy) | {"published_by": by, "published_at": at}
    stored = insert(table).values(values).on_conflict_do_nothing().returning(table.c.policy_hash)
    return session.execute(stored).first() is not None


def published(session: Session, policy_id: str) -> Sequence[PublishedPolicy]:
    """The published versions of one policy, the newest first."""
    of_policy = select(PublishedPolicy).where(PublishedPolicy.policy_id == policy_id)
    return session.scalars(of_policy.order_by(PublishedPolicy.in_force_from.desc())).all()
