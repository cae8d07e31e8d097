"""The table of beats, and who could have one, in the tables of this service and identity's directories."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.public_security.models import Beat

__all__ = ["Beat"]
"""The rows themselves, for who reads them: only this package says how they are stored."""

MEMBERS = text(
    "SELECT DISTINCT account_id, name FROM identity.account_name"
    " JOIN identity.unit_members USING (account_id)"
    " WHERE unit_id IN :units AND account_name.active ORDER BY name, account_id"
).bindparams(bindparam("units", expanding=True))


def members(session: Session, units: Iterable[str]) -> dict[UUID, str]:
    """Who works in these units, by account, in the order of their names."""
    return {row.account_id: row.name for row in session.execute(MEMBERS, {"units": list(units)})}


def beats(session: Session) -> list[Beat]:
    """Every beat of the units of who asks, by name and lane."""
    return list(session.scalars(select(Beat).order_by(Beat.kind, Beat.name, Beat.lane_from)))


def beat(session: Session, beat_id: UUID) -> Beat | None:
    """One beat, held for changing it."""
    return session.get(Beat, beat_id, with_for_update=True)


def put(session: Session, values: Mapping[str, object]) -> bool:
    """Store a beat; False if one of the same name and first lane is there."""
    added = insert(Beat).values(values).on_conflict_do_nothing().returning(Beat.beat_id)
    return session.execute(added).first() is not None


def give(session: Session, beat_id: UUID, values: Mapping[str, object]) -> None:
    """Give a beat to another officer, or to nobody."""
    session.execute(update(Beat).where(Beat.beat_id == beat_id).values(values))


def drop(session: Session, beat_id: UUID) -> None:
    """Take a beat out of the table."""
    session.execute(delete(Beat).where(Beat.beat_id == beat_id))
