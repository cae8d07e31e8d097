"""Signing in and out (登录), throttled; every sign-in is a row that can be revoked at once."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID, uuid4

from services.identity.handlers import passwords
from services.identity.repository import sign_ins
from services.identity.repository.sign_ins import Candidate, DemonstrationAccount, SignInLine, Tries
from shared.contracts.access import Principal, Role
from shared.domain.errors import Forbidden, NotFound
from shared.persistence.engine import Database
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.tokens import hash_of, new_token

NOBODY = Principal(account_id=UUID(int=0), jurisdiction_id="")
"""Who tries to sign in: sees no row; only the functions made for this moment answer."""

SIGN_IN_LIVES = timedelta(hours=12)
LONGEST_TOKEN_LIFE = timedelta(days=365)
WINDOW = timedelta(minutes=15)
MOST_FAILURES_OF_LOGIN_HERE = 5
MOST_FAILURES_OF_LOGIN = 20
MOST_FAILURES_OF_IP = 60

_TURNS = tuple(Lock() for _ in range(64))
"""Tries of one login take turns: all are counted first, so right ones at once would lock each other out."""

_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInTry:
    """Somebody says who they are; the address and browser are of the request."""

    login: str
    password: str = field(repr=False)
    ip: str = ""
    ip_prefix: str = ""
    user_agent_family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The opaque token, told once, and until when it opens doors."""

    token: str = field(repr=False)
    expires_at: datetime
    principal: Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused:
    """Why not, as a code, the same for a wrong login and a wrong password; `retry_after` when throttled."""

    code: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueToken:
    """A bearer token for a program that acts for the account, in at most these roles."""

    label: str
    roles: tuple[Role, ...]
    lives: timedelta


def sign_in(
    tried: SignInTry, database: Database, *, now: datetime, demonstration: bool
) -> SignedIn | SignInRefused:
    """Try to sign in.

    The try is counted and committed before the password is looked at: guesses sent at once are all counted,
    and a refusal is not rolled back. `demonstration` says whether demonstration accounts may come in.
    """
    login, attempt_id = tried.login.strip().lower(), uuid4()
    with _turn_of(login):
        found = _candidate(replace(tried, login=login), attempt_id, database, now=now)
        if isinstance(found, SignInRefused):
            return found
        if found.is_demo and not demonstration:
            return SignInRefused(code="wrong_login_or_password")
        if not found.active:
            return SignInRefused(code="account_locked")
        return _open(found, tried, attempt_id, database=database, now=now)


def prove(tried: SignInTry, database: Database, *, now: datetime) -> SignInRefused | None:
    """Ask somebody who is signed in for the password again; None if it is right.

    Counted with the tries to sign in: at an unattended screen it could be guessed all night.
    """
    attempt_id = uuid4()
    with _turn_of(tried.login):
        found = _candidate(tried, attempt_id, database, now=now)
        if isinstance(found, SignInRefused):
            return found
        with database.begin(NOBODY, now) as work:
            sign_ins.attempt_succeeded(work.session, attempt_id)
        return None


def sign_out(token_hash: bytes, work: UnitOfWork) -> None:
    """Close the sign-in behind the cookie; closing it twice changes nothing."""
    if sign_ins.revoke_by_hash(work.session, token_hash, at=work.now):
        _record(work, "signed_out")


def my_sign_ins(work: UnitOfWork) -> list[SignInLine]:
    """Where this person is signed in."""
    return sign_ins.open_sign_ins(work.session, work.principal.account_id, at=work.now)


def revoke_my_sign_in(sign_in_id: UUID, work: UnitOfWork) -> None:
    """Close one's own sign-in on another device.

    Raises NotFound if it is not one's own or closed already.
    """
    if not sign_ins.revoke_one(work.session, work.principal.account_id, sign_in_id, at=work.now):
        raise NotFound("sign_in_not_found")
    _record(work, "sign_in_revoked", sign_in_id=str(sign_in_id))


def issue_token(command: IssueToken, work: UnitOfWork) -> tuple[str, datetime]:
    """Make a bearer token for the person signed in; it is told once. Raises Forbidden for a role not held."""
    if not set(command.roles) <= set(work.principal.roles):
        raise Forbidden("role_not_held")
    token = new_token()
    expires_at = work.now + min(command.lives, LONGEST_TOKEN_LIFE)
    values: dict[str, object] = {
        "access_token_id": uuid4(),
        "token_hash": hash_of(token),
        "account_id": work.principal.account_id,
        "jurisdiction_id": work.principal.jurisdiction_id,
        "label": command.label,
        "roles": [role.value for role in command.roles],
        "created_at": work.now,
        "expires_at": expires_at,
    }
    sign_ins.add_access_token(work.session, values)
    _record(work, "access_token_issued", roles=[role.value for role in command.roles])
    return token, expires_at


def demonstration_accounts(database: Database, *, now: datetime) -> list[DemonstrationAccount]:
    """Whom a visitor of the demonstration may be."""
    with database.begin(NOBODY, now) as work:
        found = sign_ins.demonstration_accounts(work.session)
    return sorted(found, key=lambda one: (one.jurisdiction_id, [_ORDER[role] for role in one.roles]))


def _turn_of(login: str) -> Lock:
    return _TURNS[hash(login) % len(_TURNS)]


def _candidate(
    tried: SignInTry, attempt_id: UUID, database: Database, *, now: datetime
) -> Candidate | SignInRefused:
    """Whose password it is; the try is counted, and a right one has still to be taken off."""
    with database.begin(NOBODY, now) as work:
        tries = _count(work, attempt_id, tried.login, tried.ip)
        found = sign_ins.candidate(work.session, tried.login)
    if _throttled(tries):
        return SignInRefused(code="sign_in_throttled", retry_after=WINDOW)
    right = passwords.matches(found.password_hash if found else None, tried.password)
    return found if found and right else SignInRefused(code="wrong_login_or_password")


def _count(work: UnitOfWork, attempt_id: UUID, login: str, ip: str) -> Tries:
    return sign_ins.begin_attempt(
        work.session,
        attempt_id=attempt_id,
        login_hash=hash_of(login),
        ip=ip,
        at=work.now,
        since=work.now - WINDOW,
    )


def _throttled(tries: Tries) -> bool:
    if tries.of_login_here >= MOST_FAILURES_OF_LOGIN_HERE:
        return True
    # Who has signed in from this address before is not shut out by what others do: neither a stranger who
    # guesses at one login from everywhere, nor a neighbour in the same office who guesses at many.
    if tries.known_here:
        return False
    return tries.of_login >= MOST_FAILURES_OF_LOGIN or tries.of_ip >= MOST_FAILURES_OF_IP


def _open(
    found: Candidate, tried: SignInTry, attempt_id: UUID, *, database: Database, now: datetime
) -> SignedIn | SignInRefused:
    principal = Principal(account_id=found.account_id, jurisdiction_id=found.jurisdiction_id, name=found.name)
    token = new_token()
    values: dict[str, object] = {
        "sign_in_id": uuid4(),
        "sid_hash": hash_of(token),
        "account_id": found.account_id,
        "jurisdiction_id": found.jurisdiction_id,
        "created_at": now,
        "last_seen_at": now,
        "expires_at": now + SIGN_IN_LIVES,
        "user_agent_family": tried.user_agent_family,
        "ip_prefix": tried.ip_prefix,
    }
    with database.begin(principal, now) as work:
        # To look at a password takes a tenth of a second. Whoever changes it meanwhile, or locks the account,
        # closes every sign-in that there is: none may come after.
        if not sign_ins.hold_password(work.session, found):
            return SignInRefused(code="wrong_login_or_password")
        sign_ins.attempt_succeeded(work.session, attempt_id)
        sign_ins.add_sign_in(work.session, values)
        _record(work, "signed_in")
    return SignedIn(token=token, expires_at=now + SIGN_IN_LIVES, principal=principal)


def _record(work: UnitOfWork, action: str, **detail: object) -> None:
    work.record(stream=f"account:{work.principal.account_id}", action=action, detail=detail)
