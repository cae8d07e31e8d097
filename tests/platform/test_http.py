"""Outbound HTTP against a real receiver on this machine."""

import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any, ClassVar

import pytest

from shared.platform.http import LONGEST_ANSWER, HttpAnswer, HttpClient, UnreachableError

UNREADABLE = "/201"
PARTS = {"/slowly": b" ", "/at-length": b"x" * LONGEST_ANSWER}


class Receiver(BaseHTTPRequestHandler):
    """Answers with the status that the path names and remembers what it was sent."""

    received: ClassVar[list[Any]] = []
    never: ClassVar[Event] = Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((json.loads(body), self.headers["X-Intent"]))
        if self.path in PARTS:
            self.talk_on(PARTS[self.path])
            return
        self.send_response(int(self.path.strip("/")))
        if self.path == UNREADABLE:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(b"taken")

    def talk_on(self, part: bytes) -> None:
        """Answer in parts until the other side has had enough."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(part)
                self.never.wait(0.01)

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


def test_who_answers_without_end_keeps_nobody_waiting(receiver: str) -> None:
    """A byte now and then held up every notice to everybody: the limit began anew with each."""
    with HttpClient(total_seconds=0.2) as client:
        with pytest.raises(UnreachableError, match="TooSlow"):
            client.post_json(f"{receiver}/slowly", {})
        at_length = client.post_json(f"{receiver}/at-length", {})

    assert len(at_length.text) == LONGEST_ANSWER


def test_an_answer_that_is_not_what_it_claims_to_be_is_none(receiver: str) -> None:
    with HttpClient() as client, pytest.raises(UnreachableError, match="DecodingError"):
        client.post_json(f"{receiver}{UNREADABLE}", {})
