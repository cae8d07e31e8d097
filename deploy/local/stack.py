"""The stack: every process of a small installation, in the order in which they need each other."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import httpx

from deploy.local import health
from deploy.local.keys import keys_of
from deploy.local.ports import HOST, NoPortError, PortTakenError, free_port, is_free, port_in
from deploy.local.postgres import SUPERUSER, Postgres
from deploy.local.processes import Child, run_to_end, stop_all
from deploy.local.temporal import TemporalServer
from shared.contracts.places import PREFIXES
from shared.platform.settings import Environment

_READY_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where each part listens on 127.0.0.1."""

    web: int = 8000
    postgres: int = 54320
    temporal: int = 7233
    temporal_ui: int = 8233

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Ports":
        """The ports that the settings name, e.g. TANFANG_WEB_PORT=8001. Raises NoPortError."""
        chosen = {name: environ.get(_setting(name)) for name in cls.__slots__}
        ports = cls(**{name: port_in(port, _setting(name)) for name, port in chosen.items() if port})
        for one, other in combinations(cls.__slots__, 2):
            if getattr(ports, one) == getattr(ports, other):
                raise NoPortError(f"{_setting(one)} and {_setting(other)} name the same port")
        return ports

    @classmethod
    def free(cls) -> "Ports":
        """Four that nobody uses now, for a test."""
        return cls(web=free_port(), postgres=free_port(), temporal=free_port(), temporal_ui=free_port())

    def check(self) -> None:
        """Refuse to start half.

        Raises:
            PortTakenError: naming the first port that another program holds.
        """
        for name in self.__slots__:
            if not is_free(getattr(self, name)):
                raise PortTakenError(
                    port=getattr(self, name), purpose=name.replace("_", " "), setting=_setting(name)
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that starting does, in the words that are shown while it happens."""

    title: str
    do: Callable[[], None]


class Stack:
    """PostgreSQL, Temporal, relay, sender of notices, workers and services, as children of this process.

    `testing` gives it a clock that a test may move; the same processes run all the same.
    """

    def __init__(self, folder: Path, ports: Ports, *, testing: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.origin = f"http://{HOST}:{ports.web}"
        self._has_lost_processes = False
        keys = keys_of(folder)
        self.postgres = Postgres(folder, ports.postgres, password=keys.database_admin, durable=not testing)
        self.temporal = TemporalServer(folder, ports.temporal, ui_port=ports.temporal_ui, skipping=testing)
        self.environment = {
            "TANFANG_DATABASE_HOST": HOST,
            "TANFANG_DATABASE_PORT": str(ports.postgres),
            "TANFANG_TEMPORAL_ADDRESS": self.temporal.address,
            "TANFANG_TEMPORAL_UI_ORIGIN": self.temporal.ui_address,
            "TANFANG_PUBLIC_ORIGIN": self.origin,
            # As in the image: else each thread keeps a heap of its own, which nobody gets back.
            "MALLOC_ARENA_MAX": "2",
            **keys.settings(),
        }
        if testing:
            self.environment["TANFANG_ENVIRONMENT"] = Environment.TEST
        self.relay = self._python("relay", "-m", "shared.relay")
        self.notices = self._python("notices", "-m", "shared.notices")
        self.worker = self._python("worker", "-m", "deploy.local.worker")
        self.web = self._python(
            "web",
            "-m",
            "gunicorn",
            "--config=deploy/gunicorn.conf.py",
            f"--bind={HOST}:{ports.web}",
            "deploy.local.wsgi:application",
        )

    @property
    def children(self) -> list[Child]:
        """Every process, those that others need first."""
        ours = [self.relay, self.notices, self.worker, self.web]
        return [self.postgres.child, self.temporal.child, *ours]

    def steps(self) -> Iterator[Step]:
        """What starting does. A later step may count on the earlier ones."""
        yield Step(title="PostgreSQL", do=self._start_servers)
        yield Step(title="database roles and migrations", do=self._upgrade)
        yield Step(title="Temporal", do=self.temporal.wait_until_ready)
        yield Step(title="relay and workers", do=self._start_processes)
        if self._has_lost_processes:
            yield Step(title="processes that Temporal has lost", do=self._reconcile)
        yield Step(title="demonstration data", do=self._load)
        yield Step(title="services", do=self._wait_for_web)

    def start(self) -> None:
        """All steps without a word."""
        for step in self.steps():
            step.do()

    def stop(self) -> None:
        """Stop everything, those that need others first; afterwards nothing runs."""
        stop_all([self.web, self.worker, self.notices, self.relay])
        self.temporal.stop()
        self.postgres.stop()

    def command(self, name: str, *arguments: str, **settings: str) -> str:
        """Run the command `tanfang` against this stack and return what it said.

        Raises:
            ChildFailedError: with the end of its log.
        """
        child = self._python(name, "-m", "deploy.cli", *arguments)
        child.environment = {**self.environment, **settings}
        return run_to_end(child)

    def _start_servers(self) -> None:
        """The services begin to import meanwhile: that takes longest, and asks no server for anything."""
        self.web.start()
        if self.postgres.is_new:
            self.temporal.forget()
        self._has_lost_processes = self.temporal.is_new and not self.postgres.is_new
        self.temporal.start()
        self.postgres.start()
        self.postgres.wait_until_ready()

    def _upgrade(self) -> None:
        self.command(
            "db-upgrade",
            "db",
            "upgrade",
            TANFANG_DATABASE_ADMIN=SUPERUSER,
            TANFANG_DATABASE_ADMIN_PASSWORD=self.postgres.password,
        )

    def _start_processes(self) -> None:
        """Wait for the workers alone: a referral is worked on by commands that its process must answer."""
        for child in (self.relay, self.notices, self.worker):
            child.start()
        self.relay.wait_until(self.relay.is_running, seconds=_READY_SECONDS)
        self.worker.wait_until(
            lambda: asyncio.run(health.worker_polls(self.temporal.address)), seconds=_READY_SECONDS
        )

    def _reconcile(self) -> None:
        self.command("reconcile", "reconcile")

    def _load(self) -> None:
        self.command("demo-load", "demo", "load")

    def _wait_for_web(self) -> None:
        self.web.wait_until(self._every_service_is_ready, seconds=_READY_SECONDS)

    def _every_service_is_ready(self) -> bool:
        try:
            return all(httpx.get(f"{self.origin}{prefix}/readyz").is_success for prefix in PREFIXES.values())
        except httpx.TransportError:
            return False

    def _python(self, name: str, *arguments: str) -> Child:
        return Child(
            name=name,
            argv=[sys.executable, *arguments],
            folder=self.folder,
            environment=self.environment,
        )


def _setting(name: str) -> str:
    return f"TANFANG_{name.upper()}_PORT"
