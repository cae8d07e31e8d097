"""Child processes of the launcher: each in its own group, with its own log, remembered on disk.

The note on disk is what lets the next start (or `make reset`) stop what a killed launcher left behind. A note
holds the pid and the moment that process was created, so a pid that a stranger has got since is left alone.
"""

import contextlib
import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import psutil

LAUNCHER = "launcher"
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 20.0


class ChildFailedError(Exception):
    """A child did not start, did not get ready or died; `lines` are the last of its log."""

    def __init__(self, name: str, why: str, *, lines: list[str]) -> None:
        super().__init__(f"{name} {why}")
        self.lines = lines


@dataclass(slots=True, kw_only=True)
class Child:
    """One program that runs until it is told to stop.

    `stop_signal` asks it to finish what it holds; after `grace_seconds` its whole group is killed.
    `account` runs it as somebody else, which only root may ask for.
    """

    name: str
    argv: list[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 10.0
    account: pwd.struct_passwd | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        """Where its output goes; the log of the run before is overwritten."""
        return self.folder / "logs" / f"{self.name}.log"

    @property
    def pid(self) -> int:
        """The process id.

        Raises:
            ChildFailedError: it was never started.
        """
        return self._started().pid

    def start(self) -> None:
        """Start it in a process group of its own, so that a Ctrl-C reaches the launcher alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
                **as_account(self.account),
            )
        remember(self.folder, self.name, self._process.pid, self.stop_signal)

    def is_running(self) -> bool:
        """Whether it is alive now."""
        return self._process is not None and self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `ready` says so.

        Raises:
            ChildFailedError: it died first, or the time ran out.
        """
        give_up = time.monotonic() + seconds
        while not ready():
            if not self.is_running():
                raise self.failure("stopped before it was ready")
            if time.monotonic() > give_up:
                raise self.failure(f"was not ready after {seconds:.0f} s")
            time.sleep(_POLL_SECONDS)

    def wait(self) -> int:
        """Wait until it ends by itself and return its status."""
        return self._started().wait()

    def failure(self, why: str) -> ChildFailedError:
        """What to raise about this child, with the end of its log."""
        return ChildFailedError(self.name, why, lines=last_lines(self.log))

    def ask_to_stop(self) -> None:
        """Send the stop signal, without waiting."""
        if self._process is not None and self.is_running():
            self._process.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Stop it, kindly first; afterwards nothing of its group runs and the note is gone."""
        if self._process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.grace_seconds)
        self.kill()

    def kill(self) -> None:
        """Kill its whole group at once, as a power cut would."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        forget(self.folder, self.name)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ChildFailedError(self.name, "was not started", lines=[])
        return self._process


class _Account(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def as_account(account: pwd.struct_passwd | None) -> _Account:
    """How `subprocess` is told to run a program as somebody else; nothing to tell for ourselves."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def last_lines(log: Path, count: int = 15) -> list[str]:
    """The end of a log, which is where a program says why it stopped."""
    if not log.exists():
        return []
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]


def run_to_end(child: Child) -> str:
    """Run a program that ends by itself and return what it said.

    Raises:
        ChildFailedError: it ended with an error.
    """
    child.start()
    try:
        status = child.wait()
    finally:
        child.kill()
    if status:
        raise child.failure(f"ended with status {status}")
    return child.log.read_text(encoding="utf-8")


def stop_all(children: Iterable[Child]) -> None:
    """Ask all of them at once, then wait for each."""
    asked = list(children)
    for child in asked:
        child.ask_to_stop()
    for child in asked:
        child.stop()


def still_alive(processes: Iterable[psutil.Process], *, seconds: float) -> list[psutil.Process]:
    """Wait until all of them have ended, or for so long; return those that have not.

    One that has ended but whose parent never asked for its status counts as ended: inside a container nobody
    may ever ask.
    """
    give_up = time.monotonic() + seconds
    alive = [process for process in processes if _is_alive(process)]
    while alive and time.monotonic() < give_up:
        time.sleep(_POLL_SECONDS)
        alive = [process for process in alive if _is_alive(process)]
    return alive


def remember(folder: Path, name: str, pid: int, stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Note which process runs under this name, and how it wants to be stopped."""
    note = _note(folder, name)
    note.parent.mkdir(parents=True, exist_ok=True)
    noted = {"pid": pid, "created": psutil.Process(pid).create_time(), "stop_signal": stop_signal}
    note.write_text(json.dumps(noted), encoding="utf-8")


def forget(folder: Path, name: str) -> None:
    """Drop the note."""
    _note(folder, name).unlink(missing_ok=True)


def stop_left_behind(folder: Path) -> list[str]:
    """Stop what still runs from this folder, latest first; return the names of what was alive.

    A launcher that lives goes before everything else: it stops its own children.
    """
    launcher = _note(folder, LAUNCHER)
    others = sorted((folder / "run").glob("*.json"), key=lambda note: note.stat().st_mtime, reverse=True)
    return [note.stem for note in dict.fromkeys([launcher, *others]) if note.exists() and _stop_noted(note)]


def _stop_noted(note: Path) -> bool:
    noted = json.loads(note.read_text(encoding="utf-8"))
    note.unlink()
    try:
        process = psutil.Process(noted["pid"])
        if process.create_time() != noted["created"]:
            return False
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return False
    process.send_signal(noted["stop_signal"])
    for stubborn in still_alive(family, seconds=_GRACE_SECONDS):
        with contextlib.suppress(psutil.NoSuchProcess):
            stubborn.kill()
    return True


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _note(folder: Path, name: str) -> Path:
    return folder / "run" / f"{name}.json"
