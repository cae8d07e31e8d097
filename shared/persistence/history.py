"""The history (操作留痕): one hash chain per stream, written by everybody, changed by nobody.

Each link's hash covers the link before it, so a removed, changed or reordered entry shows. The text of a
person is in it only as ciphertext: erasing the person's key leaves the chain whole. Writers of one stream
wait for each other on the row of its head; `seals.py` dates them all, once a day.
Requirement X-08; 网络安全法 art. 21.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from shared.contracts.wire import encode
from shared.persistence.calls import Call

GENESIS = bytes(32)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
UNIT_SEPARATOR = "\x1f"

APPEND = "kit.append_history(%s, %s, %s, %s, %s::jsonb, %s)"
LINKS = text(
    "SELECT seq, jurisdiction_id, recorded_at, account_id, action, CAST(detail AS text) AS detail, sealed,"
    " hash FROM kit.history WHERE stream = :stream ORDER BY seq"
)
HEAD = text("SELECT seq, hash FROM kit.history_head WHERE stream = :stream")
STREAMS = text(
    "SELECT stream FROM (SELECT stream FROM kit.history_head UNION SELECT stream FROM kit.history) AS every"
    ' ORDER BY stream COLLATE "C"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRecord:
    """One thing to be recorded; the database adds the account of the transaction."""

    stream: str
    jurisdiction_id: str
    recorded_at: datetime
    action: str
    detail: dict[str, Any]
    sealed: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a chain holds; `broken_at` is the first link that does not fit, None if all do.

    `broken_on` is the instant that this link names, or the last one before it where links are missing.
    """

    stream: str
    links: int
    broken_at: int | None = None
    broken_on: datetime | None = None

    @property
    def whole(self) -> bool:
        """Whether every link fits the one before it and the last one fits the head."""
        return self.broken_at is None


def appending(records: Sequence[HistoryRecord]) -> list[Call]:
    """The calls that append the records: streams sorted (one lock order for all), each as recorded."""
    return [
        Call(
            sql=APPEND,
            arguments=(
                record.stream,
                record.jurisdiction_id,
                record.recorded_at,
                record.action,
                encode(record.detail),
                record.sealed,
            ),
        )
        for record in sorted(records, key=lambda record: record.stream)
    ]


def verify_stream(session: Session, stream: str) -> Verdict:
    """Recompute one chain from its first link, without trusting the database's own function."""
    before, expected, on = GENESIS, 0, None
    for link in session.execute(LINKS, {"stream": stream}).mappings():
        expected += 1
        before, on = _link_hash(before, stream=stream, link=link), link["recorded_at"]
        if link["seq"] != expected or link["hash"] != before:
            return Verdict(stream=stream, links=expected, broken_at=expected, broken_on=on)
    head = session.execute(HEAD, {"stream": stream}).one_or_none()
    stored = (head.seq, head.hash) if head else (0, GENESIS)
    if stored == (expected, before):
        return Verdict(stream=stream, links=expected)
    return Verdict(stream=stream, links=expected, broken_at=expected + 1, broken_on=on)


def verify_all(session: Session) -> Iterator[Verdict]:
    """Every chain that this login may see, also one that has lost its head."""
    for stream in session.scalars(STREAMS).all():
        yield verify_stream(session, stream)


def _link_hash(before: bytes, *, stream: str, link: RowMapping) -> bytes:
    words = [
        stream,
        str(link["seq"]),
        link["jurisdiction_id"],
        str((link["recorded_at"] - EPOCH) // MICROSECOND),
        str(link["account_id"]),
        link["action"],
        link["detail"],
    ]
    return hashlib.sha256(before + UNIT_SEPARATOR.join(words).encode() + (link["sealed"] or b"")).digest()
