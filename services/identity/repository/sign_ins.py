"""Sign-ins, access tokens and tries to sign in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult, Update, select, text, update
from sqlalchemy.orm import Session

from services.identity.models import AccessToken, Account, SignIn
from shared.contracts.access import Role

_BEGIN_ATTEMPT = text(
    "SELECT of_login_here, of_login, of_ip, known_here"
    " FROM identity.begin_attempt(:attempt_id, :login_hash, :ip, :at, :since)"
)
_ATTEMPT_SUCCEEDED = text("SELECT identity.attempt_succeeded(:attempt_id)")
_FORGIVE_ATTEMPTS = text("SELECT identity.forgive_attempts(:login_hash)")
_ACCOUNT_SIGNING_IN = text(
    "SELECT account_id, jurisdiction_id, name, password_hash, active, is_demo"
    " FROM identity.account_signing_in(:login)"
)
_DEMONSTRATION_ACCOUNTS = text(
    "SELECT jurisdiction_id, login, name, roles, unit_name FROM identity.demonstration_accounts()"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Failed tries before this one, since the window began or the last success from the same address."""

    of_login_here: int
    of_login: int
    of_ip: int
    known_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The account that somebody claims to be."""

    account_id: UUID
    jurisdiction_id: str
    name: str
    password_hash: str
    active: bool
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationAccount:
    """An account anybody may use in a demonstration."""

    jurisdiction_id: str
    login: str
    name: str
    roles: tuple[Role, ...]
    unit_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLine:
    """One open sign-in as its owner sees it."""

    sign_in_id: UUID
    sid_hash: bytes
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent_family: str
    ip_prefix: str


def begin_attempt(
    session: Session, *, attempt_id: UUID, login_hash: bytes, ip: str, at: datetime, since: datetime
) -> Tries:
    """Count a try before its password is looked at, and tell how many failed before it."""
    row = session.execute(
        _BEGIN_ATTEMPT,
        {"attempt_id": attempt_id, "login_hash": login_hash, "ip": ip, "at": at, "since": since},
    ).one()
    return Tries(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


def attempt_succeeded(session: Session, attempt_id: UUID) -> None:
    """Take the try off the failed ones."""
    session.execute(_ATTEMPT_SUCCEEDED, {"attempt_id": attempt_id})


def forgive_attempts(session: Session, login_hash: bytes) -> None:
    """Forget the failed tries of a login, from wherever they came."""
    session.execute(_FORGIVE_ATTEMPTS, {"login_hash": login_hash})


def candidate(session: Session, login: str) -> Candidate | None:
    """The account with this login, of whatever jurisdiction: nobody is signed in yet."""
    row = session.execute(_ACCOUNT_SIGNING_IN, {"login": login}).one_or_none()
    return Candidate(**row._mapping) if row else None  # noqa: SLF001 - as above


def demonstration_accounts(session: Session) -> list[DemonstrationAccount]:
    """The demonstration accounts of every jurisdiction."""
    return [
        DemonstrationAccount(
            jurisdiction_id=row.jurisdiction_id,
            login=row.login,
            name=row.name,
            roles=tuple(Role(role) for role in row.roles),
            unit_name=row.unit_name,
        )
        for row in session.execute(_DEMONSTRATION_ACCOUNTS)
    ]


def hold_password(session: Session, found: Candidate) -> bool:
    """Whether the account is open and has this password still; so it stays until the transaction ends."""
    mine = select(Account.account_id).where(Account.account_id == found.account_id, Account.active)
    held = mine.where(Account.password_hash == found.password_hash).with_for_update(read=True)
    return session.scalar(held) is not None


def add_sign_in(session: Session, values: dict[str, object]) -> None:
    """Store a new sign-in."""
    session.add(SignIn(**values))


def add_access_token(session: Session, values: dict[str, object]) -> None:
    """Store a new bearer token."""
    session.add(AccessToken(**values))


def open_sign_ins(session: Session, account_id: UUID, *, at: datetime) -> list[SignInLine]:
    """The account's sign-ins that still open doors, the one used last first."""
    found = session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None), SignIn.expires_at > at)
        .order_by(SignIn.last_seen_at.desc(), SignIn.created_at.desc())
    )
    return [
        SignInLine(
            sign_in_id=row.sign_in_id,
            sid_hash=row.sid_hash,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            user_agent_family=row.user_agent_family,
            ip_prefix=row.ip_prefix,
        )
        for row in found
    ]


def revoke_by_hash(session: Session, sid_hash: bytes, *, at: datetime) -> int:
    """Close the sign-in behind a cookie."""
    return _run(session, _revoke_sign_ins(at).where(SignIn.sid_hash == sid_hash))


def revoke_one(session: Session, account_id: UUID, sign_in_id: UUID, *, at: datetime) -> int:
    """Close one sign-in of an account; the count is 0 if it is not theirs or closed already."""
    mine = SignIn.account_id == account_id
    return _run(session, _revoke_sign_ins(at).where(mine, SignIn.sign_in_id == sign_in_id))


def revoke_all(session: Session, account_id: UUID, *, at: datetime, but: bytes | None = None) -> int:
    """Close every sign-in of an account, all its bearer tokens too; `but` is the hash of one that stays."""
    closing = _revoke_sign_ins(at).where(SignIn.account_id == account_id)
    if but is not None:
        closing = closing.where(SignIn.sid_hash != but)
    tokens = update(AccessToken).where(AccessToken.account_id == account_id, AccessToken.revoked_at.is_(None))
    return _run(session, closing) + _run(session, tokens.values(revoked_at=at))


def _revoke_sign_ins(at: datetime) -> Update:
    return update(SignIn).where(SignIn.revoked_at.is_(None)).values(revoked_at=at)


def _run(session: Session, statement: Update) -> int:
    result = session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE always has one; this narrows the type
    return result.rowcount
