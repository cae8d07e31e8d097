"""The container files refer only to what exists: no engine runs here, so references are checked instead."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.contracts.places import PREFIXES
from shared.platform.logins import Login
from tests.architecture.source import ROOT, modules

_VARIABLE = re.compile(r"\$\{(\w+)(:\?|:-)?")
_PYTHON = re.compile(r"python -m ([\w.]+)|(\S+):(?:app|application)\b")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file with its anchors resolved."""
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return parsed


def test_the_compose_file_follows_the_specification() -> None:
    _passes("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_the_image_is_built_as_hadolint_advises() -> None:
    _passes("hadolint", "deploy/Dockerfile")


def test_every_service_waits_only_for_services_that_exist(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert {name for service in services.values() for name in service.get("depends_on", ())} <= set(services)


def test_every_mounted_file_and_volume_exists(compose: dict[str, Any]) -> None:
    sources = [mount.split(":")[0] for s in compose["services"].values() for mount in s.get("volumes", ())]
    files = [ROOT / source for source in sources if source.startswith("./")]
    volumes = {source for source in sources if source[0] not in "./$"}

    assert [path for path in files if not path.exists()] == []
    assert volumes == set(compose["volumes"])


def test_every_command_starts_a_module_of_ours(compose: dict[str, Any]) -> None:
    commands = " ; ".join(str(service.get("command", "")) for service in compose["services"].values())
    started = {first or second for first, second in _PYTHON.findall(commands)}

    assert started
    assert [name for name in started if not _module_exists(name)] == []


def test_every_service_of_the_project_has_a_container(compose: dict[str, Any]) -> None:
    commands = " ".join(str(service.get("command", "")) for service in compose["services"].values())

    assert [name for name in PREFIXES if f"services.{name}.wsgi:app" not in commands] == []


def test_every_setting_is_one_that_the_settings_read(compose: dict[str, Any]) -> None:
    source = (ROOT / "shared/platform/settings.py").read_text(encoding="utf-8")
    given = {name for service in compose["services"].values() for name in service.get("environment", ())}
    passwords = {f"TANFANG_DATABASE_PASSWORD_{login.upper()}" for login in Login}
    ours = {name for name in given if name.startswith("TANFANG_")} - passwords

    assert [name for name in ours if f'"{name.removeprefix("TANFANG_")}"' not in source] == []
    assert passwords <= given


def test_every_variable_without_a_default_is_in_the_example() -> None:
    compose_text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / "deploy/env/.env.example").read_text(encoding="utf-8")
    asked = {name for name, kind in _VARIABLE.findall(compose_text) if kind != ":-"}

    assert [name for name in sorted(asked) if f"\n{name}=" not in example] == []


def test_no_port_is_published_twice(compose: dict[str, Any]) -> None:
    published = [port.rsplit(":", 1)[0] for s in compose["services"].values() for port in s.get("ports", ())]

    assert len(published) == len(set(published))


def test_nginx_knows_the_prefixes_and_containers_that_there_are(compose: dict[str, Any]) -> None:
    nginx = (ROOT / "deploy/nginx/tanfang.conf").read_text(encoding="utf-8")
    routed = set(re.findall(r"~\^(/[\w-]+)\(", nginx))
    containers = set(re.findall(r"^    (?:default|~\S+) +([a-z-]+);", nginx, re.MULTILINE))

    assert routed == {prefix for prefix in PREFIXES.values() if prefix}
    assert containers <= set(compose["services"])


def _passes(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(tool)
    finished = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def _module_exists(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return bool({path.with_suffix(".py"), path / "__main__.py"} & set(modules()))
