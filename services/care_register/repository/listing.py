"""Lists for people: the register's own view, filtered and paged by key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, any_, bindparam, column, literal, select, table, text, tuple_
from sqlalchemy.orm import Session

from services.care_register.codes import EnrolmentStatus
from services.care_register.models.elders import Elder
from shared.domain.codes import Circumstance, StateKind, StateStatus, Tier

SUBJECT = table(
    "subject",
    *[
        column(name)
        for name in (
            "enrolment_id",
            "elder_id",
            "area_code",
            "status",
            "is_placed",
            "circumstances",
            "tier",
            "groups",
            "state_kind",
            "state_status",
            "state_expected_end_on",
        )
    ],
    schema="care_register",
)
NAMES = text("SELECT account_id, name FROM identity.account_name WHERE account_id IN :accounts").bindparams(
    bindparam("accounts", expanding=True)
)
AREAS = text("SELECT area_code, name, kind FROM identity.area_directory ORDER BY area_code")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries: an area prefix, a class, a state, a status, or the elders that a search found."""

    area: str = ""
    tier: Tier | None = None
    group: str = ""
    state: StateKind | None = None
    status: EnrolmentStatus | None = None
    elder_ids: tuple[UUID, ...] | None = None
    is_unplaced: bool = False
    is_unnumbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """One entry of the list, without what names the person."""

    enrolment_id: UUID
    elder_id: UUID
    area_code: str
    status: EnrolmentStatus
    is_placed: bool
    circumstances: tuple[Circumstance, ...]
    tier: Tier | None
    groups: tuple[str, ...]
    state_kind: StateKind | None
    state_status: StateStatus | None
    state_expected_end_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place with its name."""

    area_code: str
    name: str
    kind: str


def entries(
    session: Session, wanted: EntryFilter, *, after: tuple[str, UUID] | None, limit: int
) -> list[ListedEntry]:
    """At most `limit` entries that the filter lets through, by area."""
    view = SUBJECT.c
    query = select(SUBJECT).order_by(view.area_code, view.enrolment_id).limit(limit)
    for condition in _conditions(wanted):
        query = query.where(condition)
    if after is not None:
        query = query.where(tuple_(view.area_code, view.enrolment_id) > tuple_(*map(literal, after)))
    return [_listed(row) for row in session.execute(query)]


def staff_names(session: Session, account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of members of staff, for screens."""
    wanted = list({each for each in account_ids if each is not None})
    if not wanted:
        return {}
    return {row.account_id: row.name for row in session.execute(NAMES, {"accounts": wanted})}


def areas(session: Session) -> list[Area]:
    """The places of the jurisdiction."""
    return [Area(area_code=row.area_code, name=row.name, kind=row.kind) for row in session.execute(AREAS)]


def _conditions(wanted: EntryFilter) -> list[Any]:
    view = SUBJECT.c
    asked = [
        (wanted.area, view.area_code.startswith(wanted.area, autoescape=True)),
        (wanted.tier, view.tier == wanted.tier),
        (wanted.group, literal(wanted.group) == any_(view.groups)),
        (wanted.state, view.state_kind == wanted.state),
        (wanted.status, view.status == wanted.status),
        (wanted.is_unplaced, view.is_placed.is_(False)),
        (wanted.is_unnumbered, view.elder_id.in_(select(Elder.elder_id).where(Elder.is_id_pending))),
        (wanted.elder_ids is not None, view.elder_id.in_(wanted.elder_ids or ())),
        (wanted.status is None, view.status != EnrolmentStatus.LEFT),
    ]
    return [condition for is_asked, condition in asked if is_asked]


def _listed(row: Row[Any]) -> ListedEntry:
    return ListedEntry(
        enrolment_id=row.enrolment_id,
        elder_id=row.elder_id,
        area_code=row.area_code,
        status=EnrolmentStatus(row.status),
        is_placed=row.is_placed,
        circumstances=tuple(Circumstance(code) for code in row.circumstances),
        tier=Tier(row.tier) if row.tier else None,
        groups=tuple(row.groups),
        state_kind=StateKind(row.state_kind) if row.state_kind else None,
        state_status=StateStatus(row.state_status) if row.state_status else None,
        state_expected_end_on=row.state_expected_end_on,
    )
