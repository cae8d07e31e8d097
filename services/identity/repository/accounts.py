"""Accounts with their roles, units and territories, and the directory of units and areas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.identity.codes import Position
from services.identity.models import Account, AccountRole, Area, Membership, Territory, Unit
from shared.contracts.access import Role
from shared.persistence.base import Base

_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('account/' || :name, 0))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """A unit that an account belongs to, and as what."""

    unit_id: str
    name: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account as its administrator sees it, with the rights of one day."""

    account_id: UUID
    login: str
    name: str
    phone: str | None
    active: bool
    is_demo: bool
    roles: tuple[Role, ...]
    units: tuple[Belonging, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCode:
    """A unit or an area to choose from."""

    code: str
    name: str


def put_unit(session: Session, values: Mapping[str, object]) -> None:
    """Insert or renew one unit."""
    _upsert(session, Unit, key="unit_id", values=values)


def retire_units(session: Session, unit_ids: Iterable[str], *, kept_kind: str) -> int:
    """Put the other units of the own jurisdiction out of use, but none of that kind; how many it were."""
    others = update(Unit).where(Unit.unit_id.not_in(list(unit_ids)), Unit.kind != kept_kind, Unit.active)
    return len(session.scalars(others.values(active=False).returning(Unit.unit_id)).all())


def put_area(session: Session, values: Mapping[str, object]) -> None:
    """Insert or renew one area."""
    _upsert(session, Area, key="area_code", values=values)


def put_account(session: Session, values: Mapping[str, object]) -> None:
    """Insert an account, or renew everything but its password and the day it was made."""
    _upsert(session, Account, key="account_id", values=values, once=("password_hash", "created_at"))


def hold(session: Session, name: str) -> None:
    """From here to the commit nobody else works on the account of that login or id."""
    session.execute(_HOLD, {"name": name})


def replace_roles(session: Session, account_id: UUID, roles: Iterable[Role], *, jurisdiction_id: str) -> None:
    """Make these the account's roles."""
    session.execute(delete(AccountRole).where(AccountRole.account_id == account_id))
    rows = [{"account_id": account_id, "role": role, "jurisdiction_id": jurisdiction_id} for role in roles]
    if rows:
        session.execute(insert(AccountRole), rows)


def replace_units(
    session: Session, account_id: UUID, units: Mapping[str, Position], *, on: date, jurisdiction_id: str
) -> None:
    """From this day on the account belongs to these units; what ended stays readable as of its days."""
    mine = Membership.account_id == account_id
    open_now = session.scalars(select(Membership).where(mine, _open(Membership.to_on, on))).all()
    kept = {row.unit_id for row in open_now if units.get(row.unit_id) is row.position}
    _end(session, [row for row in open_now if row.unit_id not in kept], on=on)
    session.add_all(
        Membership(
            account_id=account_id,
            unit_id=unit_id,
            from_on=on,
            to_on=None,
            position=position,
            jurisdiction_id=jurisdiction_id,
        )
        for unit_id, position in units.items()
        if unit_id not in kept
    )


def replace_areas(
    session: Session, account_id: UUID, areas: Iterable[str], *, on: date, jurisdiction_id: str
) -> None:
    """From this day on the account answers for these area prefixes."""
    mine = Territory.account_id == account_id
    open_now = session.scalars(select(Territory).where(mine, _open(Territory.to_on, on))).all()
    wanted = set(areas)
    _end(session, [row for row in open_now if row.area_prefix not in wanted], on=on)
    session.add_all(
        Territory(
            account_id=account_id, area_prefix=prefix, from_on=on, to_on=None, jurisdiction_id=jurisdiction_id
        )
        for prefix in sorted(wanted - {row.area_prefix for row in open_now})
    )
    session.flush()  # Who has just been given areas reads them in the answer.


def change(session: Session, account_id: UUID, **values: object) -> None:
    """Write these columns of an account of the own jurisdiction anew."""
    session.execute(update(Account).where(Account.account_id == account_id).values(**values))


def unknown_units(session: Session, unit_ids: Iterable[str]) -> set[str]:
    """Those that are no active unit of the own jurisdiction; a foreign key would not ask the row policies."""
    wanted = set(unit_ids)
    return wanted - set(session.scalars(select(Unit.unit_id).where(Unit.unit_id.in_(wanted), Unit.active)))


def unknown_areas(session: Session, prefixes: Iterable[str]) -> set[str]:
    """Those under which the own jurisdiction has no area."""
    return {
        prefix
        for prefix in prefixes
        if session.scalars(select(Area.area_code).where(Area.area_code.startswith(prefix)).limit(1)).first()
        is None
    }


def units(session: Session) -> list[NamedCode]:
    """The active units of the own jurisdiction, by name of kind and code."""
    found = select(Unit.unit_id, Unit.name).where(Unit.active).order_by(Unit.kind, Unit.unit_id)
    rows = session.execute(found)
    return [NamedCode(code=row.unit_id, name=row.name) for row in rows]


def areas(session: Session) -> list[NamedCode]:
    """The areas of the own jurisdiction in the order of their codes."""
    rows = session.execute(select(Area.area_code, Area.name).order_by(Area.area_code))
    return [NamedCode(code=row.area_code, name=row.name) for row in rows]


def account(session: Session, account_id: UUID, *, on: date) -> AccountLine | None:
    """One account of the own jurisdiction."""
    found = session.scalars(select(Account).where(Account.account_id == account_id)).one_or_none()
    return _lines(session, [found], on=on)[0] if found else None


def accounts(
    session: Session, *, on: date, search: str | None, after: str | None, limit: int
) -> list[AccountLine]:
    """Accounts in the order of their logins; `search` is part of a login or a name."""
    found = select(Account).order_by(Account.login).limit(limit)
    if search:
        # `_` and `%` are part of a login like any other character.
        sought = [column.contains(search, autoescape=True) for column in (Account.login, Account.name)]
        found = found.where(or_(*sought))
    if after:
        found = found.where(Account.login > after)
    return _lines(session, session.scalars(found).all(), on=on)


def _lines(session: Session, found: Sequence[Account], *, on: date) -> list[AccountLine]:
    ids = [one.account_id for one in found]
    held = session.scalars(
        select(AccountRole).where(AccountRole.account_id.in_(ids)).order_by(AccountRole.role)
    ).all()
    belongings = session.execute(
        select(Membership.account_id, Membership.unit_id, Membership.position, Unit.name)
        .join(Unit, Unit.unit_id == Membership.unit_id)
        .where(Membership.account_id.in_(ids), _open(Membership.to_on, on))
        .order_by(Membership.unit_id)
    ).all()
    territory = session.scalars(
        select(Territory)
        .where(Territory.account_id.in_(ids), _open(Territory.to_on, on))
        .order_by(Territory.area_prefix)
    ).all()
    return [_line(one, held, belongings, territory) for one in found]


def _line(
    one: Account,
    held: Sequence[AccountRole],
    belongings: Sequence[Row[UUID, str, Position, str]],
    territory: Sequence[Territory],
) -> AccountLine:
    return AccountLine(
        account_id=one.account_id,
        login=one.login,
        name=one.name,
        phone=one.phone,
        active=one.active,
        is_demo=one.is_demo,
        roles=tuple(row.role for row in held if row.account_id == one.account_id),
        units=tuple(
            Belonging(unit_id=row.unit_id, name=row.name, position=row.position)
            for row in belongings
            if row.account_id == one.account_id
        ),
        areas=tuple(row.area_prefix for row in territory if row.account_id == one.account_id),
    )


def _open(to_on: SQLColumnExpression[date | None], on: date) -> ColumnElement[bool]:
    return or_(to_on.is_(None), to_on >= on)


def _end(session: Session, rows: Sequence[Membership | Territory], *, on: date) -> None:
    for row in rows:
        if row.from_on >= on:
            session.delete(row)  # It began today: it never was.
        else:
            row.to_on = on - timedelta(days=1)
    session.flush()  # The new row of the same unit may begin on the day on which the old one is deleted.


def _upsert(
    session: Session, model: type[Base], *, key: str, values: Mapping[str, object], once: Sequence[str] = ()
) -> None:
    added = insert(model).values(values)
    renewed = {name: added.excluded[name] for name in values if name != key and name not in once}
    session.execute(added.on_conflict_do_update(index_elements=[key], set_=renewed))
