"""`make run` as a newcomer meets it: started, killed, started again, half dead, and stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.processes import still_alive
from deploy.local.stack import Ports
from tests.servers import ROOT

pytestmark = [pytest.mark.crash, pytest.mark.timeout(240)]

_READY = "Ctrl-C stops everything"
_START_SECONDS = 90
_STOP_SECONDS = 40


class Launcher:
    """One `python -m deploy.local run` on a folder of its own."""

    def __init__(self, folder: Path, ports: Ports) -> None:
        self._folder = folder
        self._settings = {
            "TANFANG_WEB_PORT": str(ports.web),
            "TANFANG_POSTGRES_PORT": str(ports.postgres),
            "TANFANG_TEMPORAL_PORT": str(ports.temporal),
            "TANFANG_TEMPORAL_UI_PORT": str(ports.temporal_ui),
        }
        self.said = ""
        self.family: list[psutil.Process] = []

    def start(self) -> None:
        """Start it and wait until it is ready; remember every process that belongs to it."""
        output = self._folder / "said.txt"
        with output.open("w") as said:
            self.process = subprocess.Popen(
                self._command("run"),
                cwd=ROOT,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self._settings},
            )
        give_up = time.monotonic() + _START_SECONDS
        while _READY not in output.read_text(encoding="utf-8"):
            assert self.process.poll() is None, output.read_text(encoding="utf-8")
            assert time.monotonic() < give_up, output.read_text(encoding="utf-8")
            time.sleep(0.1)
        self.family = [*psutil.Process(self.process.pid).children(recursive=True)]

    def wait(self) -> int:
        """Wait until it has ended by itself; return its status."""
        status = self.process.wait(_STOP_SECONDS)
        self.said = (self._folder / "said.txt").read_text(encoding="utf-8")
        return status

    def reset(self) -> None:
        """Run what `make reset` runs."""
        subprocess.run(self._command("reset"), cwd=ROOT, check=True, capture_output=True)

    def left_over(self) -> list[psutil.Process]:
        """What of the last start is still alive."""
        return still_alive(self.family, seconds=5)

    def pid_of(self, child: str) -> int:
        """The process id of one child, from the pages of the system."""
        return next(p.pid for p in self.family if child in " ".join(p.cmdline()))

    @property
    def state(self) -> Path:
        """Where it keeps its state."""
        return self._folder / "state"

    def _command(self, verb: str) -> list[str]:
        return [sys.executable, "-m", "deploy.local", verb, "--folder", str(self.state)]


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    """A launcher on free ports; nothing of it survives the test."""
    started = Launcher(tmp_path, Ports.free())
    yield started
    started.reset()


def test_nothing_is_left_running_however_it_ends(launcher: Launcher) -> None:
    """Killed, it is cleaned up after; when a child dies it names it; on Ctrl-C it stops all of it."""
    launcher.start()
    launcher.process.kill()
    launcher.process.wait()
    orphans = launcher.family

    launcher.start()
    assert still_alive(orphans, seconds=1) == []
    os.kill(launcher.pid_of("shared.relay"), signal.SIGKILL)
    assert launcher.wait() == 1
    assert "which an earlier run left behind" in launcher.said
    assert "Error: relay stopped by itself; the rest was stopped with it" in launcher.said
    assert launcher.left_over() == []

    launcher.start()
    launcher.process.send_signal(signal.SIGINT)
    assert launcher.wait() == 0
    assert launcher.left_over() == []
    assert list((launcher.state / "run").iterdir()) == []

    launcher.reset()
    assert not launcher.state.exists()


def test_reset_stops_a_stack_that_is_running(launcher: Launcher) -> None:
    launcher.start()

    launcher.reset()

    assert launcher.wait() == 0
    assert launcher.left_over() == []
    assert not launcher.state.exists()
