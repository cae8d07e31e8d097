"""Outbound HTTP: one short JSON call with time limits, for the channels that tell people something."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 8.0
LONGEST_ANSWER = 65_536
"""So many bytes of an answer are read; what is sent beyond is nothing to us."""


class UnreachableError(Exception):
    """The other side could not be reached or did not answer in time; trying again may help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """What came back: the status and the text."""

    status: int
    text: str

    @property
    def accepted(self) -> bool:
        """Whether the other side took it."""
        return httpx.codes.is_success(self.status)

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later: the other side is busy, not the call wrong."""
        return (
            self.status in {httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS}
            or self.status >= httpx.codes.INTERNAL_SERVER_ERROR
        )


class HttpClient:
    """A pool of connections to the outside; follows no redirects, reads no proxy from the environment."""

    def __init__(self, *, total_seconds: float = TOTAL_SECONDS) -> None:
        """Open nothing yet; connections are made by the first call."""
        self._total_seconds = total_seconds
        limits = httpx.Timeout(total_seconds, connect=CONNECT_SECONDS)
        self._client = httpx.Client(timeout=limits, trust_env=False)

    def __enter__(self) -> Self:
        """Use as a context manager where the process's end is known."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the pool."""
        self._client.close()

    def post_json(self, url: str, body: object, *, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """POST one JSON body; UnreachableError when no answer comes in time that can be read."""
        until = time.monotonic() + self._total_seconds
        try:
            with self._client.stream("POST", url, json=body, headers=headers) as response:
                return HttpAnswer(status=response.status_code, text=_text_of(response, until))
        except httpx.RequestError as error:
            raise UnreachableError(type(error).__name__) from error


def _text_of(response: httpx.Response, until: float) -> str:
    """The answer, read as it comes: the client's own limit begins anew with each byte of a slow one."""
    read = bytearray()
    for part in response.iter_bytes():
        read += part
        if len(read) >= LONGEST_ANSWER:
            break
        if time.monotonic() > until:
            raise UnreachableError("TooSlow")
    return read[:LONGEST_ANSWER].decode(errors="replace")
