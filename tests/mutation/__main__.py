"""`make mutation`: change each rule a little, one change at a time; count what no test notices.

The changes are mutmut's, tried on a copy of the tree. The run may be broken off at any time: what was tried
before, and whose rule has not changed since, is not tried again, but for what got through, if the tests have
changed. `python -m tests.mutation --only-score` prints what is known so far.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".tools" / "mutation"
WORK = TOOLS / "work"
RULES = "shared/domain"
TESTS = "tests/domain"
MUTANTS = WORK / "mutants" / RULES
TREES = ("shared", "services", "workflows", "deploy", "tests")
SETTINGS = "\n    ".join(
    (
        f"[mutmut]\nsource_paths={RULES}\npytest_add_cli_args_test_selection={TESTS}\nalso_copy=",
        "pyproject.toml",
        *TREES,
    )
)
LEAST = 0.85
SURVIVED = frozenset({0, 5, 33})
"""mutmut's words for a change that the tests passed, or that no test of them ever runs."""


@click.command()
@click.argument("only", nargs=-1)
@click.option("--only-score", is_flag=True, help="Try nothing; print what is known so far.")
@click.option("--survivors", is_flag=True, help="Name each change that no test noticed.")
def main(only: tuple[str, ...], *, only_score: bool, survivors: bool) -> None:
    """Try every change, or those of some modules, print the score of each, and fail below the least score."""
    if not only_score:
        _try_changes(only)
    tried = dict(sorted(_tried()))
    for module, changes in tried.items():
        click.echo(_line(module, changes))
        missed = [name for name, code in changes.items() if code in SURVIVED] if survivors else []
        for name in missed:
            click.echo(f"    {name}")
    everything = {name: code for changes in tried.values() for name, code in changes.items()}
    click.echo(_line("all", everything))
    weak = [module for module, changes in tried.items() if _score(changes) < LEAST]
    untried = not only and None in everything.values()
    sys.exit(1 if weak or not everything or untried else 0)


def _try_changes(only: tuple[str, ...]) -> None:
    """Copy the tree and let mutmut work on the copy; `only`: how modules' names begin, all if empty."""
    WORK.mkdir(parents=True, exist_ok=True)
    for tree in TREES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.rmtree(WORK / tree, ignore_errors=True)
        shutil.copytree(ROOT / tree, WORK / tree, ignore=ignored)
    shutil.copy2(ROOT / "pyproject.toml", WORK)
    (WORK / "setup.cfg").write_text(SETTINGS, encoding="utf-8")
    _forget_what_other_tests_missed()
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutation"}
    asked = [f"{RULES.replace('/', '.')}.{name}*" for name in only]
    mutmut = TOOLS / "venv" / "bin" / "mutmut"
    subprocess.run([mutmut, "run", *asked], cwd=WORK, env=environment, check=False)


def _forget_what_other_tests_missed() -> None:
    """See anew which test reaches which rule and, if the tests have changed, try again what got through."""
    (WORK / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    files = sorted([*(WORK / TESTS).rglob("*.py"), *(WORK / "tests").glob("*.py")])
    now = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    before = WORK / "tests.sha256"
    if before.exists() and before.read_text(encoding="utf-8") == now:
        return
    for kept in MUTANTS.rglob("*.meta"):
        known = json.loads(kept.read_text(encoding="utf-8"))
        codes = known["exit_code_by_key"]
        codes.update({name: None for name, code in codes.items() if code in SURVIVED})
        kept.write_text(json.dumps(known), encoding="utf-8")
    before.write_text(now, encoding="utf-8")


def _tried() -> Iterator[tuple[str, dict[str, int | None]]]:
    """Each module with its changes; the exit code of the tests, or None where a change was not tried yet."""
    for kept in MUTANTS.rglob("*.meta"):
        changes: dict[str, int | None] = json.loads(kept.read_text(encoding="utf-8"))["exit_code_by_key"]
        if changes:
            yield str(kept.relative_to(MUTANTS)).removesuffix(".py.meta"), changes


def _score(changes: dict[str, int | None]) -> float:
    tried = [code for code in changes.values() if code is not None]
    return sum(code not in SURVIVED for code in tried) / len(tried) if tried else 1.0


def _line(module: str, changes: dict[str, int | None]) -> str:
    found = Counter("new" if code is None else code in SURVIVED for code in changes.values())
    waiting = f", {found['new']} not tried" if found["new"] else ""
    return f"{_score(changes):6.1%}  {module}: {found[False]} noticed, {found[True]} missed{waiting}"


if __name__ == "__main__":
    main()
