"""A provider on this machine: it keeps what it was sent and answers as a test tells it to."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TAKEN = (200, {"errcode": 0, "errmsg": "ok"})
HANG_UP: tuple[int, dict[str, Any]] = (0, {})
"""Not an answer: the connection is closed without one, and nobody knows what came of the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One call as it came in."""

    path: str
    key: str
    authorization: str
    body: dict[str, Any]


class Receiver(ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1; answers what `answers` holds, then takes everything."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[Received] = []
        self.answers: deque[tuple[int, dict[str, Any]]] = deque()
        self.meanwhile: Callable[[], object] = lambda: None

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed does not wait for its answer."""

    @property
    def webhook_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/cgi-bin/webhook/send?key=robot"

    @property
    def sms_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms"

    @property
    def keys(self) -> list[str]:
        return [call.key for call in self.received]

    @property
    def texts(self) -> list[str]:
        """What people read, without the link at its end."""
        calls = (call.body for call in self.received)
        said = (body["text"] for body in calls)
        return [(text["content"] if isinstance(text, dict) else text).rsplit(" ", 1)[0] for text in said]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        call = Received(
            path=self.path,
            key=self.headers["Idempotency-Key"],
            authorization=self.headers.get("Authorization", ""),
            body=body,
        )
        self.server.received.append(call)
        self.server.meanwhile()
        status, answer = self.server.answers.popleft() if self.server.answers else TAKEN
        if not status:
            self.close_connection = True
            return
        payload = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        """Say nothing: the test has what it needs."""


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver, until the block ends."""
    receiver = Receiver()
    thread = Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        thread.join()
        receiver.server_close()
