"""A file is read section by section, and says what it says when it is read as a whole."""

import tomllib
from pathlib import Path

import pytest

from shared.policies.book import FOLDER
from shared.policies.faults import Faults
from shared.policies.files import parse_file


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_policy_file_says_the_same_section_by_section(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = parse_file(path.name, text, Faults())

    whole = tomllib.loads(text)

    assert file is not None
    assert file.table == whole
    assert list(file.table) == list(whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "before = 1\n[a]\nx = 1\n",
        "[a]\nx = 1\n[b]\n[a.c]\ny = 2\n[[a.d]]\n[[a.d]]\nz = 3\n",
        '[a]\nx = """\n[b]\n"""\n[c]\n',
        "[a]\nx = [\n[1],\n[2],\n]\n[b]\n",
        '["a"]\nx = 1\n[b]\n[ c ]\n',
    ],
)
def test_a_file_in_any_order_says_the_same_section_by_section(text: str) -> None:
    file = parse_file("any.toml", text, Faults())

    assert file is not None
    assert file.table == tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [("[a]\nx = 1\n[b]\ny =\n", 4), ("a = 1\n[b]\n[a]\n", 3), ('["a"]\n[b]\n[a]\nx = 1\n', 3)],
)
def test_a_fault_is_told_with_its_line_in_the_whole_file(text: str, line: int) -> None:
    faults = Faults()

    assert parse_file("any.toml", text, faults) is None
    assert [(fault.code, fault.line) for fault in faults.found] == [("bad_toml", line)]
