"""The embedded servers: durable, found again after a kill, and clear about what is in their way."""

import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest

from deploy.cli.beside import settings_beside
from deploy.local.keys import keys_of, note_settings
from deploy.local.ports import HOST, NoPortError, PortTakenError, free_port
from deploy.local.postgres import Postgres
from deploy.local.processes import still_alive
from deploy.local.stack import Ports
from deploy.local.temporal import TemporalServer

Serve = Callable[[], Postgres]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start one more PostgreSQL on the same folder."""
    servers: list[Postgres] = []

    def _serve() -> Postgres:
        servers.append(Postgres(tmp_path, durable=False))
        servers[-1].start()
        servers[-1].wait_until_ready()
        return servers[-1]

    yield _serve
    for server in servers:
        server.kill()


def test_a_port_that_is_taken_is_named_with_the_setting_that_moves_it() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        ports = Ports(web=taken, postgres=free_port(), temporal=free_port(), temporal_ui=free_port())

        with pytest.raises(
            PortTakenError, match=rf"port {taken} \(web\) is taken .*pid {os.getpid()}.*TANFANG_WEB_PORT"
        ):
            ports.check()


def test_ports_are_chosen_by_settings() -> None:
    ports = Ports.from_env({"TANFANG_WEB_PORT": "8001", "TANFANG_TEMPORAL_UI_PORT": "9001"})

    assert ports == Ports(web=8001, temporal_ui=9001)


def test_two_parts_on_one_port_are_named_before_anything_starts() -> None:
    with pytest.raises(NoPortError, match="TANFANG_WEB_PORT and TANFANG_TEMPORAL_UI_PORT name the same"):
        Ports.from_env({"TANFANG_WEB_PORT": "8233"})


@pytest.mark.parametrize("written", ["abc", "0", "65536", "-1", "８０"])
def test_what_is_no_port_is_named_with_its_setting(written: str) -> None:
    with pytest.raises(NoPortError, match=f"TANFANG_WEB_PORT={written} is no port"):
        Ports.from_env({"TANFANG_WEB_PORT": written})


def test_an_installation_keeps_its_keys_to_itself(tmp_path: Path) -> None:
    keys = keys_of(tmp_path)

    assert keys_of(tmp_path) == keys
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert keys.database_admin not in keys.settings().values()


def test_processes_of_a_database_that_is_gone_go_with_it(tmp_path: Path) -> None:
    """Only `pg/` was wiped: `make run` loaded its elders anew, met their old processes, and broke off."""
    for name in ("temporal.sqlite", "temporal.sqlite-wal", "keys.json"):
        (tmp_path / name).touch()

    TemporalServer(tmp_path, free_port()).forget()

    assert Postgres(tmp_path).is_new
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


def test_a_command_beside_make_run_speaks_to_what_runs_there(tmp_path: Path) -> None:
    """It asked for a database on port 5432 and ended, with the stack running in the same folder."""
    note = tmp_path / "settings.json"
    assert settings_beside(note, {}) == {}

    note_settings(tmp_path, {"TANFANG_DATABASE_PORT": "54320"})

    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert settings_beside(note, {"TANFANG_WEB_PORT": "8001"}) == {"TANFANG_DATABASE_PORT": "54320"}
    assert settings_beside(note, {"TANFANG_TEMPORAL_PORT": "7001"}) == {"TANFANG_DATABASE_PORT": "54320"}


@pytest.mark.parametrize("said", ["DATABASE_HOST", "DATABASE_PORT", "TEMPORAL_ADDRESS", "ENVIRONMENT"])
def test_who_says_where_things_are_is_believed(tmp_path: Path, said: str) -> None:
    note_settings(tmp_path, {"TANFANG_DATABASE_HOST": "127.0.0.1"})

    assert settings_beside(tmp_path / "settings.json", {f"TANFANG_{said}": "elsewhere"}) == {}


def test_a_second_postgres_on_the_same_folder_replaces_the_orphan(serve: Serve) -> None:
    orphan = serve()
    _write(orphan)

    heir = serve()

    assert not orphan.child.is_running()
    assert _read(heir) == (1,)


def test_a_killed_postgres_has_lost_nothing_that_was_committed(serve: Serve) -> None:
    server = serve()
    _write(server)

    server.kill()

    assert _read(serve()) == (1,)


def test_a_query_that_outlives_a_killed_postgres_keeps_nobody_from_starting_it_again(serve: Serve) -> None:
    """Each backend has a session of its own: it went on counting, with the memory that the next one needs."""
    server = serve()
    with closing(psycopg.connect(server.url())) as busy:
        backend = psutil.Process(busy.info.backend_pid)
        many = b"generate_series(1, 99999)"
        busy.pgconn.send_query(b"SELECT count(*) FROM %b a, %b b" % (many, many))
        server.kill()

        serve()

    assert still_alive([backend], seconds=0) == []


def _write(server: Postgres) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")


def _read(server: Postgres) -> tuple[int, ...] | None:
    with psycopg.connect(server.url()) as connection:
        return connection.execute("SELECT one FROM kept").fetchone()
