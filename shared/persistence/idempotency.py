"""Idempotency: the same key with the same body gives the same answer, and acts once.

The key belongs to the account that sent it, and is the Update id wherever a workflow judges. A command that
writes rows claims its key first, in its own transaction: a twin request waits for that commit and then finds
the answer. A command judged by a workflow looks first (`recall`), asks, and keeps the answer afterwards.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.contracts.access import Principal
from shared.contracts.wire import encode
from shared.persistence.engine import Database
from shared.persistence.unit_of_work import UnitOfWork

CLAIM = (
    "INSERT INTO kit.idempotency (account_id, key, body_hash, created_at) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT DO NOTHING RETURNING true"
)
RECALL = "SELECT body_hash, status, answer FROM kit.idempotency WHERE account_id = %s AND key = %s"
KEEP = (
    "INSERT INTO kit.idempotency AS kept (account_id, key, body_hash, status, answer, created_at)"
    " VALUES (%s, %s, %s, %s, %s::jsonb, %s) ON CONFLICT (account_id, key) DO UPDATE"
    " SET status = excluded.status, answer = excluded.answer WHERE kept.status IS NULL"
)


class IdempotencyMismatchError(Exception):
    """The key was used before with another body (422)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: the HTTP status and the JSON body; ids and codes only."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is stored under a key: the fingerprint of the question and, once there is one, the answer."""

    body_hash: bytes
    status: int | None
    answer: dict[str, Any] | None

    def answer_to(self, body: bytes) -> Answer | None:
        """The answer, if one was given. Raises IdempotencyMismatchError if the question was another."""
        if self.body_hash != hash_of(body):
            raise IdempotencyMismatchError
        if self.status is None or self.answer is None:
            return None
        return Answer(status=self.status, body=self.answer)


def claim(work: UnitOfWork, *, key: str, body: bytes) -> Answer | None:
    """Take the key for this transaction; the answer given before, if there is one.

    Raises IdempotencyMismatchError if the key came with another body before.
    """
    row = (work.principal.account_id, key, hash_of(body), work.now)
    taken = work.session.connection().exec_driver_sql(CLAIM, row).first()
    return None if taken else recall(work, key=key, body=body)


def recall(work: UnitOfWork, *, key: str, body: bytes) -> Answer | None:
    """The answer given before under this key; IdempotencyMismatchError if the body was another."""
    named = (work.principal.account_id, key)
    row = work.session.connection().exec_driver_sql(RECALL, named).one_or_none()
    return Kept(**row._mapping).answer_to(body) if row else None  # noqa: SLF001 - a row's public name for it


def keep(work: UnitOfWork, *, key: str, body: bytes, answer: Answer) -> None:
    """Store the answer under the key, claimed or not; the first answer stays."""
    row = (work.principal.account_id, key, hash_of(body), answer.status, encode(answer.body), work.now)
    work.session.connection().exec_driver_sql(KEEP, row)


def keep_alone(
    database: Database, principal: Principal, now: datetime, *, key: str, body: bytes, answer: Answer
) -> None:
    """`keep` in a transaction of its own, where a workflow has judged already."""
    row = (principal.account_id, key, hash_of(body), answer.status, encode(answer.body), now)
    database.run(principal, KEEP, row)


def hash_of(body: bytes) -> bytes:
    """The fingerprint by which two bodies are the same; JSON is compared by meaning, not by its spaces."""
    try:
        body = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode()
    except ValueError:
        return hashlib.sha256(body).digest()
    return hashlib.sha256(body).digest()
