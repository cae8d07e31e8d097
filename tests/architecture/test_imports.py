"""Imports point one way; import-linter proves it, with nothing ignored."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, functions, imported, modules, named, tree

_WORKFLOW_MAY_IMPORT = ("shared.domain", "shared.contracts", "workflows.kernel", "temporalio")
_FEWEST_CONTRACTS = 7


def test_every_import_contract_is_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    finished = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stdout


def test_no_contract_ignores_an_import() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]

    assert len(contracts) >= _FEWEST_CONTRACTS
    assert [contract["name"] for contract in contracts if "ignore_imports" in contract] == []


def test_a_workflow_file_imports_only_what_is_safe_to_replay() -> None:
    workflows = [path for path in modules("workflows") if path.name == "workflow.py"]

    assert workflows
    assert [
        f"{named(path)}: {name}"
        for path in workflows
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not f"{name}.".startswith(tuple(f"{allowed}." for allowed in _WORKFLOW_MAY_IMPORT))
    ] == []


def test_no_function_imports() -> None:
    assert [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ] == []


def test_an_init_file_holds_a_docstring_or_nothing() -> None:
    inits = [path for path in modules(*PACKAGES, "tests") if path.name == "__init__.py"]

    assert [named(path) for path in inits if not _says_only_what_it_is(tree(path))] == []


def _says_only_what_it_is(module: ast.Module) -> bool:
    return len(module.body) == (1 if ast.get_docstring(module) else 0)
