"""How a Chinese name may be typed: characters, pinyin and initials, with every reading of the surname.

Imported only where names are saved: pypinyin costs 56 MB and most of a second.
"""

from pypinyin import Style, lazy_pinyin, pinyin

from shared.persistence.search_tokens import SHORTEST_QUERY, SPACES, SearchTerm, surname_term
from shared.persistence.tables import TokenKind

SURNAME_READINGS = {
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "曾": "zeng",
}
"""Readings that a surname takes and the dictionary may not list first or at all."""


def name_terms(name: str) -> set[SearchTerm]:
    """The surname; every prefix, from two characters on, of name, given name, pinyin and initials."""
    name = SPACES.sub("", name)
    readings = _readings(name)
    return {
        surname_term(name),
        *_terms(TokenKind.NAME, [name, name[1:]]),
        *_terms(TokenKind.PINYIN, ["".join(reading) for reading in readings]),
        *_terms(TokenKind.INITIALS, ["".join(syllable[:1] for syllable in reading) for reading in readings]),
    }


def _readings(name: str) -> list[list[str]]:
    """The name's syllables, once for each reading of its surname; the given name as the dictionary has it."""
    surname, given = name[:1], lazy_pinyin(name[1:])
    heard = {
        syllable for column in pinyin(surname, style=Style.NORMAL, heteronym=True) for syllable in column
    }
    heard |= {SURNAME_READINGS[surname]} if surname in SURNAME_READINGS else set()
    return [[syllable, *given] for syllable in sorted(heard)]


def _terms(kind: TokenKind, values: list[str]) -> set[SearchTerm]:
    return {
        SearchTerm(kind=kind, value=value[:length])
        for value in values
        for length in range(SHORTEST_QUERY, len(value) + 1)
    }
