"""Accounts (账号): made, given rights, locked; a change counts from the very next request of that person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from services.identity.codes import Position
from services.identity.handlers import passwords
from services.identity.repository import accounts, sign_ins
from services.identity.repository.accounts import AccountLine
from shared.contracts.access import Role
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.zones import to_wall
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.tokens import hash_of
from shared.policies.book import OFFICIAL_ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What an account may do from today on: roles, a position per unit, area prefixes."""

    roles: tuple[Role, ...] = ()
    units: Mapping[str, Position] = field(default_factory=dict)
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAccount:
    """An account with its rights, by its id; an existing one keeps its password."""

    account_id: UUID
    login: str
    name: str
    password: str = field(repr=False)
    rights: Rights
    phone: str | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccount:
    """A new account, made by an administrator."""

    login: str
    name: str
    password: str = field(repr=False)
    rights: Rights
    phone: str | None = None


def put_account(command: PutAccount, work: UnitOfWork) -> None:
    """Make or renew an account by its id; the same again changes nothing."""
    _check_rights(command.rights, work)
    hash_ = passwords.hash_demonstration_password if command.is_demo else passwords.hash_password
    accounts.put_account(
        work.session,
        {
            "account_id": command.account_id,
            "jurisdiction_id": work.principal.jurisdiction_id,
            "login": command.login,
            "name": command.name,
            "phone": command.phone,
            "password_hash": hash_(command.password),
            "active": True,
            "is_demo": command.is_demo,
            "created_at": work.now,
        },
    )
    _replace_rights(command.account_id, command.rights, work)


def open_account(command: OpenAccount, work: UnitOfWork) -> UUID:
    """Make a new account.

    Raises Conflict if the login is taken anywhere, Invalid for a weak password or for rights beyond the own
    jurisdiction.
    """
    accounts.hold(work.session, command.login)
    if sign_ins.candidate(work.session, command.login) is not None:
        raise Conflict("login_taken", login=command.login)
    passwords.check_new(command.password, login=command.login)
    account_id = uuid4()
    put_account(
        PutAccount(
            account_id=account_id,
            login=command.login,
            name=command.name,
            password=command.password,
            rights=command.rights,
            phone=command.phone,
        ),
        work,
    )
    _record(work, account_id, "account_opened", **_as_detail(command.rights))
    return account_id


def change_rights(account_id: UUID, rights: Rights, work: UnitOfWork, *, seen: str = "") -> None:
    """Replace roles, units and areas; the days of what ended are kept.

    `seen` is the mark of the rights that were looked at, if said. Raises NotFound, Invalid, and Conflict if
    administrators would take the administration from themselves, or another one's change from the account.
    """
    accounts.hold(work.session, str(account_id))
    mark = mark_of(_existing(account_id, work))
    _check_rights(rights, work)
    if seen not in {"", mark} and _mark(rights) != mark:
        raise Conflict("rights_changed_meanwhile")
    if account_id == work.principal.account_id and Role.ADMIN not in rights.roles:
        raise Conflict("own_administration")
    _replace_rights(account_id, rights, work)
    _record(work, account_id, "rights_changed", **_as_detail(rights))


def mark_of(line: AccountLine) -> str:
    """What tells the rights of an account from those that it had before."""
    units = {each.unit_id: each.position for each in line.units}
    return _mark(Rights(roles=line.roles, units=units, areas=line.areas))


def change_phone(account_id: UUID, phone: str | None, work: UnitOfWork) -> None:
    """Have the person told of notices under this number from now on, or under none. Raises NotFound."""
    _existing(account_id, work)
    accounts.change(work.session, account_id, phone=phone)
    _record(work, account_id, "phone_changed")


def lock_account(account_id: UUID, work: UnitOfWork) -> None:
    """Lock an account and close all its sign-ins at once; Conflict for one's own."""
    _existing(account_id, work)
    if account_id == work.principal.account_id:
        raise Conflict("own_account")
    accounts.change(work.session, account_id, active=False)
    sign_ins.revoke_all(work.session, account_id, at=work.now)
    _record(work, account_id, "account_locked")


def unlock_account(account_id: UUID, work: UnitOfWork) -> None:
    """Let a locked account sign in again."""
    _existing(account_id, work)
    accounts.change(work.session, account_id, active=True)
    _record(work, account_id, "account_unlocked")


def revoke_sign_ins(account_id: UUID, work: UnitOfWork) -> int:
    """Close every sign-in and token of an account; answers how many were open."""
    _existing(account_id, work)
    closed = sign_ins.revoke_all(work.session, account_id, at=work.now)
    _record(work, account_id, "sign_ins_revoked", closed=closed)
    return closed


def reset_password(account_id: UUID, password: str, work: UnitOfWork) -> None:
    """Give an account a new password, close its sign-ins, and forget the tries with the forgotten one."""
    found = _existing(account_id, work)
    passwords.check_new(password, login=found.login)
    accounts.change(work.session, account_id, password_hash=passwords.hash_password(password))
    sign_ins.revoke_all(work.session, account_id, at=work.now)
    sign_ins.forgive_attempts(work.session, hash_of(found.login))
    _record(work, account_id, "password_reset")


def account(account_id: UUID, work: UnitOfWork) -> AccountLine:
    """One account. Raises NotFound."""
    return _existing(account_id, work)


def list_accounts(
    work: UnitOfWork, *, search: str | None, after: str | None, limit: int
) -> list[AccountLine]:
    """Accounts of the own jurisdiction by login, one more than `limit` if there are more."""
    return accounts.accounts(work.session, on=_today(work), search=search, after=after, limit=limit + 1)


def _existing(account_id: UUID, work: UnitOfWork) -> AccountLine:
    found = accounts.account(work.session, account_id, on=_today(work))
    if found is None:
        raise NotFound("account_not_found")
    return found


def _replace_rights(account_id: UUID, rights: Rights, work: UnitOfWork) -> None:
    today, jurisdiction = _today(work), work.principal.jurisdiction_id
    session = work.session
    accounts.hold(session, str(account_id))
    accounts.replace_roles(session, account_id, rights.roles, jurisdiction_id=jurisdiction)
    accounts.replace_units(session, account_id, rights.units, on=today, jurisdiction_id=jurisdiction)
    accounts.replace_areas(session, account_id, rights.areas, on=today, jurisdiction_id=jurisdiction)


def _check_rights(rights: Rights, work: UnitOfWork) -> None:
    if unknown := accounts.unknown_units(work.session, rights.units):
        raise Invalid("unknown_unit", unit_id=min(unknown))
    if unknown := accounts.unknown_areas(work.session, rights.areas):
        raise Invalid("unknown_area", area_prefix=min(unknown))


def _today(work: UnitOfWork) -> date:
    return to_wall(work.now, OFFICIAL_ZONE).date()


def _as_detail(rights: Rights) -> dict[str, object]:
    return {"roles": list(rights.roles), "units": dict(rights.units), "areas": list(rights.areas)}


def _mark(rights: Rights) -> str:
    said = (sorted(rights.roles), sorted(rights.units.items()), sorted(set(rights.areas)))
    return hash_of(json.dumps(said)).hex()


def _record(work: UnitOfWork, account_id: UUID, action: str, **detail: object) -> None:
    work.record(stream=f"account:{account_id}", action=action, detail=detail)
