"""Outbound HTTP against a real receiver on this machine."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from shared.platform.http import HttpAnswer, HttpClient, UnreachableError


class Receiver(BaseHTTPRequestHandler):
    """Answers with the status that the path names and remembers what it was sent."""

    received: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((json.loads(body), self.headers["X-Intent"]))
        self.send_response(int(self.path.strip("/")))
        self.end_headers()
        self.wfile.write(b"taken")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing on standard error."""


@pytest.fixture
def receiver() -> Iterator[str]:
    """Where the receiver listens."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_call_carries_its_body_and_headers(receiver: str) -> None:
    with HttpClient() as client:
        answer = client.post_json(f"{receiver}/200", {"text": "您好"}, headers={"X-Intent": "n-1"})
    assert answer == HttpAnswer(status=200, text="taken")
    assert answer.accepted
    assert Receiver.received[-1] == ({"text": "您好"}, "n-1")


@pytest.mark.parametrize(
    ("status", "retryable"), [(400, False), (404, False), (408, True), (429, True), (503, True)]
)
def test_only_a_busy_other_side_is_worth_another_try(receiver: str, status: int, *, retryable: bool) -> None:
    with HttpClient() as client:
        answer = client.post_json(f"{receiver}/{status}", {})
    assert not answer.accepted
    assert answer.retryable is retryable


def test_nobody_there_is_said_so() -> None:
    with HttpClient() as client, pytest.raises(UnreachableError):
        client.post_json("http://127.0.0.1:9/", {})
