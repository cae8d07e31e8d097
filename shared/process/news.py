"""The words of news about a resident: written by the police station, read by the register that decides on it.

They are sealed under a key of the news itself, for the place below; whoever erases it erases them.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from shared.platform.privacy import ElderKey, Vault, WrappedKey, place_of

WORDS = "public_security.change.words"

SOME = text(
    "SELECT change_id, key_id, wrapped_key, words_sealed FROM public_security.change_words"
    " WHERE change_id IN :changes"
).bindparams(bindparam("changes", expanding=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsWords:
    """Whom the news names, what is to stand in the register from now on, and a remark; else empty."""

    person: str = ""
    address: str = ""
    name: str = ""
    id_number: str = ""
    note: str = ""


def seal_words(words: NewsWords, change_id: UUID, key: ElderKey) -> bytes:
    """The words for the row of that change."""
    return key.seal(json.dumps(asdict(words), ensure_ascii=False), place_of(WORDS, change_id))


def open_words(sealed: bytes, change_id: UUID, key: ElderKey) -> NewsWords:
    """The words again."""
    return NewsWords(**json.loads(key.reveal(sealed, place_of(WORDS, change_id))))


def words_of(session: Session, change_ids: Iterable[UUID], *, vault: Vault) -> dict[UUID, NewsWords]:
    """The words of these changes that the register may read in the territory of who asks."""
    wanted = list(set(change_ids))
    if not wanted:
        return {}
    return {
        row.change_id: open_words(
            row.words_sealed,
            row.change_id,
            vault.open(WrappedKey(key_id=row.key_id, wrapped=row.wrapped_key)),
        )
        for row in session.execute(SOME, {"changes": wanted})
    }
