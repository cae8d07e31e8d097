"""Daily seals of the history (X-08): which chains had grown, and how far, under one root for all days so far.

A chain says nothing of itself once it is gone whole, or made anew by somebody who may write anything. The
seal of each day remembers the head of every chain that had grown, and folds them into the root of the day
before: whoever notes a root outside the database can prove that nothing up to that day has changed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

FIRST_ROOT = bytes(32)
FIELD_SEPARATOR = "\x1f"

GROWN = text(
    "INSERT INTO kit.history_sealed (sealed_on, stream, seq, hash)"
    " SELECT :sealed_on, head.stream, head.seq, head.hash FROM kit.history_head AS head"
    " WHERE head.seq > (SELECT coalesce(max(s.seq), 0) FROM kit.history_sealed AS s"
    " WHERE s.stream = head.stream)"
)
SEALED = text(
    "SELECT s.sealed_on, s.stream, s.seq, s.hash, link.hash IS NOT DISTINCT FROM s.hash AS stands"
    " FROM kit.history_sealed AS s LEFT JOIN kit.history AS link USING (stream, seq)"
    ' WHERE s.sealed_on = :sealed_on ORDER BY s.stream COLLATE "C"'
)
ROOT = text("SELECT root FROM kit.history_seal WHERE sealed_on = :sealed_on")
NEWEST = text("SELECT root FROM kit.history_seal ORDER BY sealed_on DESC LIMIT 1")
SEALS = text("SELECT sealed_on, root FROM kit.history_seal ORDER BY sealed_on")
KEEP = text(
    "INSERT INTO kit.history_seal (sealed_on, sealed_at, streams, root)"
    " VALUES (:sealed_on, :sealed_at, :streams, :root)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealVerdict:
    """Whether a day's root still fits, and the chains of which that day's link is gone or another."""

    sealed_on: date
    root: bytes
    fits: bool
    changed: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing has changed that this day had sealed."""
        return self.fits and not self.changed


def seal_day(session: Session, *, sealed_on: date, now: datetime) -> bytes:
    """The day's root. A day is sealed once: asking again returns the root of that time."""
    known = session.execute(ROOT, {"sealed_on": sealed_on}).scalar_one_or_none()
    if known is not None:
        return cast("bytes", known)
    before = session.execute(NEWEST).scalar_one_or_none() or FIRST_ROOT
    session.execute(GROWN, {"sealed_on": sealed_on})
    heads = session.execute(SEALED, {"sealed_on": sealed_on}).all()
    root = _root(before, heads)
    session.execute(KEEP, {"sealed_on": sealed_on, "sealed_at": now, "streams": len(heads), "root": root})
    return root


def verify_seals(session: Session) -> Iterator[SealVerdict]:
    """Every day's seal, oldest first, against the links as they stand."""
    before = FIRST_ROOT
    for seal in session.execute(SEALS).all():
        heads = session.execute(SEALED, {"sealed_on": seal.sealed_on}).all()
        yield SealVerdict(
            sealed_on=seal.sealed_on,
            root=seal.root,
            fits=_root(before, heads) == seal.root,
            changed=tuple(head.stream for head in heads if not head.stands),
        )
        before = seal.root


def _root(before: bytes, heads: Iterable[Row[Any]]) -> bytes:
    digest = hashlib.sha256(before)
    for head in heads:
        digest.update(
            f"{head.stream}{FIELD_SEPARATOR}{head.seq}{FIELD_SEPARATOR}{head.hash.hex()}\n".encode()
        )
    return digest.digest()
