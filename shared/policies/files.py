"""Policy files as they lie on disk: read, hashed, and each path located by its line."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from shared.policies.faults import Fault, Faults

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
MOST_BYTES = 4 * 1024 * 1024
"""No plan comes near: the whole of the national layer has a hundredth of it."""

MOST_DEPTH = 40
"""Tables and lists inside each other; no plan comes near. Far deeper, whoever walks through them crashes."""

PLACE = re.compile(r"\(at line (\d+), column \d+\)")
ENTRY = re.compile(r"^\s*([\w\".-]+)\s*=")
QUOTED = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'|#.*""")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicyFile:
    """One file: its tables, the line of each path, its bytes' hash. Each equals only itself."""

    name: str
    table: dict[str, Any]
    digest: str
    text: str = ""

    @property
    def lines(self) -> Mapping[str, int]:
        """The line of each path; looked for when a fault is told, and not before."""
        return _lines(self.text)

    @property
    def stem(self) -> str:
        """The name without the ending; the inheriting file names its parent by it."""
        return self.name.removesuffix(".toml")

    def nearest(self, path: str) -> str:
        """The path itself if this file writes it, else the nearest table around it; empty if none."""
        while path and path not in self.lines:
            path = parent_path(path)
        return path

    def line_of(self, path: str) -> int:
        """The line of the path (of a list, its first row), or of the nearest table around it; else 0."""
        return self.lines.get(f"{path}[0]") or self.lines.get(self.nearest(path), 0)

    def fault(self, path: str, code: str, /, **params: str) -> Fault:
        """A fault at the path."""
        return Fault(
            file=self.name, path=path, line=self.line_of(path), code=code, params=tuple(params.items())
        )


def read_file(path: Path, faults: Faults) -> PolicyFile | None:
    """The file, or None and a fault if it is not TOML. Raises OSError if it cannot be read at all.

    What is no ordinary file may have no end, and what is too large is no policy: neither is read whole.
    """
    text, code = _text_of(path)
    if code:
        faults.found.append(Fault(file=path.name, path="", line=0, code=code))
        return None
    return parse_file(path.name, text, faults)


def _text_of(path: Path) -> tuple[str, str]:
    """The text, or the code of the fault for which there is none."""
    if not path.is_file():
        return "", "not_a_file"
    with path.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return "", "too_large"
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", "not_utf8"


def parse_file(name: str, text: str, faults: Faults) -> PolicyFile | None:
    """The file out of its text, or None and a fault if it is not TOML."""
    try:
        return _parsed(name, text)
    except tomllib.TOMLDecodeError as error:
        faults.found.append(_not_toml(name, str(error), text))
        return None
    except RecursionError:
        most = (("most", str(MOST_DEPTH)),)
        fault = Fault(file=name, path="", line=_deepest_line(text), code="too_deep", params=most)
        faults.found.append(fault)
        return None


@lru_cache(maxsize=16)
def _parsed(name: str, text: str) -> PolicyFile:
    """One file for one text. Versions of a policy share what they inherit; nobody writes into a table.

    Raises RecursionError, as the parser itself does, for what is nested too deep.
    """
    table = tomllib.loads(text)
    level: list[Any] = [table]
    for _ in range(MOST_DEPTH):
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [value for values in inside for value in values if isinstance(value, dict | list)]
    if level:
        raise RecursionError
    return PolicyFile(name=name, table=table, digest=hashlib.sha256(text.encode()).hexdigest(), text=text)


def _deepest_line(text: str) -> int:
    """The line at which most tables and lists lie inside each other."""
    deepest, header, opened = (0, 0), 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if found := HEADER.match(line):
            header = found[2].count(".")
            deepest = max(deepest, (header, -number))
            continue
        bare = QUOTED.sub("", line)
        inside = header + bare.partition("=")[0].count(".")
        for sign in bare:
            opened += (sign in "[{") - (sign in "]}")
            deepest = max(deepest, (inside + opened, -number))
    return -deepest[1]


def _not_toml(name: str, detail: str, text: str) -> Fault:
    """Where the parser gave up; what is missing at the end of a file is missing in its last line."""
    found = PLACE.search(detail)
    line = int(found[1]) if found else text.count("\n", 0, len(text.rstrip())) + 1
    return Fault(file=name, path="", line=line, code="bad_toml", params=(("detail", detail),))


def parent_path(path: str) -> str:
    """The path of the table around: `a.b[1]` -> `a.b` -> `a` -> ``."""
    cut = max(path.rfind("."), path.rfind("["))
    return path[:cut] if cut > 0 else ""


@lru_cache(maxsize=16)
def _lines(content: str) -> Mapping[str, int]:
    return dict(_located(content))


def _located(content: str) -> Iterator[tuple[str, int]]:
    """Path -> line, by the headers and the entries below them; an inline table shares its entry's line."""
    prefix, counts, told = "", dict[str, int](), set[str]()
    for number, line in enumerate(content.splitlines(), start=1):
        if header := HEADER.match(line):
            path = prefix = _header_path(header, counts)
        elif entry := ENTRY.match(line):
            key = entry[1].replace('"', "")
            path = f"{prefix}.{key}" if prefix else key
        else:
            continue
        yield path, number
        # [a.b.c] and a.b.c = 1 write a and a.b as well, where nothing before has done so.
        told.add(path)
        while (path := parent_path(path)) and path not in told:
            yield path, number
            told.add(path)


def _header_path(header: re.Match[str], counts: dict[str, int]) -> str:
    parts, path = [part.strip().strip('"') for part in header[2].split(".")], ""
    for position, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        is_last = position == len(parts) - 1
        if is_last and header[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
