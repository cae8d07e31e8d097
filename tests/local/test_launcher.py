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

pytestmark = [pytest.mark.crash, pytest.mark.timeout(420)]

_READY = "Ctrl-C stops everything"
_START_SECONDS = 180
_STOP_SECONDS = 40


class Launcher:
    """One `python -m deploy.local run` on a folder of its own."""

    def __init__(self, folder: Path, ports: Ports) -> None:
        self._folder = folder
        self._output = folder / "said.txt"
        self._settings = {
            "TANFANG_WEB_PORT": str(ports.web),
            "TANFANG_POSTGRES_PORT": str(ports.postgres),
            "TANFANG_TEMPORAL_PORT": str(ports.temporal),
            "TANFANG_TEMPORAL_UI_PORT": str(ports.temporal_ui),
        }
        self.family: list[psutil.Process] = []
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """See to it that it runs and is ready; remember every process that belongs to it."""
        if self._process is not None and self._process.poll() is None:
            return
        with self._output.open("w") as output:
            self._process = subprocess.Popen(
                self._command("run"),
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self._settings},
            )
        give_up = time.monotonic() + _START_SECONDS
        while _READY not in self.said:
            assert self._process.poll() is None, self.said
            assert time.monotonic() < give_up, self.said
            time.sleep(0.1)
        self.family = [*psutil.Process(self._process.pid).children(recursive=True)]

    def send(self, sign: signal.Signals) -> None:
        """Send it a signal, as the keyboard or the system does."""
        assert self._process is not None
        self._process.send_signal(sign)

    def wait(self) -> int:
        """Wait until it has ended; return its status."""
        assert self._process is not None
        return self._process.wait(_STOP_SECONDS)

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
    def said(self) -> str:
        """What it has printed since its last start."""
        return self._output.read_text(encoding="utf-8")

    @property
    def state(self) -> Path:
        """Where it keeps its state."""
        return self._folder / "state"

    def _command(self, verb: str) -> list[str]:
        return [sys.executable, "-m", "deploy.local", verb, "--folder", str(self.state)]


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    """A launcher on free ports, shared: each test finds it in whatever state the last one left behind."""
    started = Launcher(tmp_path_factory.mktemp("launcher"), Ports.free())
    yield started
    started.reset()


def test_what_a_killed_run_left_behind_is_stopped_by_the_next(launcher: Launcher) -> None:
    launcher.run()
    launcher.send(signal.SIGKILL)
    launcher.wait()
    orphans = launcher.family

    launcher.run()

    assert still_alive(orphans, seconds=1) == []
    assert "which an earlier run left behind" in launcher.said


def test_a_child_that_dies_is_named_and_the_rest_stopped(launcher: Launcher) -> None:
    launcher.run()

    os.kill(launcher.pid_of("shared.relay"), signal.SIGKILL)

    assert launcher.wait() == 1
    assert "Error: relay stopped by itself; the rest was stopped with it" in launcher.said
    assert launcher.left_over() == []


def test_ctrl_c_stops_all_of_it(launcher: Launcher) -> None:
    launcher.run()

    launcher.send(signal.SIGINT)

    assert launcher.wait() == 0
    assert launcher.left_over() == []
    assert list((launcher.state / "run").iterdir()) == []


def test_reset_stops_a_stack_that_is_running(launcher: Launcher) -> None:
    launcher.run()

    launcher.reset()

    assert launcher.wait() == 0
    assert launcher.left_over() == []
    assert not launcher.state.exists()
