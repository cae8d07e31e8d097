"""Opaque tokens: how they are made, how they are stored, and the form token (CSRF) derived from one."""

import hashlib
import hmac
import secrets

_FORM_TOKEN_PURPOSE = b"tanfang form token:"


def new_token() -> str:
    """A fresh opaque token of 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """How a cookie or bearer token is stored; it is random, so one fast hash is as safe as a slow one."""
    return hashlib.sha256(token.encode()).digest()


def form_token(key: bytes, token: str) -> str:
    """The token a form must send back: only a page that we rendered for this very sign-in knows it."""
    return hmac.new(key, _FORM_TOKEN_PURPOSE + token.encode(), hashlib.sha256).hexdigest()


def same(expected: str, given: str) -> bool:
    """Compare in constant time, so that a wrong guess tells nothing about how wrong it was."""
    return hmac.compare_digest(expected.encode(), given.encode())
