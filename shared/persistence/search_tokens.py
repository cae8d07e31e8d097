"""Search tokens (检索指纹): an elder is found by name, pinyin or last four digits, none stored readable.

Tokens are written on save and compared on search; both sides go through `Vault.blind_index`. Row policies
keep a search inside the searcher's own areas; fewer than two characters find nothing. Names are turned into
their spellings by `name_index`, which only the register's save path imports (pypinyin costs 56 MB).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select, tuple_

from shared.persistence.base import table_of
from shared.persistence.tables import SearchToken, TokenKind
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault

SHORTEST_QUERY = 2
LAST_DIGITS = 4
TABLE = table_of(SearchToken)
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTerm:
    """One thing an elder may be looked up by, before it is turned into a token."""

    kind: TokenKind
    value: str


def number_terms(*, id_number: str | None = None, phones: Iterable[str] = ()) -> set[SearchTerm]:
    """The terms of an ID number and of telephone numbers: the whole and the last four."""
    terms = set()
    if id_number:
        terms |= _whole_and_tail(id_number.upper(), whole=TokenKind.ID_NUMBER, tail=TokenKind.ID_LAST4)
    for phone in phones:
        terms |= _whole_and_tail(phone, whole=TokenKind.PHONE, tail=TokenKind.PHONE_LAST4)
    return terms


def surname_term(name: str) -> SearchTerm:
    """The first character of a name: what masked lists show, and so what they may be searched by."""
    return SearchTerm(kind=TokenKind.SURNAME, value=name[:1])


def surname_token(vault: Vault, name: str) -> bytes:
    """What the surname of a typed name is compared with."""
    return token_of(vault, surname_term(name))


def save_terms(
    work: UnitOfWork,
    vault: Vault,
    *,
    elder_id: UUID,
    jurisdiction_id: str,
    area_code: str,
    terms: Iterable[SearchTerm],
) -> None:
    """Replace the elder's tokens by those of `terms`."""
    work.session.execute(delete(TABLE).where(TABLE.c.elder_id == elder_id))
    place = {"elder_id": elder_id, "jurisdiction_id": jurisdiction_id, "area_code": area_code}
    rows = [place | {"kind": term.kind, "token": token_of(vault, term)} for term in set(terms)]
    if rows:
        work.session.execute(insert(TABLE), rows)


def find_elders(work: UnitOfWork, vault: Vault, query: str, *, limit: int) -> list[UUID]:
    """The elders that match what was typed, inside the areas of who asks; nothing for one character."""
    wanted = [(term.kind, token_of(vault, term)) for term in query_terms(query)]
    if not wanted:
        return []
    matching = select(TABLE.c.elder_id).where(tuple_(TABLE.c.kind, TABLE.c.token).in_(wanted)).distinct()
    return list(work.session.execute(matching.order_by(TABLE.c.elder_id).limit(limit)).scalars())


def query_terms(query: str) -> set[SearchTerm]:
    """What a typed query may mean, in any width: digits a number, letters pinyin or initials, else a name."""
    typed = SPACES.sub("", query)
    if len(typed) < SHORTEST_QUERY:
        return set()
    narrow = unicodedata.normalize("NFKC", typed)
    if narrow[:-1].isdigit() and narrow[-1] in "0123456789xX":
        kinds = {TokenKind.ID_NUMBER, TokenKind.PHONE, TokenKind.ID_LAST4, TokenKind.PHONE_LAST4}
        return {SearchTerm(kind=kind, value=narrow.upper()) for kind in kinds}
    if narrow.isascii():
        kinds = {TokenKind.PINYIN, TokenKind.INITIALS}
        return {SearchTerm(kind=kind, value=narrow.lower()) for kind in kinds}
    return {SearchTerm(kind=TokenKind.NAME, value=typed)}


def token_of(vault: Vault, term: SearchTerm) -> bytes:
    """The fingerprint that is stored and compared."""
    return vault.blind_index(f"search:{term.kind}", term.value)


def _whole_and_tail(number: str, *, whole: TokenKind, tail: TokenKind) -> set[SearchTerm]:
    return {SearchTerm(kind=whole, value=number), SearchTerm(kind=tail, value=number[-LAST_DIGITS:])}
