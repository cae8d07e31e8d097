"""The rules are pure, one module reads the clock, and words stand where words belong."""

import ast
import re

from tests.architecture.source import calls, imported, modules, named, tree, words

_DOMAIN_MAY_IMPORT = {
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "math",
    "operator",
    "re",
    "types",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}
_ASKS_THE_OUTSIDE = {"now", "today", "utcnow", "uuid1", "uuid4", "getenv", "open", "print", "input"}
_READS_THE_CLOCK = {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
_CLOCK = "shared/platform/clock.py"
_READS_CHINESE = {
    "shared/domain/phones.py",  # what asks for an extension
    "shared/platform/masking.py",  # where an address ends and a house begins
    "shared/persistence/name_index.py",  # surnames that are read otherwise than written
}
"""These recognise Chinese in what people typed; they say nothing to anybody."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def test_a_rule_needs_nothing_but_the_pure_part_of_the_standard_library() -> None:
    assert [
        f"{named(path)}: {name}"
        for path in modules("shared/domain")
        for name in imported(path)
        if name.split(".")[0] not in _DOMAIN_MAY_IMPORT and not name.startswith("shared.domain")
    ] == []


def test_a_rule_never_asks_for_time_chance_or_the_outside() -> None:
    assert [
        f"{named(path)}:{line} {name}"
        for path in modules("shared/domain")
        for line, name in calls(path)
        if name.rsplit(".", 1)[-1] in _ASKS_THE_OUTSIDE
    ] == []


def test_a_rule_keeps_nothing_between_two_calls() -> None:
    """A module's values are constants or types, named so; a `global` or a growing list would remember."""
    assert [
        f"{named(path)}:{node.lineno}"
        for path in modules("shared/domain")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Global | ast.Nonlocal)
    ] == []
    assert [
        f"{named(path)}:{node.lineno}"
        for path in modules("shared/domain")
        for node in tree(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and not _names_constants(node)
    ] == []


def test_one_module_reads_the_clock() -> None:
    assert [
        f"{named(path)}:{line} {name}"
        for path in modules("shared", "services", "workflows")
        for line, name in calls(path)
        if name in _READS_THE_CLOCK and named(path) != _CLOCK
    ] == []


def test_chinese_stands_only_in_policies_templates_and_messages() -> None:
    assert [
        f"{named(path)}:{line} {text}"
        for path in modules()
        for line, text in words(path)
        if _HAN.search(text) and path.name != "messages.py" and named(path) not in _READS_CHINESE
    ] == []


def _names_constants(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return bool(names) and all(name.lstrip("_")[0].isupper() for name in names)
