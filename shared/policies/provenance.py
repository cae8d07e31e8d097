"""Where a value comes from (出处) and what it is worth (性质): shown beside it wherever it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

KEYS = frozenset({"source", "standing", "because"})


class Standing(StrEnum):
    """What stands behind a value: a statute, the plan's own words, practice, our reading, our proposal."""

    LAW = "law"
    POLICY = "policy"
    PRACTICE = "practice"
    INTERPRETATION = "interpretation"
    PROPOSAL = "proposal"


NEEDS_REASON = frozenset({Standing.INTERPRETATION, Standing.PROPOSAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document that policies cite. An empty `clauses` allows any clause, quoted as it is."""

    code: str
    title: str
    number: str
    issued_on: date | None
    standing: Standing
    clauses: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Source "document:clause" (empty for a bare proposal), standing, and the reason of a reading."""

    source: str
    standing: Standing
    because: str
    file: str


def cite(source: str, documents: Mapping[str, Document]) -> str:
    """A source in words, e.g. 「杨江办发〔2023〕6号 三（一）1」."""
    code, _, clause = source.partition(":")
    document = documents[code]
    name = document.number or document.title
    return f"{name} {document.clauses.get(clause, clause)}".strip()
