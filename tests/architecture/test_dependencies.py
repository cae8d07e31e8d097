"""What we install is what we use: every runtime dependency is imported, and what is imported is declared."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, imported, modules

_USED_WITHOUT_AN_IMPORT = {
    "gunicorn",  # a program
    "tzdata",  # the zones, where the system has none
}


def test_every_runtime_dependency_is_imported() -> None:
    used = _distributions(modules(*PACKAGES))

    assert sorted(_declared("dependencies") - used - _USED_WITHOUT_AN_IMPORT) == []


def test_everything_imported_is_declared() -> None:
    local = modules("deploy/local")
    production = [path for path in modules() if path not in local]

    assert sorted(_distributions(production) - _declared("dependencies")) == []
    assert sorted(_distributions(local) - _declared("dependencies") - _declared("local")) == []


def _declared(part: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project[part] if part in project else project["optional-dependencies"][part]
    return {_normal(re.split(r"[\[>=<]", line)[0]) for line in lines}


def _distributions(paths: list[Path]) -> set[str]:
    """The installed distributions behind the third-party modules that these files import."""
    tops = {name.split(".")[0] for path in paths for name in imported(path)}
    theirs = tops - set(sys.stdlib_module_names) - {*PACKAGES, "tests"}
    installed = packages_distributions()
    return {_normal(name) for top in theirs for name in installed.get(top, [top])}


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")
