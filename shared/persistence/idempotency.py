"""Idempotency: the same key with the same body gives the same answer, and acts once.

The key belongs to the account that sent it, and is the Update id wherever a workflow judges. A command that
writes rows claims its key first, in its own transaction: a twin request waits for that commit and then finds
the answer. A command judged by a workflow looks first (`recall`), asks, and keeps the answer afterwards.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert

from shared.persistence.base import table_of
from shared.persistence.tables import StoredAnswer
from shared.persistence.unit_of_work import UnitOfWork

TABLE = table_of(StoredAnswer)


class IdempotencyMismatchError(Exception):
    """The key was used before with another body (422)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: the HTTP status and the JSON body; ids and codes only."""

    status: int
    body: dict[str, Any]


def claim(work: UnitOfWork, *, key: str, body: bytes) -> Answer | None:
    """Take the key for this transaction; the answer given before, if there is one.

    Raises IdempotencyMismatchError if the key came with another body before.
    """
    row = {
        "account_id": work.principal.account_id,
        "key": key,
        "body_hash": hash_of(body),
        "created_at": work.now,
    }
    taken = work.session.execute(insert(TABLE).values(row).on_conflict_do_nothing().returning(TABLE.c.key))
    return None if taken.first() else recall(work, key=key, body=body)


def recall(work: UnitOfWork, *, key: str, body: bytes) -> Answer | None:
    """The answer given before under this key; IdempotencyMismatchError if the body was another."""
    stored = select(TABLE).where(TABLE.c.account_id == work.principal.account_id, TABLE.c.key == key)
    return _answer(work.session.execute(stored).one_or_none(), body=body)


def keep(work: UnitOfWork, *, key: str, body: bytes, answer: Answer) -> None:
    """Store the answer under the key, claimed or not; the first answer stays."""
    row = {
        "account_id": work.principal.account_id,
        "key": key,
        "body_hash": hash_of(body),
        "status": answer.status,
        "answer": answer.body,
        "created_at": work.now,
    }
    added = insert(TABLE).values(row)
    work.session.execute(
        added.on_conflict_do_update(
            index_elements=[TABLE.c.account_id, TABLE.c.key],
            set_={"status": added.excluded.status, "answer": added.excluded.answer},
            where=TABLE.c.status.is_(None),
        )
    )


def hash_of(body: bytes) -> bytes:
    """The fingerprint by which two bodies are the same; JSON is compared by meaning, not by its spaces."""
    try:
        body = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode()
    except ValueError:
        return hashlib.sha256(body).digest()
    return hashlib.sha256(body).digest()


def _answer(stored: Row[Any] | None, *, body: bytes) -> Answer | None:
    if stored is None:
        return None
    if stored.body_hash != hash_of(body):
        raise IdempotencyMismatchError
    return None if stored.status is None else Answer(status=stored.status, body=stored.answer)
