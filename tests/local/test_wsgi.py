"""One address for all services, locally and behind nginx alike."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import pytest
from werkzeug.test import Client

from deploy.local.wsgi import application
from shared.contracts.places import PREFIXES
from tests.servers import ROOT


@pytest.mark.parametrize(("service", "prefix"), PREFIXES.items())
def test_the_first_segment_of_the_path_chooses_the_service(service: str, prefix: str) -> None:
    answer = Client(application).get(f"{prefix}/healthz")

    assert answer.get_json() == {"service": service, "status": "ok"}


def test_identity_answers_what_nobody_claims() -> None:
    assert Client(application).get("/no-such-place").status_code == 404


@pytest.fixture(scope="module")
def gunicorn() -> Iterator[str]:
    """The address of a server with our configuration."""
    command = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py", "--workers=1"]
    where = ["--bind=127.0.0.1:0", "deploy.local.wsgi:application"]
    with subprocess.Popen([*command, *where], cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        listening = next(line for line in server.stderr if "Listening at: " in line)
        yield listening.split()[-2]
        server.terminate()


@pytest.mark.parametrize("length", [4095, 8000])
def test_a_long_address_is_answered_by_us_and_not_by_the_server(gunicorn: str, length: int) -> None:
    """From 4,095 bytes on gunicorn said 「Request Line is too large」."""
    answer = httpx.get(
        f"{gunicorn}/no-such-place", params={"q": "a" * length}, headers={"Accept": "text/html"}
    )

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert 'lang="zh-CN"' in answer.text


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET /healthz HTTP/1.0\r\n\r\n"],
    ids=["nothing", "half", "all"],
)
def test_clients_that_wait_and_say_no_more_keep_nobody_else_waiting(gunicorn: str, said: bytes) -> None:
    """Each held one of the eight threads, for five seconds or for ever, or the loop for two."""
    where = urlsplit(gunicorn)
    with ExitStack() as held:
        for _ in range(12):
            one = held.enter_context(socket.create_connection((where.hostname, where.port)))
            one.sendall(said)

        assert httpx.get(f"{gunicorn}/healthz", timeout=4.5).is_success


def test_who_sends_far_too_much_is_told_so_at_once(gunicorn: str) -> None:
    """The server had gone before everything was sent, and the sender waited a minute for it."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{gunicorn}/large-type", content=b"a" * 30_000_000, headers=form, timeout=10)

    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "文件太大" in answer.text
