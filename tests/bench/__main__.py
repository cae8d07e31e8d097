"""`make bench`: speed and size of one run as a table. Ratios within the run; never a timed test."""

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from deploy.local.postgres import SUPERUSER
from deploy.local.processes import Child
from deploy.local.stack import Ports, Stack
from shared.platform.settings import Settings
from tests.bench.claims import measure_claims
from tests.bench.classes import measure_classes
from tests.bench.contacts import measure_contacts
from tests.bench.memory import measure_memory
from tests.story.office import Office

LEAST_RATE, MOST_OVER_HTTP, MOST_BY_GATEWAY, MOST_MEMORY = 0.6, 1.6, 1.15, 1229
MOST_CLASSING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure, what it is measured against, and whether it keeps the promise."""

    what: str
    figure: str
    against: str
    promise: str
    is_kept: bool


def main() -> None:
    """Start everything as `make run` does, measure, print, stop."""
    with tempfile.TemporaryDirectory(prefix="tanfang-bench-") as folder, _running(Path(folder)) as stack:
        for line in _lines(stack):
            kept = "kept" if line.is_kept else "MISSED"
            click.echo(f"{line.what:<34}{line.figure:>12}{line.against:>34}{line.promise:>12}  {kept}")


def _lines(stack: Stack) -> Iterator[Line]:
    """The figures, memory last: by then everything has worked."""
    with contextlib.closing(Office(stack)) as office:
        yield _contacts(office)
        yield from _claims(office, stack)
    yield _classes(measure_classes())
    yield _memory(measure_memory(stack))


def _classes(seconds: float) -> Line:
    return Line(
        what="class 100,000 elders",
        figure=f"{seconds:.1f} s",
        against="of one core",
        promise=f"<= {MOST_CLASSING}",
        is_kept=seconds <= MOST_CLASSING,
    )


def _memory(found: dict[str, float]) -> Line:
    total = sum(found.values())
    parts = " + ".join(f"{size:.0f}" for size in found.values())
    return Line(
        what="memory of everything (PSS)",
        figure=f"{total:.0f} MiB",
        against=parts,
        promise=f"<= {MOST_MEMORY}",
        is_kept=total <= MOST_MEMORY,
    )


def _contacts(office: Office) -> Line:
    rates = measure_contacts(office)
    ratio = rates.recorded / rates.plain
    return Line(
        what="contacts recorded over HTTP",
        figure=f"{rates.recorded:.0f}/s",
        against=f"{ratio:.2f} x {rates.plain:.0f}/s plain",
        promise=f">= {LEAST_RATE}",
        is_kept=ratio >= LEAST_RATE,
    )


def _claims(office: Office, stack: Stack) -> Iterator[Line]:
    with _bare_worker(stack):
        times = measure_claims(office, _settings(stack))
    for what, taken, most in (
        ("claim over HTTP", times.over_http, MOST_OVER_HTTP),
        ("claim through the client alone", times.by_gateway, MOST_BY_GATEWAY),
    ):
        ratio = taken / times.bare
        yield Line(
            what=what,
            figure=f"{taken:.1f} ms",
            against=f"{ratio:.2f} x {times.bare:.1f} ms bare Update",
            promise=f"<= {most}",
            is_kept=ratio <= most,
        )


@contextlib.contextmanager
def _running(folder: Path) -> Iterator[Stack]:
    """The stack, with the plain route beside the real ones."""
    stack = Stack(folder, Ports.free())
    stack.web.argv[-1] = "tests.bench.wsgi:application"
    stack.environment |= {
        "TANFANG_DATABASE_ADMIN": SUPERUSER,
        "TANFANG_DATABASE_ADMIN_PASSWORD": stack.postgres.password,
    }
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@contextlib.contextmanager
def _bare_worker(stack: Stack) -> Iterator[None]:
    worker = Child(
        name="bare",
        argv=[sys.executable, "-m", "tests.bench.bare_worker"],
        folder=stack.folder,
        environment=stack.environment,
    )
    worker.start()
    yield
    worker.stop()


def _settings(stack: Stack) -> Settings:
    """What this process needs to ask Temporal as a service does."""
    return Settings(
        temporal_address=stack.temporal.address,
        master_keys=stack.environment["TANFANG_MASTER_KEYS"],
        index_key=stack.environment["TANFANG_INDEX_KEY"],
    )


if __name__ == "__main__":
    main()
