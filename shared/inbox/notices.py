"""A person's notices (通知): what the inbox shows of them, and 确认, which takes them off 待电话通知."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from shared.contracts.access import Principal
from shared.domain.codes import Urgency
from shared.domain.errors import NotFound
from shared.inbox.queries import visible_referrals
from shared.notices.words import words_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.notices import Notice

MOST_SHOWN = 100

UNREAD = select(func.count()).where(
    Notice.account_id == bindparam("me"),
    Notice.not_before <= bindparam("now"),
    Notice.acknowledged_at.is_(None),
)
"""How many notices of a person wait to be acknowledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice in words; it names no elder, so that it may stand on any screen (domain §0.2-6).

    `referral_id` is None as well for work that has gone on to others: there is nothing to open any more.
    `enrolment_id` is given where the notice is about an elder and about no work: a visit that is owed.
    """

    notice_id: UUID
    words: str
    at: datetime
    is_urgent: bool
    referral_id: UUID | None
    enrolment_id: UUID | None
    acknowledged_at: datetime | None


def read_notices(
    session: Session, person: Principal, *, now: datetime, policy: Policy
) -> Sequence[NoticeLine]:
    """The person's notices that are due, those to be acknowledged first, then the newest first."""
    statement = (
        select(Notice)
        .where(_mine(person, now))
        .order_by(Notice.acknowledged_at.is_not(None), Notice.not_before.desc(), Notice.notice_id)
        .limit(MOST_SHOWN)
    )
    found = session.scalars(statement).all()
    opens = visible_referrals(session, (notice.referral_id for notice in found if notice.referral_id))
    return [_line(notice, policy, opens=opens) for notice in found]


def count_unread(session: Session, person: Principal, now: datetime) -> int:
    """How many notices of theirs wait to be acknowledged."""
    return session.execute(UNREAD, {"me": person.account_id, "now": now}).scalar_one()


def mark_read(work: UnitOfWork) -> None:
    """The person has their due notices before them (已读); whether they act on them, only 确认 says."""
    unread = and_(_mine(work.principal, work.now), Notice.read_at.is_(None))
    work.session.execute(
        update(Notice).where(unread).values(read_at=work.now),
        execution_options={"synchronize_session": False},
    )


def acknowledge(work: UnitOfWork, notice_id: UUID | None = None) -> None:
    """Acknowledge one of the person's notices, or all that are due; again changes nothing.

    Raises NotFound for a notice that is not theirs.
    """
    person, now = work.principal, work.now
    chosen = (
        _mine(person, now) if notice_id is None else and_(_mine(person, now), Notice.notice_id == notice_id)
    )
    times = {
        "read_at": func.coalesce(Notice.read_at, now),
        "acknowledged_at": func.coalesce(Notice.acknowledged_at, now),
    }
    changed = work.session.execute(
        update(Notice).where(chosen).values(times).returning(Notice.notice_id),
        execution_options={"synchronize_session": False},
    ).all()
    if notice_id is not None and not changed:
        raise NotFound("notice_not_found")


def _mine(person: Principal, now: datetime) -> ColumnElement[bool]:
    return and_(Notice.account_id == person.account_id, Notice.not_before <= now)


def _line(notice: Notice, policy: Policy, *, opens: frozenset[UUID]) -> NoticeLine:
    return NoticeLine(
        notice_id=notice.notice_id,
        words=words_of(policy, notice.code, notice.params),
        at=notice.not_before,
        is_urgent=notice.urgency is Urgency.URGENT,
        referral_id=notice.referral_id if notice.referral_id in opens else None,
        enrolment_id=notice.enrolment_id if notice.referral_id is None else None,
        acknowledged_at=notice.acknowledged_at,
    )
