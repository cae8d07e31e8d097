"""One policy out of several files: a place laid over its parents, each value with its provenance."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.policies.faults import Fault, Faults
from shared.policies.files import PolicyFile
from shared.policies.messages import LIST_MARK, TYPES
from shared.policies.provenance import KEYS, NEEDS_REASON, Document, Provenance, Standing
from shared.policies.spelling import fault_of_text

STANDINGS = frozenset(Standing)
WORDS = ("labels", "documents", "policy", "layer")
"""Sections that hold words and names: they are shown, nothing is decided by them, so they need no clause."""


@dataclass(frozen=True, slots=True)
class Layered:
    """The tables of a file laid over those of its parents, and where each value came from."""

    table: dict[str, Any]
    files: tuple[PolicyFile, ...]
    origins: dict[str, Provenance] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 over the files, the most general first: the same policy has the same hash everywhere."""
        joined = "".join(file.digest for file in self.files)
        return hashlib.sha256(joined.encode()).hexdigest()

    def origin(self, path: str) -> Provenance | None:
        """The provenance noted for the path; None where a fault left none."""
        return self.origins.get(path)

    def fault(self, path: str, code: str, /, **params: str) -> Fault:
        """A fault in the file that says most about the path; of equals, in the most special one."""
        ranked = sorted(self.files, key=lambda file: len(file.nearest(path)))
        return ranked[-1].fault(path, code, **params)


def layer(
    files: tuple[PolicyFile, ...],
    documents: Mapping[str, Document],
    faults: Faults,
    onto: Layered | None = None,
) -> Layered:
    """Lay the files over each other, most general first. Tables merge by key; lists are replaced whole.

    onto: what is laid already, by the parents.
    """
    below = onto or Layered({}, ())
    table, origins = below.table, dict(below.origins)
    for file in files:
        table = _laid(file.table, table, "", origins)
        for section, value in file.table.items():
            if section not in WORDS:
                _Origins(file, documents, origins, faults).note(section, value, None)
    return Layered(table, below.files + files, origins)


def _laid(
    over: Mapping[str, Any], base: Mapping[str, Any], path: str, origins: dict[str, Provenance]
) -> dict[str, Any]:
    """The one table over the other: a new one. Where only one of them writes, its own: nobody changes it."""
    laid = dict(base)
    for key, value in over.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict) and isinstance(laid.get(key), dict):
            laid[key] = _laid(value, laid[key], here, origins)
            continue
        if key in laid:
            _forget(here, laid[key], origins)
        laid[key] = value
    return laid


def _forget(path: str, value: object, origins: dict[str, Provenance]) -> None:
    """What stood at the path is written anew: where it and its parts came from no longer matters."""
    if not isinstance(value, dict | list):
        origins.pop(path, None)
        return
    for stale in [known for known in origins if f"{known}.".startswith((f"{path}.", f"{path}["))]:
        del origins[stale]


@dataclass(frozen=True, slots=True)
class _Origins:
    """A walk over one file that notes the provenance of every value and misses none."""

    file: PolicyFile
    documents: Mapping[str, Document]
    origins: dict[str, Provenance]
    faults: Faults

    def note(self, path: str, value: object, around: Provenance | None) -> None:
        """Note the value at the path; a value without provenance takes that of the table around it."""
        if isinstance(value, dict):
            self._note_table(path, value, around)
        elif isinstance(value, list) and set(map(type, value)) == {dict}:
            for index, row in enumerate(value):
                self._note_table(f"{path}[{index}]", row, around)
        elif around is None:
            self._report(path, "no_source")
        else:
            self.origins[path] = around

    def _note_table(self, path: str, table: Mapping[str, Any], around: Provenance | None) -> None:
        own = around if KEYS.isdisjoint(table) else self._own(path, table)
        if own is not None:
            self.origins[path] = own
        for key, value in table.items():
            if key not in KEYS:
                self.note(f"{path}.{key}", value, own)

    def _own(self, path: str, table: Mapping[str, Any]) -> Provenance:
        for key in sorted(KEYS & table.keys()):
            if fault := fault_of_text(table[key]):
                self._report(f"{path}.{key}", fault, key=key, expected=TYPES["text"])
        source, because = str(table.get("source", "")), str(table.get("because", "")).strip()
        standing = self._standing(path, source, str(table.get("standing", "")))
        if standing in NEEDS_REASON and "because" not in table:
            self._report(path, "no_because", value=standing)
        return Provenance(source=source, standing=standing, because=because, file=self.file.name)

    def _standing(self, path: str, source: str, named: str) -> Standing:
        """The named standing, else that of the cited document. After a fault: a proposal, the weakest."""
        code, _, clause = source.partition(":")
        document = self.documents.get(code)
        if source and document is None:
            self._report(path, "unknown_document", value=source)
        elif document and document.clauses and clause not in document.clauses:
            self._report(path, "unknown_clause", value=source, document=code)
        if named in STANDINGS:
            return Standing(named)
        if named:
            self._report(path, "unknown_code", key="standing", value=named, known=LIST_MARK.join(Standing))
        elif not source:
            self._report(path, "no_source")
        return document.standing if document else Standing.PROPOSAL

    def _report(self, path: str, code: str, /, **params: str) -> None:
        self.faults.found.append(self.file.fault(path, code, **params))
