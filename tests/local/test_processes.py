"""A child is started, watched and stopped; nothing of it is ever left running."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.processes import (
    Child,
    ChildFailedError,
    forget,
    remember,
    run_to_end,
    still_alive,
    stop_left_behind,
)

_SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + _SLEEPS
_PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_SLEEPS!r}]).wait()"
_FAILS = "print('half way'); raise SystemExit('the disk is full')"

Start = Callable[..., Child]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a small Python program as a child; whatever a test leaves is killed."""
    children: list[Child] = []

    def _start(program: str, *, ready: str = "up", grace_seconds: float = 5.0) -> Child:
        child = Child(
            name=f"child-{len(children)}",
            argv=[sys.executable, "-c", program],
            folder=tmp_path,
            grace_seconds=grace_seconds,
        )
        children.append(child)
        child.start()
        child.wait_until(lambda: ready in child.log.read_text(encoding="utf-8"), seconds=10)
        return child

    yield _start
    for child in children:
        child.kill()


def test_a_stopped_child_is_gone_with_its_own_children(start: Start) -> None:
    child = start(_PARENT)
    family = [psutil.Process(child.pid), *psutil.Process(child.pid).children()]

    child.stop()

    assert len(family) == 2
    assert still_alive(family, seconds=5) == []


def test_a_child_that_will_not_listen_is_killed_after_its_grace(start: Start) -> None:
    child = start(_DEAF, grace_seconds=0.2)

    child.stop()

    assert not child.is_running()


def test_a_child_that_dies_while_starting_is_named_with_its_last_lines(start: Start) -> None:
    with pytest.raises(ChildFailedError, match="child-0 stopped before it was ready") as failed:
        start(_FAILS, ready="never")

    assert failed.value.lines == ["half way", "the disk is full"]


def test_a_child_that_never_gets_ready_is_named(tmp_path: Path) -> None:
    child = Child(name="slow", argv=[sys.executable, "-c", _SLEEPS], folder=tmp_path)
    child.start()

    with pytest.raises(ChildFailedError, match="slow was not ready after 0 s"):
        child.wait_until(lambda: False, seconds=0.1)

    child.kill()


def test_a_command_returns_what_it_said_or_why_it_failed(tmp_path: Path) -> None:
    says = Child(name="says", argv=[sys.executable, "-c", "print('done')"], folder=tmp_path)
    fails = Child(name="fails", argv=[sys.executable, "-c", _FAILS], folder=tmp_path)

    assert run_to_end(says) == "done\n"
    with pytest.raises(ChildFailedError, match="fails ended with status 1"):
        run_to_end(fails)


def test_what_a_killed_launcher_left_behind_is_found_and_stopped(start: Start, tmp_path: Path) -> None:
    child = start(_SLEEPS)

    assert stop_left_behind(tmp_path) == ["child-0"]
    assert not child.is_running()
    assert stop_left_behind(tmp_path) == []


def test_a_stranger_who_got_the_same_pid_is_left_alone(start: Start, tmp_path: Path) -> None:
    stranger = start(_SLEEPS)
    forget(tmp_path, stranger.name)
    remember(tmp_path, "worker", stranger.pid)
    note = tmp_path / "run" / "worker.json"
    noted = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps({**noted, "created": 1.0}), encoding="utf-8")

    assert stop_left_behind(tmp_path) == []
    assert stranger.is_running()
