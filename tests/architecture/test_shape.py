"""Small pieces, every folder explained, and nothing of one machine in what everybody clones."""

import ast
import re
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, functions, modules, named, tracked

_LONGEST_FILE = 250
_LONGEST_TEST_FILE = 350
_LONGEST_FUNCTION = 50
_LONGEST_PAGE = 80
_EXPLAINED = (
    *(f"shared/{name}" for name in ("domain", "policies", "contracts", "platform", "persistence")),
    *(f"shared/{name}" for name in ("temporal", "process", "web", "relay", "notices", "inbox")),
    *(f"services/{name}" for name in ("identity", "care_register", "visits", "coordination")),
    *(f"services/{name}" for name in ("justice", "health", "public_security", "department")),
    *(f"workflows/{name}" for name in ("visit_cycle", "referral", "review", "kernel", "worker")),
    *(f"deploy/{name}" for name in ("nginx", "temporal", "env", "migrations", "cli", "local", "decisions")),
    *("shared", "services", "workflows", "deploy", "tests"),
)
# Written so that this file does not match itself.
_OF_ONE_MACHINE = re.compile(
    r"/wor[k]/|/far[m]/|/roo[t]/|/hom[e]/\w|p[y]pi\.org|pythonho[s]ted|np[m]js\.|deb\.deb[i]an"
)
_MINIFIED = ".min.js"


def test_a_file_can_be_read_in_one_sitting() -> None:
    assert list(filter(None, map(_too_long, _written_by_hand(*PACKAGES, "tests")))) == []


def test_a_function_fits_on_one_screen() -> None:
    assert [
        f"{named(path)}:{function.name} {_length(function)} lines"
        for path in _written_by_hand(*PACKAGES)
        for function in functions(path)
        if _length(function) > _LONGEST_FUNCTION
    ] == []


def test_every_folder_says_in_one_page_what_lives_there() -> None:
    pages = {folder: ROOT / folder / "README.md" for folder in _EXPLAINED}

    assert [folder for folder, page in pages.items() if not page.is_file()] == []
    assert [
        folder
        for folder, page in pages.items()
        if page.read_text(encoding="utf-8").count("\n") > _LONGEST_PAGE
    ] == []


def test_the_sandbox_is_adjusted_in_one_file() -> None:
    """An unsafe block or a passed-through module anywhere else would hide an impure workflow."""
    adjusting = re.compile(
        r"SandboxRestrictions|SandboxedWorkflowRunner|workflow\.unsafe|imports_passed_through"
    )

    assert {named(path) for path in modules() if adjusting.search(path.read_text(encoding="utf-8"))} == {
        "workflows/worker/sandbox.py"
    }


def test_nothing_of_one_machine_is_tracked() -> None:
    texts = [path for path in tracked() if not path.name.endswith(_MINIFIED) and _is_text(path)]

    assert [named(p) for p in texts if _OF_ONE_MACHINE.search(p.read_text(encoding="utf-8"))] == []


def test_the_lock_names_no_index_and_there_is_no_second_lock() -> None:
    locks = ("requirements.lock", "deploy/requirements.lock")

    assert [name for name in locks if "://" in (ROOT / name).read_text(encoding="utf-8")] == []
    assert [named(path) for path in tracked() if path.name == "uv.lock"] == []


def test_the_image_installs_what_the_tests_ran_with() -> None:
    pins = [_pins(name) for name in ("requirements.lock", "deploy/requirements.lock")]

    assert pins[1] <= pins[0]


def _written_by_hand(*packages: str) -> list[Path]:
    """A migration is a record of what was run, and never edited afterwards."""
    return [path for path in modules(*packages) if "versions" not in path.parts]


def _too_long(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").count("\n")
    longest = _LONGEST_TEST_FILE if "tests" in path.parts else _LONGEST_FILE
    return f"{named(path)} {lines} lines" if lines > longest else ""


def _pins(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {line.split(" ")[0] for line in lines if "==" in line}


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]
