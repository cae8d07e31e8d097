"""Start the stack step by step, watch it, and stop all of it whatever happens."""

import contextlib
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from deploy.local.keys import note_settings
from deploy.local.ports import NoPortError, PortTakenError
from deploy.local.processes import LAUNCHER, ChildFailedError, forget, remember, stop_left_behind
from deploy.local.stack import Ports, Stack

_LOOK_EVERY_SECONDS = 0.5


def run(folder: Path) -> None:
    """Start everything, show the way in, and keep watch until Ctrl-C.

    Raises:
        click.ClickException: something is in the way or failed; everything is stopped by then.
    """
    with _only_one(folder):
        try:
            ports = Ports.from_env()
            ports.check()
            _run(Stack(folder, ports))
        except (NoPortError, PortTakenError) as error:
            raise click.ClickException(str(error)) from error
        except ChildFailedError as error:
            raise click.ClickException("\n  | ".join([str(error), *error.lines])) from error


def reset(folder: Path) -> None:
    """Stop what still runs from this folder, then wipe it."""
    for name in stop_left_behind(folder):
        click.echo(f"stopped {name}")
    shutil.rmtree(folder, ignore_errors=True)
    click.echo(f"{folder}/ is gone; `make run` starts anew")


def _run(stack: Stack) -> None:
    _stop_on_signals()
    try:
        started = time.monotonic()
        note_settings(stack.folder, stack.environment)
        for step in stack.steps():
            with _timed(step.title):
                step.do()
        _show_the_way_in(stack, seconds=time.monotonic() - started)
        _watch(stack)
    except KeyboardInterrupt:
        click.echo()
    finally:
        _ignore_signals()
        with _timed("stopping"):
            stack.stop()


def _watch(stack: Stack) -> None:
    """Return never: only a signal or the death of a child ends it."""
    while True:
        for child in stack.children:
            if not child.is_running():
                raise child.failure("stopped by itself; the rest was stopped with it")
        time.sleep(_LOOK_EVERY_SECONDS)


def _show_the_way_in(stack: Stack, *, seconds: float) -> None:
    click.echo(f"\n  ready after {seconds:.1f} s")
    click.echo(f"  pages        {stack.origin}/")
    click.echo(f"  Temporal UI  {stack.temporal.ui_address}/")
    click.echo(f"  logs         {stack.folder / 'logs'}/")
    click.echo("  command      .venv/bin/tanfang --help\n")
    click.echo(stack.command("demo-accounts", "demo", "accounts"))
    click.echo("  Ctrl-C stops everything and keeps the data; `make reset` wipes it.")


@contextlib.contextmanager
def _timed(title: str) -> Iterator[None]:
    click.echo(f"  {title:<32}", nl=False)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("failed")
        raise
    click.echo(f"{time.monotonic() - started:5.1f} s")


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the folder: two stacks on one cluster would ruin it. The system frees it if we are killed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise click.ClickException(
                f"already running from {folder}/; stop it there with Ctrl-C"
            ) from error
        for name in stop_left_behind(folder):
            click.echo(f"  stopped {name}, which an earlier run left behind")
        remember(folder, LAUNCHER, os.getpid())
        try:
            yield
        finally:
            forget(folder, LAUNCHER)


def _stop_on_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def _ignore_signals() -> None:
    """An impatient second Ctrl-C must not leave half of it running."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt
