"""Watchers of a referral (抄送): members of its parties, told of each main step; they find it in a list."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.domain.errors import Invalid, NotFound
from shared.inbox.tables import ReferralWatcher
from shared.persistence.base import table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral

WATCHER = table_of(ReferralWatcher)
MEMBERS = text(
    "SELECT m.account_id, m.unit_id, a.name FROM identity.unit_members AS m"
    " JOIN identity.account_name AS a USING (account_id)"
    " WHERE m.unit_id IN :units AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day)"
    " ORDER BY m.unit_id, a.name"
).bindparams(bindparam("units", expanding=True))


def watch(work: UnitOfWork, row: Referral, account_id: UUID, *, day: date) -> None:
    """Somebody of a party is told from now on; again changes nothing. Raises Invalid for anybody else."""
    unit_id = next((unit for who, unit, _ in _members(work.session, row, day) if who == account_id), None)
    if unit_id is None:
        raise Invalid("watcher_of_no_party", account_id=account_id)
    values = {
        "referral_id": row.referral_id,
        "account_id": account_id,
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "unit_id": unit_id,
        "added_by": work.principal.account_id,
        "added_at": work.now,
        "ended_at": None,
    }
    added = insert(WATCHER).values(values).on_conflict_do_nothing().returning(WATCHER.c.account_id)
    if work.session.execute(added).first() is None:
        anew = {"ended_at": None, "added_by": work.principal.account_id}
        work.session.execute(update(WATCHER).where(_of(row.referral_id, account_id)).values(anew))
    _record(work, row.referral_id, account_id, action="watcher_added")


def stop_watching(work: UnitOfWork, referral_id: UUID, account_id: UUID) -> None:
    """No longer told: by who watches, or who asked for it. Raises NotFound for anybody else's wish."""
    me = work.principal.account_id
    may_end = (WATCHER.c.account_id == me) | (WATCHER.c.added_by == me)
    ended = update(WATCHER).where(_of(referral_id, account_id), may_end).values(ended_at=work.now)
    if work.session.execute(ended.returning(WATCHER.c.account_id)).first() is None:
        raise NotFound("watcher_not_found")
    _record(work, referral_id, account_id, action="watcher_ended")


def watchers_of(session: Session, referral_id: UUID) -> Sequence[UUID]:
    """Who watches now, in the order in which they began."""
    watching = (WATCHER.c.referral_id == referral_id, WATCHER.c.ended_at.is_(None))
    return (
        session.execute(select(WATCHER.c.account_id).where(*watching).order_by(WATCHER.c.added_at))
        .scalars()
        .all()
    )


def possible_watchers(
    session: Session, row: Referral, *, day: date, but: Sequence[UUID]
) -> list[tuple[UUID, str]]:
    """The members of the parties who do not watch yet, by name."""
    return [(who, name) for who, _, name in _members(session, row, day) if who not in but]


def _members(session: Session, row: Referral, day: date) -> list[tuple[UUID, str, str]]:
    units = {unit for unit in (row.unit_id, row.requesting_unit_id, row.coordinator_unit_id) if unit}
    found = session.execute(MEMBERS, {"units": list(units), "day": day})
    return list(
        {member.account_id: (member.account_id, member.unit_id, member.name) for member in found}.values()
    )


def _of(referral_id: UUID, account_id: UUID) -> ColumnElement[bool]:
    return (WATCHER.c.referral_id == referral_id) & (WATCHER.c.account_id == account_id)


def _record(work: UnitOfWork, referral_id: UUID, account_id: UUID, *, action: str) -> None:
    work.record(stream=f"referral:{referral_id}", action=action, detail={"account_id": str(account_id)})
