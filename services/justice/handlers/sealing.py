"""The words of a record: sealed under its own key, each bound to its row."""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from shared.platform.privacy import ElderKey, place_of

CLIENT = "justice.record.client"
WORDS = "justice.entry.words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was written with one step: for the record, for the asking side, and a family member's name."""

    text: str = ""
    reply: str = ""
    name: str = ""
    phone: str = ""


NOTHING_SAID = Words()


def seal_words(key: ElderKey, entry_id: UUID, words: Words) -> bytes | None:
    """The words as they are stored; nothing where nothing was said."""
    said = {name: value for name, value in asdict(words).items() if value}
    return key.seal(json.dumps(said, ensure_ascii=False), place_of(WORDS, entry_id)) if said else None


def reveal_words(key: ElderKey, entry_id: UUID, sealed: bytes | None) -> Words:
    """The words again."""
    return Words(**json.loads(key.reveal(sealed, place_of(WORDS, entry_id)))) if sealed else NOTHING_SAID
