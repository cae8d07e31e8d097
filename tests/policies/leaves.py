"""Every key of the policy files, one at a time: where it stands, what else it could say, and what follows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from shared.policies.faults import Faults
from shared.policies.layers import Layered, layer
from shared.policies.model import Policy
from tests.policies.plans import JIANGPU, STEP, ZICHUAN, file_named, plan
from tests.policies.rereading import read_again

WORDS = frozenset({"source", "standing", "because", "label", "text", "note"})
SECTIONS_OF_WORDS = frozenset({"policy", "documents", "labels"})
LIMIT = re.compile(r"^(\d+)( \w+(?: at \d\d:\d\d)?)$")
CLOCK = re.compile(r"^\d\d:\d\d$")
OTHER_TEXTS = {
    "zone": ("Asia/Tokyo",),
    "area_code": ("110000000", "370302115"),
    "period": ("week", "month", "quarter"),
    "mode": ("at_home", "phone"),
    "reach": ("seen",),
    "force": ("visitor",),
}
OTHER_CLOCKS = ("05:00", "12:00", "23:30")
OTHER_HOURS = ([["10:00", "11:00"]],)
LEFT_OUT = object()
"""The key is not written at all: where it has a default, the default says something else."""

EMPTIED = "no_condition"
"""The fault of a condition whose only key was left out: read on, it asks of everybody."""

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One key of one file, as it stands in the tables of a place."""

    place: str
    path: str
    holder: Table
    key: str

    @property
    def section(self) -> str:
        """The first part of the path."""
        return re.split(r"[.\[]", self.path)[0]

    @property
    def entry(self) -> str:
        """The second part: the code of an entry in a section of entries."""
        return self.path.partition(".")[2].partition(".")[0].partition("[")[0]

    @property
    def shape(self) -> str:
        """The path without the numbers of rows."""
        return re.sub(r"\[\d+\]", "[]", self.path)


def leaves_of(stem: str) -> tuple[Leaf, ...]:
    """Every key of the file that is no word; a parent's in the first place that keeps it."""
    places = (stem,) if stem in {ZICHUAN, JIANGPU} else (ZICHUAN, JIANGPU)
    own = [path for path, _, _ in _walk(file_named(stem).table, "")]
    kept = {place: {leaf.path: leaf for leaf in _leaves_in(place)} for place in places}
    written = dict(_values(stem))
    found = (
        next((k[path] for k in kept.values() if _same(k.get(path), written[path])), None) for path in own
    )
    return tuple(leaf for leaf in found if leaf)


def lost_of(stem: str) -> set[str]:
    """Keys of a parent's file that no place keeps: each writes its own."""
    return {path for path, _, _ in _walk(file_named(stem).table, "")} - {
        leaf.path for leaf in leaves_of(stem)
    }


def with_others(leaf: Leaf) -> Iterator[Policy]:
    """The place's policy with something else at the key, as often as something else can be read there."""
    for other in _others(leaf):
        if other == leaf.holder[leaf.key]:
            continue
        with _written(leaf, other):
            faults = Faults()
            fields = read_again(leaf.section, leaf.entry, tables_of(leaf.place), faults, plan(leaf.place))
        if {fault.code for fault in faults.found} <= {EMPTIED}:
            yield replace(plan(leaf.place), **fields)


def row_around(leaf: Leaf) -> object:
    """The row of a list, or the entry, in which the key stands: who is meant stands there too."""
    here: object = tables_of(leaf.place).table
    found = here
    for name, number in STEP.findall(leaf.path):
        here = here[name] if name else here[int(number)]  # type: ignore[index]
        found = here if isinstance(here, dict) else found
        if number:
            break
    return found


@cache
def tables_of(place: str) -> Layered:
    """The place's tables laid over those that it inherits; each key is changed in them and put back."""
    files = tuple(file_named(stem) for stem in ("words", "national", place))
    layered = layer(files, plan(place).documents, Faults())
    return replace(layered, table=deepcopy(layered.table))


@contextmanager
def _written(leaf: Leaf, other: object) -> Iterator[None]:
    kept = leaf.holder.pop(leaf.key)
    if other is not LEFT_OUT:
        leaf.holder[leaf.key] = other
    yield
    leaf.holder[leaf.key] = kept


def _others(leaf: Leaf) -> Iterator[object]:
    """What else the key could say, the likeliest to be told apart first: what is left out asks of nobody."""
    value = leaf.holder[leaf.key]
    yield LEFT_OUT
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value + 40, max(value - 1, 0))
    elif isinstance(value, list):
        yield from _other_lists(leaf, value)
    else:
        yield from _other_texts(leaf, str(value))


def _other_lists(leaf: Leaf, value: list[Any]) -> Iterator[object]:
    if value and isinstance(value[0], list):
        yield from OTHER_HOURS
        return
    yield from (value[:-1], value[1:]) if value else ()
    yield from ([*value, each] for each in _seen(leaf) if each not in value)
    yield [*value, "x"]


def _other_texts(leaf: Leaf, value: str) -> Iterator[object]:
    if limit := LIMIT.match(value):
        yield from (f"{int(limit[1]) + 1}{limit[2]}", f"{int(limit[1]) * 3 + 1}{limit[2]}")
    elif CLOCK.match(value):
        yield from OTHER_CLOCKS
    else:
        yield from OTHER_TEXTS.get(leaf.key, ())
        yield from (each for each in _seen(leaf) if each != value)
        yield f"{value}x"


def _seen(leaf: Leaf) -> tuple[str, ...]:
    return _seen_at("" if leaf.key == "ladder" else leaf.section, leaf.key)


@cache
def _seen_at(section: str, key: str) -> tuple[str, ...]:
    """Everything that some file writes under a key of that name in that section, or anywhere."""
    found: dict[str, None] = {}
    for place in (ZICHUAN, JIANGPU):
        for leaf in _leaves_in(place):
            if leaf.key == key and section in {leaf.section, ""}:
                value = leaf.holder[leaf.key]
                found |= dict.fromkeys(each for each in (value if isinstance(value, list) else [value]))
    return tuple(found)


@cache
def _leaves_in(place: str) -> tuple[Leaf, ...]:
    return tuple(Leaf(place, path, holder, key) for path, holder, key in _walk(tables_of(place).table, ""))


def _values(stem: str) -> Iterator[tuple[str, object]]:
    return ((path, holder[key]) for path, holder, key in _walk(file_named(stem).table, ""))


def _same(leaf: Leaf | None, written: object) -> bool:
    return leaf is not None and leaf.holder[leaf.key] == written


def _walk(table: Table, path: str) -> Iterator[tuple[str, Table, str]]:
    """Path, table around it and key of every value that is no word."""
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict) and here not in SECTIONS_OF_WORDS:
            yield from _walk(value, here)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                yield from _walk(row, f"{here}[{number}]")
        elif not isinstance(value, dict) and key not in WORDS:
            yield here, table, key
