"""The real servers that the whole suite shares, started once and only when a test asks for them.

A plugin of its own: the rules are tested without it, for what it imports takes longer than they do.
"""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from deploy.local import temporal
from deploy.local.postgres import SUPERUSER, Postgres
from deploy.local.stack import Ports, Stack
from shared.platform.privacy import Vault
from shared.platform.settings import Environment, Settings
from shared.temporal.codec import EncryptedPayloads
from shared.temporal.converter import data_converter

ROOT = Path(__file__).parent.parent
ON_THE_STACK = tuple(f"tests/{folder}/" for folder in ("browser", "crash", "story"))
_TEMPLATE = "tanfang_template"
_numbers = count(1)


class OneStack(LoadFileScheduling):
    """Where processes share the tests: a file is one's own, and so is all that shares the stack.

    What has most tests begins. So the folder of the launcher is one's own as well: alone, its two tests would
    begin last, and each takes longer than most files.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(ON_THE_STACK):
            return "stack"
        return "local" if nodeid.startswith("tests/local/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """For `--dist=loadfile`, as `make test` asks."""
    return OneStack(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A real PostgreSQL, empty; most tests want `settings` instead."""
    server = Postgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    server.wait_until_ready()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_template(postgres: Postgres) -> str:
    """The name of a database that `tanfang db upgrade` made, the same command that an office runs."""
    command = [sys.executable, "-m", "deploy.cli", "db", "upgrade"]
    environment = {**os.environ, **database_environment(postgres, _TEMPLATE)}
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return _TEMPLATE


@pytest.fixture(scope="module")
def settings(postgres: Postgres, migrated_template: str) -> Iterator[Settings]:
    """Settings of a freshly migrated database that this test module has for itself."""
    name = f"tanfang_test_{next(_numbers)}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(migrated_template)
            )
        )
    yield settings_of(postgres, name)
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
async def temporal_env() -> AsyncIterator[WorkflowEnvironment]:
    """A real Temporal server in which a test moves one workflow's clock with `fast_forward`.

    Skipping is off until then: switched on it would run years of an open visit cycle in seconds.
    """
    extra = [
        part for value in temporal.dynamic_config(skipping=True) for part in ("--dynamic-config-value", value)
    ]
    sealing = EncryptedPayloads(Vault.from_settings(Settings()))
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        data_converter=data_converter(sealing),
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=100_000),
        dev_server_existing_path=str(temporal.executable()),
        dev_server_extra_args=extra,
    )
    async with environment:
        yield environment


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything that `make run` starts, demonstration data included, with a clock that a test may move."""
    running = Stack(tmp_path_factory.mktemp("stack"), Ports.free(), testing=True)
    try:
        # Starting runs a loop of its own, which a browser that is open in this thread would forbid.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(running.start).result()
        yield running
    finally:
        running.stop()


def database_environment(postgres: Postgres, database: str) -> dict[str, str]:
    """The environment variables under which our own programs find a database of the test server."""
    return {
        "TANFANG_ENVIRONMENT": Environment.TEST.value,
        "TANFANG_DATABASE_HOST": postgres.host,
        "TANFANG_DATABASE_PORT": str(postgres.port),
        "TANFANG_DATABASE_NAME": database,
        "TANFANG_DATABASE_ADMIN": SUPERUSER,
        "TANFANG_DATABASE_ADMIN_PASSWORD": postgres.password,
    }


def settings_of(postgres: Postgres, database: str) -> Settings:
    """The same as a value."""
    return Settings(
        environment=Environment.TEST,
        database_host=postgres.host,
        database_port=postgres.port,
        database_name=database,
        database_admin=SUPERUSER,
        database_admin_password=postgres.password,
        test_clock=True,
    )
