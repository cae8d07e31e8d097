"""Elders, their facts and their tags, in the tables of this service."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.care_register.codes import Sex
from services.care_register.models.elders import CircumstanceTag, Elder, KnownFacts
from shared.domain.codes import Circumstance
from shared.domain.facts import AssessedAbility, ElderFacts, Hardship
from shared.persistence.base import table_of
from shared.platform.privacy import WrappedKey

FACT_COLUMNS = (
    "disability_level",
    "has_disability_card",
    "care_level",
    "mobility",
    "health",
    "surveyed_healthy",
    "household_size",
    "youngest_birth_on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedElder:
    """An elder as stored: `sealed` holds the ciphertexts by field name."""

    elder_id: UUID
    jurisdiction_id: str
    area_code: str
    key: WrappedKey
    sealed: Mapping[str, bytes | None]
    birth_on: date | None
    sex: Sex
    is_id_pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A circumstance with the list it came from and that list's date (J-02)."""

    circumstance: Circumstance
    source: str
    dated_on: date


def add_elder(session: Session, values: Mapping[str, object]) -> bool:
    """Store a new elder; False if the place has somebody of this identity, seen by who asks or not."""
    added = insert(Elder).values(values).on_conflict_do_nothing(index_elements=IDENTITY)
    return session.execute(added.returning(Elder.elder_id)).first() is not None


def change_elder(session: Session, elder_id: UUID, values: Mapping[str, object]) -> bool:
    """Store other values of an elder; False if somebody else of the place has this identity, seen or not."""
    try:
        with session.begin_nested():
            session.execute(update(Elder).where(Elder.elder_id == elder_id).values(values))
    except IntegrityError as error:
        if not isinstance(error.orig, UniqueViolation):
            raise
        return False
    return True


def elder(session: Session, elder_id: UUID) -> SealedElder | None:
    """One elder in the territory of who asks."""
    row = session.execute(select(table_of(Elder)).where(Elder.elder_id == elder_id)).one_or_none()
    return _elder(row) if row else None


def elders(session: Session, elder_ids: Iterable[UUID]) -> dict[UUID, SealedElder]:
    """Several elders by id."""
    rows = session.execute(select(table_of(Elder)).where(Elder.elder_id.in_(list(elder_ids))))
    return {row.elder_id: _elder(row) for row in rows}


def elder_of_identity(session: Session, identity_index: bytes) -> UUID | None:
    """The elder with this identity in the territory of who asks."""
    return session.scalars(select(Elder.elder_id).where(Elder.identity_index == identity_index)).one_or_none()


def elders_of_identities(session: Session, wanted: Iterable[bytes]) -> dict[bytes, UUID]:
    """Those of several identities whom who asks may see."""
    found = select(Elder.identity_index, Elder.elder_id).where(Elder.identity_index.in_(list(wanted)))
    return {row.identity_index: row.elder_id for row in session.execute(found)}


def put_facts(session: Session, elder_id: UUID, values: Mapping[str, object]) -> None:
    """Store the facts of an elder, or replace them."""
    row = {"elder_id": elder_id, **values}
    added = insert(KnownFacts).values(row)
    session.execute(added.on_conflict_do_update(index_elements=[KnownFacts.elder_id], set_=values))


def change_facts(session: Session, elder_id: UUID, values: Mapping[str, object]) -> None:
    """Store other values of some facts."""
    session.execute(update(KnownFacts).where(KnownFacts.elder_id == elder_id).values(values))


def facts(session: Session, elder_id: UUID, *, area_code: str, birth_on: date | None) -> ElderFacts:
    """What the rules know of the elder; tags that have ended are no circumstance any more."""
    row = session.execute(select(table_of(KnownFacts)).where(KnownFacts.elder_id == elder_id)).one()
    current = {tag.circumstance for tag in tags(session, elder_id)}
    return ElderFacts(
        birth_on=birth_on,
        circumstances=tuple(each for each in Circumstance if each in current),
        ability=_ability(row),
        hardships=tuple(Hardship(code) for code in row.hardships),
        area_code=area_code,
        **{name: getattr(row, name) for name in FACT_COLUMNS},
    )


def fact_values(known: ElderFacts) -> dict[str, object]:
    """The columns of facts; circumstances are tags, birth and area stand elsewhere."""
    ability = known.ability
    return {
        **{name: getattr(known, name) for name in FACT_COLUMNS},
        "ability_level": ability.level if ability else None,
        "ability_scale": ability.scale if ability else "",
        "ability_version": ability.version if ability else "",
        "ability_assessed_on": ability.assessed_on if ability else None,
        "hardships": [each.value for each in known.hardships],
    }


def hardship_until(session: Session, elder_id: UUID) -> date | None:
    """The last day of the elder's temporary hardship, if there is one."""
    return session.scalars(select(KnownFacts.hardship_until).where(KnownFacts.elder_id == elder_id)).one()


def hardship_ended(session: Session, on: date) -> list[UUID]:
    """Elders whose temporary hardship (阶段性临时困难) was to last until before the day."""
    ended = select(KnownFacts.elder_id).where(KnownFacts.hardship_until < on)
    return list(session.scalars(ended.order_by(KnownFacts.elder_id)))


def end_hardship(session: Session, elder_id: UUID, on: date) -> None:
    """The temporary hardship is over: its facts and its tag end, the record of it stays."""
    over = update(KnownFacts).where(KnownFacts.elder_id == elder_id)
    session.execute(over.values(hardships=[], hardship_until=None))
    end_tags(session, elder_id, [Circumstance.TEMPORARY_HARDSHIP], on=on)


def tags(session: Session, elder_id: UUID) -> list[Tag]:
    """The elder's circumstances now, each with its sources."""
    rows = session.scalars(
        select(CircumstanceTag)
        .where(CircumstanceTag.elder_id == elder_id, CircumstanceTag.ended_on.is_(None))
        .order_by(CircumstanceTag.circumstance, CircumstanceTag.dated_on)
    )
    return [Tag(circumstance=row.circumstance, source=row.source, dated_on=row.dated_on) for row in rows]


def put_tags(
    session: Session, elder_id: UUID, wanted: Sequence[Tag], *, common: Mapping[str, object]
) -> None:
    """Store tags; a tag of the same source takes the newer date. `common`: place and time of recording."""
    for tag in wanted:
        values = {
            **common,
            "circumstance": tag.circumstance,
            "source": tag.source,
            "dated_on": tag.dated_on,
            "ended_on": None,
        }
        added = insert(CircumstanceTag).values(elder_id=elder_id, **values)
        session.execute(
            added.on_conflict_do_update(
                index_elements=[
                    CircumstanceTag.elder_id,
                    CircumstanceTag.circumstance,
                    CircumstanceTag.source,
                ],
                set_=values,
            )
        )


def end_tags(session: Session, elder_id: UUID, gone: Iterable[Circumstance], *, on: date) -> None:
    """These circumstances no longer hold, whatever list named them."""
    session.execute(
        update(CircumstanceTag)
        .where(
            CircumstanceTag.elder_id == elder_id,
            CircumstanceTag.circumstance.in_(list(gone)),
            CircumstanceTag.ended_on.is_(None),
        )
        .values(ended_on=on)
    )


def _elder(row: Row[Any]) -> SealedElder:
    return SealedElder(
        elder_id=row.elder_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        key=WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key),
        sealed={
            name.removesuffix("_sealed"): getattr(row, name)
            for name in row._fields
            if name.endswith("_sealed")
        },
        birth_on=row.birth_on,
        sex=row.sex,
        is_id_pending=row.is_id_pending,
    )


def _ability(row: Row[Any]) -> AssessedAbility | None:
    if row.ability_level is None:
        return None
    return AssessedAbility(
        level=row.ability_level,
        scale=row.ability_scale,
        version=row.ability_version,
        assessed_on=row.ability_assessed_on,
    )


IDENTITY = [Elder.jurisdiction_id, Elder.identity_index]
