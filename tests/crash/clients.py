"""A client as a phone runs it: the same id or key again and again, until somebody has answered for good."""

import time
from collections.abc import Callable
from http import HTTPStatus

import httpx

AGAIN = frozenset(
    {
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""Answers after which the same request may be sent again; any other is an answer."""

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.1


def stubbornly(send: Callable[[], httpx.Response]) -> httpx.Response:
    """Send until there is an answer. Fails if there is none after a minute."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            answer = send()
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.status_code not in AGAIN:
            return answer
        assert time.monotonic() < give_up, answer
        time.sleep(PAUSE_SECONDS)
