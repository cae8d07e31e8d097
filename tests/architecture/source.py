"""Our own source as the architecture tests read it: files that git knows, and their syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("shared", "services", "workflows", "deploy")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that a clone would hold, new ones included: tracked, or not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is how we got here
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return tuple(path for path in paths if path.is_file())


def modules(*packages: str) -> list[Path]:
    """The Python files of these packages."""
    folders = [ROOT / package for package in packages or PACKAGES]
    return [
        path for path in tracked() if path.suffix == ".py" and any(path.is_relative_to(f) for f in folders)
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    return [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of every call in a file."""
    made = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [(call.lineno, ast.unparse(call.func)) for call in made]


def named(path: Path) -> str:
    """The file as the project calls it."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """The dotted names of the modules that a file imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def words(path: Path) -> list[tuple[int, str]]:
    """Line and text of every string that the program uses: docstrings explain it and are left out."""
    explaining = {
        id(node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    constants = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)]
    return [
        (node.lineno, node.value)
        for node in constants
        if isinstance(node.value, str) and id(node) not in explaining
    ]
