"""`make bench`: speed and size of one run as a table. Ratios within the run; never a timed test."""

import contextlib
import math
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
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
from tests.bench.pages import measure_pages
from tests.bench.rates import measure_race, measure_rates
from tests.story.office import Office

LEAST_RATE, MOST_OVER_HTTP, MOST_BY_GATEWAY, MOST_MEMORY = 0.6, 1.6, 1.15, 1229
MOST_CLASSING, MOST_PAGE, LEAST_REFERRALS, MOST_RACING = 10, 1.5, 0.8, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure and what it is measured against; `value` is what the promise holds at most, or at least."""

    what: str
    figure: str
    against: str
    value: float
    at_most: float = math.inf
    at_least: float = 0

    @property
    def promise(self) -> str:
        """The promise as it is printed."""
        return f"<= {self.at_most}" if self.at_most < math.inf else f">= {self.at_least}"

    @property
    def is_kept(self) -> bool:
        """Whether the value is within it."""
        return self.at_least <= self.value <= self.at_most


@click.command()
@click.argument("only", nargs=-1)
def main(only: tuple[str, ...]) -> None:
    """Start everything as `make run` does, measure all or the named sections, print, stop."""
    if unknown := set(only) - set(SECTIONS):
        raise click.BadParameter(f"{', '.join(unknown)}: not one of {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory(prefix="tanfang-bench-") as folder, _running(Path(folder)) as stack:
        for line in _lines(stack, only or tuple(SECTIONS)):
            kept = "kept" if line.is_kept else "MISSED"
            click.echo(f"{line.what:<42}{line.figure:>12}{line.against:>34}{line.promise:>12}  {kept}")


def _lines(stack: Stack, sections: Collection[str]) -> Iterator[Line]:
    with contextlib.closing(Office(stack)) as office:
        for section, measured in SECTIONS.items():
            if section in sections:
                yield from measured(office)


def _classes(_: Office) -> Iterator[Line]:
    seconds = measure_classes()
    yield Line(
        what="class 100,000 elders",
        figure=f"{seconds:.1f} s",
        against="of one core",
        value=seconds,
        at_most=MOST_CLASSING,
    )


def _pages(office: Office) -> Iterator[Line]:
    for page in measure_pages(office):
        yield Line(
            what=f"inbox of 5,000: {page.what}",
            figure=f"{page.page:.1f} ms",
            against=f"{page.ratio:.2f} x {page.bare:.1f} ms rows and template",
            value=page.ratio,
            at_most=MOST_PAGE,
        )


def _memory(office: Office) -> Iterator[Line]:
    found = measure_memory(office.stack)
    total = sum(found.values())
    parts = " + ".join(f"{size:.0f}" for size in found.values())
    yield Line(
        what="memory of everything (PSS)",
        figure=f"{total:.0f} MiB",
        against=parts,
        value=total,
        at_most=MOST_MEMORY,
    )


def _contacts(office: Office) -> Iterator[Line]:
    rates = measure_contacts(office)
    ratio = rates.recorded / rates.plain
    yield Line(
        what="contacts recorded over HTTP",
        figure=f"{rates.recorded:.0f}/s",
        against=f"{ratio:.2f} x {rates.plain:.0f}/s plain",
        value=ratio,
        at_least=LEAST_RATE,
    )


def _claims(office: Office) -> Iterator[Line]:
    with _bare_worker(office.stack):
        times = measure_claims(office, _settings(office.stack))
    for what, taken, most in (
        ("claim over HTTP", times.over_http, MOST_OVER_HTTP),
        ("claim through the client alone", times.by_gateway, MOST_BY_GATEWAY),
    ):
        ratio = taken / times.bare
        yield Line(
            what=what,
            figure=f"{taken:.1f} ms",
            against=f"{ratio:.2f} x {times.bare:.1f} ms bare Update",
            value=ratio,
            at_most=most,
        )


def _rates(office: Office) -> Iterator[Line]:
    with _bare_worker(office.stack):
        rates = measure_rates(office, _settings(office.stack))
    ratio = rates.ours / rates.bare
    yield Line(
        what="referrals claimed and done",
        figure=f"{rates.ours:.0f}/s",
        against=f"{ratio:.2f} x {rates.bare:.0f}/s bare",
        value=ratio,
        at_least=LEAST_REFERRALS,
    )


def _race(office: Office) -> Iterator[Line]:
    race = measure_race(office, _settings(office.stack))
    ratio = race.slowest / race.alone
    yield Line(
        what="slowest of fifty claims of one referral",
        figure=f"{race.slowest:.0f} ms",
        against=f"{ratio:.1f} x {race.alone:.1f} ms alone",
        value=ratio,
        at_most=MOST_RACING,
    )


SECTIONS: Mapping[str, Callable[[Office], Iterator[Line]]] = {
    "contacts": _contacts,
    "claims": _claims,
    "rates": _rates,
    "race": _race,
    "pages": _pages,
    "classes": _classes,
    "memory": _memory,
}
"""In this order; memory last: by then everything has worked."""


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
    try:
        yield
    finally:
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
