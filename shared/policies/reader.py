"""A table of a policy being read: typed answers, and a fault for whatever is missing or left over."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from shared.domain.calendars import Limit
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.limits import CLOCK, MOST_DAYS, are_sessions, limit_of
from shared.policies.messages import LIST_MARK, TYPES
from shared.policies.provenance import KEYS
from shared.policies.spelling import DECIMAL, Code, codes_of, fault_of_text

Value = TypeVar("Value")
MANY = 100_000


class Reader:
    """One table at one path. After a fault it answers with something harmless, so that reading goes on."""

    __slots__ = ("_children", "_read", "faults", "layered", "path", "table")

    def __init__(self, layered: Layered, faults: Faults, path: str, table: dict[str, Any]) -> None:
        self.layered = layered
        self.faults = faults
        self.path = path
        self.table = table
        self._read: set[str] = set()
        self._children: dict[str, Reader] = {}

    @property
    def code(self) -> str:
        """The last part of the path: the code of an entry in a section."""
        return self.path.rpartition(".")[2]

    @property
    def source(self) -> str:
        """Where the table comes from, "document:clause"; for a value without a document, its standing."""
        origin = self.layered.origin(self.path)
        return (origin.source or origin.standing.value) if origin else ""

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.table

    def report(self, key: str, code: str, /, **params: str) -> None:
        """Note a fault at the key (or at the table, for an empty key)."""
        path = self._path_of(key) if key else self.path
        self.faults.found.append(self.layered.fault(path, code, **params))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required unless a default is given. One that is written says something."""
        value = self._plain(key, str, default, "")
        if (fault := fault_of_text(value)) and self.table.get(key) == value:
            self.report(key, fault, key=key)
        return value

    def integer(self, key: str, default: int | None = None, *, least: int = 0, most: int = MANY) -> int:
        """A whole number that can be meant: from `least` to `most`."""
        value = self._plain(key, int, default, least)
        if least <= value <= most or key not in self.table:
            return value
        self.report(key, "out_of_range", key=key, value=str(value), least=str(least), most=str(most))
        return least

    def span(self, key: str, default: int | None = None, *, most: int = MOST_DAYS) -> int:
        """So many days (or what `most` counts), at least one; far more would lead beyond the calendar."""
        return self.integer(key, default, least=1, most=most)

    def flag(self, key: str, default: bool | None = None) -> bool:  # noqa: FBT001 - the value itself
        """True or false."""
        return self._plain(key, bool, default, False)  # noqa: FBT003 - the value itself

    def day(self, key: str, default: date | None = None) -> date:
        """A calendar day."""
        return self._plain(key, date, default, date.min)

    def optional_day(self, key: str) -> date | None:
        """A calendar day, or None if not written."""
        return self.day(key) if self.has(key) else None

    def decimal(self, key: str) -> Decimal:
        """A number with a fraction, written as a text so that it stays exact: "16.7"."""
        value = self.text(key)
        if not DECIMAL.match(value):
            self.report(key, "wrong_type", key=key, expected=TYPES["decimal"])
            return Decimal()
        return Decimal(value)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; at least one unless a default is given."""
        values: tuple[str, ...] = self._listed(key, str, default)
        for fault in filter(None, map(fault_of_text, values)):
            self.report(key, fault, key=key)
        return values

    def named(self, key: str, section: str) -> tuple[str, ...]:
        """Codes of the plan's own: whatever [labels.<section>] has words for, and at least one."""
        labels = self.layered.table.get("labels")
        known = labels.get(section, {}) if isinstance(labels, dict) else {}
        for value in (values := self.texts(key)):
            if value not in known:
                self.report(key, "unknown_code", key=key, value=value, known=LIST_MARK.join(known))
        return values

    def integers(self, key: str, default: tuple[int, ...] | None = None) -> tuple[int, ...]:
        """A list of whole numbers; at least one unless a default is given."""
        return self._listed(key, int, default)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of calendar days, in order."""
        return tuple(sorted(self._listed(key, date, ())))

    def one_of(self, key: str, known: type[Code], default: Code | None = None) -> Code:
        """One code out of a closed set."""
        value = self.text(key, default)
        code: Code | None = codes_of(known).get(value)
        if code is None:
            self._unknown(key, value, known)
        return next(iter(known)) if code is None else code

    def some_of(
        self, key: str, known: type[Code], default: tuple[Code, ...] | None = None, *, least: int = 1
    ) -> tuple[Code, ...]:
        """Several codes out of a closed set; at least one unless a default is given, or `least` is 0."""
        values: tuple[str, ...] = self._listed(key, str, default, least=least)
        codes = codes_of(known)
        for value in values:
            if value not in codes:
                self._unknown(key, value, known)
        return tuple([codes[value] for value in values if value in codes])

    def limit(self, key: str) -> Limit:
        """A time limit, written "4 working_hours" or "1 days at 12:00"."""
        limit, fault = limit_of(value := self.text(key))
        if fault:
            self.report(key, fault, key=key, value=value)
        return limit

    def clock(self, key: str) -> str:
        """A time of day, "HH:MM"."""
        value = self.text(key)
        if not CLOCK.match(value):
            self.report(key, "bad_time", key=key, value=value)
        return value

    def hours(
        self, key: str, default: tuple[tuple[str, str], ...] | None = None
    ) -> tuple[tuple[str, str], ...]:
        """Sessions of a day, [["08:30", "11:30"], ["13:30", "17:30"]]: in order, none overlapping."""
        rows = self._plain(key, list, default, ())
        if not are_sessions(rows):
            self.report(key, "bad_hours", key=key)
            return (("00:00", "24:00"),)
        return tuple((row[0], row[1]) for row in rows)

    def child(self, key: str) -> "Reader":
        """The table under the key; an empty one if it is not written."""
        self._read.add(key)
        value = self.table.get(key, {})
        path = self._path_of(key)
        if not isinstance(value, dict):
            self.report(key, "wrong_type", key=key, expected=TYPES["table"])
            value = {}
        return self._child(path, value)

    def entries(self, key: str) -> Iterator["Reader"]:
        """The tables under the key, one for each code."""
        section = self.child(key)
        for code in section.table:
            if code not in KEYS:
                yield section.child(code)

    def rows(self, key: str, *, least: int = 0) -> tuple["Reader", ...]:
        """The tables of a list, in order; none if it is not written, unless `least` is 1."""
        values: Sequence[dict[str, Any]] = self._plain(key, list, None if least else (), ())
        self._check_least(key, least)
        if not {dict}.issuperset(map(type, values)):
            self.report(key, "wrong_type", key=key, expected=TYPES["table"])
            return ()
        path = self._path_of(key)
        return tuple([self._child(f"{path}[{index}]", row) for index, row in enumerate(values)])

    def skip(self) -> None:
        """Leave the whole table unread: somebody else reads it."""
        self._read |= set(self.table)

    def finish(self) -> None:
        """Report what nobody asked for: a key that is never read is a misspelt one."""
        for key in self.table:
            if key not in self._read and key not in KEYS:
                self.report(key, "unknown_key", key=key)
        for child in self._children.values():
            child.finish()

    def _path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _child(self, path: str, table: dict[str, Any]) -> "Reader":
        """One reader for each table, however often it is asked for: else each would miss the others' keys."""
        if path not in self._children:
            self._children[path] = Reader(self.layered, self.faults, path, table)
        return self._children[path]

    def _plain(self, key: str, kind: type[object], default: Value | None, harmless: Value) -> Value:
        if key not in self.table:
            if default is None:
                self.report(key, "missing", key=key)
            return harmless if default is None else default
        self._read.add(key)
        value = self.table[key]
        return value if self._is(key, value, kind) else harmless

    def _listed(
        self, key: str, kind: type[Value], default: tuple[Value, ...] | None, *, least: int = 1
    ) -> tuple[Value, ...]:
        values = self._plain(key, list, default, ())
        self._check_least(key, least if default is None else 0)
        if twice := [value for place, value in enumerate(values) if value in values[:place]]:
            self.report(key, "listed_twice", key=key, value=str(twice[0]))
        if values is default or {kind}.issuperset(map(type, values)):
            return tuple(values)
        return tuple([value for value in values if self._is(key, value, kind)])

    def _check_least(self, key: str, least: int) -> None:
        if least and self.table.get(key) == []:
            self.report(key, "empty_list", key=key)

    def _is(self, key: str, value: object, kind: type[object]) -> bool:
        """Whether the value is just of the kind: a yes or no is no number, and an instant is no day."""
        if type(value) is kind:
            return True
        self.report(key, "wrong_type", key=key, expected=TYPES[NAMES[kind]])
        return False

    def _unknown(self, key: str, value: str, known: type[StrEnum]) -> None:
        self.report(key, "unknown_code", key=key, value=value, known=LIST_MARK.join(known))


NAMES: dict[type[object], str] = {str: "text", int: "integer", bool: "boolean", date: "date", list: "list"}
