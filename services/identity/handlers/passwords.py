"""Passwords (口令): argon2id at OWASP's smallest cost, for small machines on which all sign in at eight.

GB/T 22239-2019 §8.1.4.1: identity checked, complexity asked for, failures limited.
"""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from shared.domain.errors import Invalid

SHORTEST = 10
KINDS_OF_CHARACTERS = 2
DEMONSTRATION_PASSWORD = "tanfang-demo"  # noqa: S105 - shown on the page; production refuses such accounts

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODYS_HASH = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The form in which a password is stored."""
    return _hasher.hash(password)


@lru_cache(maxsize=8)
def hash_demonstration_password(password: str) -> str:
    """The same for accounts that share a password anyway: hashed once, so that many are made quickly."""
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; without an account the same work is done, so that time tells nothing."""
    try:
        _hasher.verify(password_hash or _NOBODYS_HASH, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def check_new(password: str, *, login: str) -> None:
    """Raise Invalid if a new password is too weak."""
    if len(password) < SHORTEST:
        raise Invalid("password_too_short", shortest=SHORTEST)
    if login.casefold() in password.casefold():
        raise Invalid("password_contains_login")
    if _kinds(password) < KINDS_OF_CHARACTERS:
        raise Invalid("password_too_plain")


def _kinds(password: str) -> int:
    tests = (str.isdigit, str.islower, str.isupper, lambda character: not character.isalnum())
    return sum(any(test(character) for character in password) for test in tests)
